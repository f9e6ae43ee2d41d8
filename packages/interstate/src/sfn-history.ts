import type { HistoryEventType } from '@interstate/core';

interface Truncation {
  truncated?: boolean;
}
interface Failed {
  error?: string;
  cause?: string;
}
interface Output {
  output?: string;
  outputDetails?: Truncation;
}
interface Input {
  input?: string;
  inputDetails?: Truncation;
}
interface Limits {
  timeoutInSeconds?: number;
  heartbeatInSeconds?: number;
}
interface Integration {
  resourceType: string;
  resource: string;
}
interface Credentials {
  taskCredentials?: { roleArn?: string };
}
interface Iteration {
  name?: string;
  index?: number;
}

/** An event of an execution's history. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
export interface SfnHistoryEvent {
  timestamp: Date;
  type: HistoryEventType;
  id: number;
  previousEventId?: number;
  activityFailedEventDetails?: Failed;
  activityScheduleFailedEventDetails?: Failed;
  activityScheduledEventDetails?: Input & Limits & { resource: string };
  activityStartedEventDetails?: { workerName?: string };
  activitySucceededEventDetails?: Output;
  activityTimedOutEventDetails?: Failed;
  evaluationFailedEventDetails?: Failed & { state: string; location?: string };
  executionAbortedEventDetails?: Failed;
  executionFailedEventDetails?: Failed;
  executionRedrivenEventDetails?: { redriveCount?: number };
  executionStartedEventDetails?: Input & { roleArn?: string; stateMachineAliasArn?: string; stateMachineVersionArn?: string };
  executionSucceededEventDetails?: Output;
  executionTimedOutEventDetails?: Failed;
  lambdaFunctionFailedEventDetails?: Failed;
  lambdaFunctionScheduleFailedEventDetails?: Failed;
  lambdaFunctionScheduledEventDetails?: Input & Credentials & { resource: string; timeoutInSeconds?: number };
  lambdaFunctionStartFailedEventDetails?: Failed;
  lambdaFunctionSucceededEventDetails?: Output;
  lambdaFunctionTimedOutEventDetails?: Failed;
  mapIterationAbortedEventDetails?: Iteration;
  mapIterationFailedEventDetails?: Iteration;
  mapIterationStartedEventDetails?: Iteration;
  mapIterationSucceededEventDetails?: Iteration;
  mapRunFailedEventDetails?: Failed;
  mapRunRedrivenEventDetails?: { mapRunArn?: string; redriveCount?: number };
  mapRunStartedEventDetails?: { mapRunArn?: string };
  mapStateStartedEventDetails?: { length?: number };
  stateEnteredEventDetails?: Input & { name: string };
  stateExitedEventDetails?: Output & { name: string; assignedVariables?: Record<string, string>; assignedVariablesDetails?: Truncation };
  taskFailedEventDetails?: Integration & Failed;
  taskScheduledEventDetails?: Integration & Limits & Credentials & { region: string; parameters: string };
  taskStartFailedEventDetails?: Integration & Failed;
  taskStartedEventDetails?: Integration;
  taskSubmitFailedEventDetails?: Integration & Failed;
  taskSubmittedEventDetails?: Integration & Output;
  taskSucceededEventDetails?: Integration & Output;
  taskTimedOutEventDetails?: Integration & Failed;
}
