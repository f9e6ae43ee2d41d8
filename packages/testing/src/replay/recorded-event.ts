import type { Json } from '@interstate/kernel';

/** A history event as recorded: JSON texts parsed, no timestamp. Its details lie under the one key `…EventDetails`. */
export interface RecordedEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [detailsKey: string]: Json;
}

/** How one attempt of a Task ended. */
export interface TaskOutcome {
  /** Null where the recording does not tell. */
  readonly state: string | null;
  /** Counts from 1 for each time the state is entered. */
  readonly attempt: number;
  /** The Map iterations around it, outermost first: `Name[index]`. */
  readonly iteration?: readonly string[];
  readonly resource: string;
  readonly result?: Json;
  readonly error?: string | null;
  readonly cause?: Json;
  readonly causeText?: string;
  readonly timeout?: boolean;
  readonly none?: boolean;
  /** Activities: a worker took the Task; undefined name where it gave none. */
  readonly started?: boolean;
  readonly workerName?: string;
  readonly submitted?: Json;
  /** Milliseconds from scheduling to the end. Default 0. */
  readonly afterMs?: number;
}

/** What a run of the engine gave: the same form as a recording. Payloads are JSON values; `cause` is the text. */
export interface Run {
  readonly status: string;
  readonly output?: Json | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly history: readonly RecordedEvent[];
}

/** The details of an event; an empty object where it has none. */
export function detailsOf(event: RecordedEvent): { readonly [key: string]: Json } {
  const key = Object.keys(event).find((name) => name.endsWith('EventDetails'));
  return key === undefined ? {} : (event[key] as { readonly [key: string]: Json });
}
