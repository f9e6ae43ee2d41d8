import type { Json, JsonObject } from '@interstate/kernel';
import type { ChoiceState } from '../states/choice.ts';
import type { FailState } from '../states/fail.ts';
import type { MapState } from '../states/map.ts';
import type { ParallelState } from '../states/parallel.ts';
import type { PassState } from '../states/pass.ts';
import type { SucceedState } from '../states/succeed.ts';
import type { TaskState } from '../states/task.ts';
import type { WaitState } from '../states/wait.ts';
import type { Tally } from './site.ts';

export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A way out of a state. */
export interface Way {
  /** Where it leads; null where the group ends, and in Choice states without Default. */
  next: State | null;
  /** Told of each time the way is taken, where somebody counts. */
  readonly left: Tally | undefined;
}

/** What every compiled state has. Choice and Fail states leave `next` null. */
export interface StateCommon extends Way {
  readonly name: string;
  readonly language: QueryLanguage;
  /** Told of each time the state is entered, where somebody counts. */
  readonly visited: Tally | undefined;
}

export type State = PassState | TaskState | ChoiceState | WaitState | SucceedState | FailState | ParallelState | MapState;

/** States that name each other: the machine itself, a Parallel branch, a Map processor. */
export interface StateGroup {
  /** Position in `Program.groups`; saved states name their group by it. */
  readonly index: number;
  readonly states: ReadonlyMap<string, State>;
  startAt: State;
}

/** A definition compiled once: every path, template and expression is a function, every transition a reference. */
export interface Program {
  readonly definition: JsonObject;
  /** Whether its states have tallies. */
  readonly counted: boolean;
  readonly groups: readonly StateGroup[];
  /** Machine TimeoutSeconds. */
  readonly timeoutSeconds: number | undefined;
}

/** A state as the definition holds it, before compilation. The definition has been validated. */
export type RawState = { readonly [field: string]: Json };
