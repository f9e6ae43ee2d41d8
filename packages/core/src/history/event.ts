import type { EpochMs, Json } from '@interstate/kernel';

/** Types of execution history events that the engine emits (reference: HistoryEvent of the Step Functions API). */
export type HistoryEventType =
  | 'ExecutionStarted' | 'ExecutionSucceeded' | 'ExecutionFailed' | 'ExecutionAborted' | 'ExecutionTimedOut' | 'ExecutionRedriven'
  | 'PassStateEntered' | 'PassStateExited' | 'SucceedStateEntered' | 'SucceedStateExited' | 'FailStateEntered'
  | 'ChoiceStateEntered' | 'ChoiceStateExited'
  | 'WaitStateEntered' | 'WaitStateExited' | 'WaitStateAborted'
  | 'TaskStateEntered' | 'TaskStateExited' | 'TaskStateAborted'
  | 'ParallelStateEntered' | 'ParallelStateExited' | 'ParallelStateAborted'
  | 'ParallelStateStarted' | 'ParallelStateSucceeded' | 'ParallelStateFailed'
  | 'MapStateEntered' | 'MapStateExited' | 'MapStateAborted' | 'MapStateStarted' | 'MapStateSucceeded' | 'MapStateFailed'
  | 'MapIterationStarted' | 'MapIterationSucceeded' | 'MapIterationFailed' | 'MapIterationAborted'
  | 'MapRunStarted' | 'MapRunSucceeded' | 'MapRunFailed' | 'MapRunAborted' | 'MapRunRedriven'
  | 'LambdaFunctionScheduled' | 'LambdaFunctionScheduleFailed' | 'LambdaFunctionStarted' | 'LambdaFunctionStartFailed'
  | 'LambdaFunctionSucceeded' | 'LambdaFunctionFailed' | 'LambdaFunctionTimedOut'
  | 'ActivityScheduled' | 'ActivityScheduleFailed' | 'ActivityStarted' | 'ActivitySucceeded' | 'ActivityFailed' | 'ActivityTimedOut'
  | 'TaskScheduled' | 'TaskStarted' | 'TaskStartFailed' | 'TaskSubmitted' | 'TaskSubmitFailed' | 'TaskSucceeded' | 'TaskFailed' | 'TaskTimedOut'
  | 'EvaluationFailed';

/**
 * One entry of an execution's history. Payloads in `details` are values, not JSON text;
 * `detailsKey` and the service's GetExecutionHistory give them their published form.
 */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: EpochMs;
  readonly type: HistoryEventType;
  readonly details?: HistoryEventDetails | undefined;
}

/** `input`, `output`, `parameters` and each assigned variable are JSON values. */
export interface HistoryEventDetails {
  readonly [field: string]: Json | undefined;
}

/** Where the published event carries its details, or undefined for types without. */
export function detailsKey(type: HistoryEventType): string | undefined {
  if (WITHOUT_DETAILS.has(type)) return undefined;
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`;
}

const WITHOUT_DETAILS: ReadonlySet<HistoryEventType> = new Set<HistoryEventType>([
  'WaitStateAborted', 'TaskStateAborted', 'ParallelStateAborted', 'MapStateAborted', 'LambdaFunctionStarted',
  'ParallelStateStarted', 'ParallelStateSucceeded', 'ParallelStateFailed', 'MapStateSucceeded', 'MapStateFailed',
  'MapRunSucceeded', 'MapRunAborted',
]);
