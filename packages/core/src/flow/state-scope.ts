import type { Crypto, EpochMs, Json, JsonObject, RandomState } from '@interstate/kernel';
import type { Frame } from '../execution/frame.ts';
import type { Scope } from '../query/scope.ts';

/**
 * A stage of a state's data flow, named after the field that makes its value. `Parameters` stands for Arguments too, `Items`
 * for ItemsPath; `Retry` and `Catch` show the index of the rule that matched, `Failure` the error it was asked for.
 */
export type FlowStage =
  | 'InputPath'
  | 'Parameters'
  | 'Items'
  | 'MaxConcurrency'
  | 'ToleratedFailureCount'
  | 'ToleratedFailurePercentage'
  | 'ResultSelector'
  | 'ResultPath'
  | 'Failure'
  | 'Retry'
  | 'Catch';

/** Is shown the value of each stage as it is reached, by the thread the scope is of where no other is named. Looks, and changes nothing. */
export type Observe = (stage: FlowStage, value: Json, frame?: Frame) => void;

/** The scope a state's fields are evaluated in. One is reused for a whole step: setting it up costs no allocation. */
export interface StateScope extends Scope {
  input: Json;
  result: Json | undefined;
  errorOutput: Json | undefined;
  readonly now: EpochMs;
  readonly crypto: Crypto;
  readonly random: RandomState;
  context(): JsonObject;
  variable(name: string): Json | undefined;
  /** Absent but where somebody records what happens: TestState, time travel, coverage. */
  readonly observe?: Observe | undefined;
}
