/** Names Step Functions itself gives to errors. */
export type PredefinedErrorName =
  | 'States.ALL'
  | 'States.BranchFailed'
  | 'States.DataLimitExceeded'
  | 'States.ExceedToleratedFailureThreshold'
  | 'States.HeartbeatTimeout'
  | 'States.Http.Socket'
  | 'States.IntrinsicFailure'
  | 'States.ItemReaderFailed'
  | 'States.NoChoiceMatched'
  | 'States.ParameterPathFailure'
  | 'States.Permissions'
  | 'States.QueryEvaluationError'
  | 'States.ResultPathMatchFailure'
  | 'States.ResultWriterFailed'
  | 'States.Runtime'
  | 'States.TaskFailed'
  | 'States.Timeout';

/** A predefined error name, or one that a task gives. */
export type ErrorName = PredefinedErrorName | (string & {});

/** When and how often to try again. The first Retrier that matches decides; its counter starts anew with each visit of the state. */
export interface Retrier {
  readonly Comment?: string;
  /** Errors this is for, at least one. `States.ALL` stands alone, and in the last Retrier. */
  readonly ErrorEquals: readonly ErrorName[];
  /** Delay before the first retry, in seconds: integer 1…99,999,999. Default 1. */
  readonly IntervalSeconds?: number;
  /** Retries, not counting the first attempt: integer 0…99,999,999. Default 3; 0: never. */
  readonly MaxAttempts?: number;
  /** By how much the delay grows with each retry: at least 1. Default 2. */
  readonly BackoffRate?: number;
  /** Longest delay, in seconds: integer 1…31,622,400. Default: none. */
  readonly MaxDelaySeconds?: number;
  /** `FULL`: a random delay between 0 and the computed one. Default `NONE`. */
  readonly JitterStrategy?: 'NONE' | 'FULL';
}
