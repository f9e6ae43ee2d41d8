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

/** What every compiled state has. */
export interface StateCommon {
  readonly name: string;
  readonly language: QueryLanguage;
  /** Where the state goes on; null ends its group. Choice and Fail states leave it null. */
  next: State | null;
  /** Told where somebody counts: of each time the state is entered, and left for `next`. */
  readonly visited: Tally | undefined;
  readonly left: Tally | undefined;
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
  readonly groups: readonly StateGroup[];
  /** Machine TimeoutSeconds. */
  readonly timeoutSeconds: number | undefined;
}

/** A state as the definition holds it, before compilation. The definition has been validated. */
export type RawState = { readonly [field: string]: Json };
