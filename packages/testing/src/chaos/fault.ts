/**
 * What can befall the work of a Task.
 *
 * - `error`: it fails and nothing was done.
 * - `answerLost`: it was done, and fails all the same: the answer got lost, the worker died after its work.
 * - `failing`: it fails, and so does whatever this state tries from then on.
 * - `unanswered`: nobody ever answers (callbacks, activities, jobs).
 */
export type FaultKind = 'error' | 'answerLost' | 'failing' | 'unanswered';

/** One fault: what happens to the n-th Task attempt of a run. */
export interface Fault {
  /** Task attempts of a run are counted from 0, in the order they are scheduled. */
  readonly attempt: number;
  readonly kind: FaultKind;
  /** Name of the error; of `unanswered` there is none. */
  readonly error: string | undefined;
}

/** A Task attempt, as a place where a fault can be put. */
export interface Opportunity {
  readonly attempt: number;
  readonly stateName: string;
  readonly executionArn: string;
  readonly resource: string;
  /** 0 for the first try. */
  readonly retryCount: number;
  /** The Map iterations around it, outermost first. */
  readonly iteration: readonly string[];
  /** Errors that can be expected here. */
  readonly errors: readonly string[];
  /** Errors that the state itself speaks of. */
  readonly named: readonly string[];
  /** An answer may be long in coming: a person, another system. */
  readonly isLong: boolean;
}

export function faultText({ kind, error }: Fault, { stateName }: Pick<Opportunity, 'stateName'>): string {
  switch (kind) {
    case 'error':
      return `'${stateName}' fails with ${error}`;
    case 'answerLost':
      return `'${stateName}' does its work, but its answer is lost: ${error}`;
    case 'failing':
      return `'${stateName}' fails with ${error}, again and again`;
    case 'unanswered':
      return `nobody ever answers '${stateName}'`;
    default:
      return kind satisfies never;
  }
}
