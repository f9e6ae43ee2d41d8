import type { PredefinedErrorName } from '../definition/retrier.ts';

/** The names Step Functions itself gives to errors, but for `States.Http.StatusCode.<n>`. */
export const predefinedErrorNames: ReadonlySet<string> = new Set<PredefinedErrorName>([
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
]);
