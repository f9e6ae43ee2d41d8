import type { ResponseMetadata } from '@interstate/service-kit';
import type { SfnHistoryEvent } from './sfn-history.ts';

type Type = 'STANDARD' | 'EXPRESS';
type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
interface Page {
  maxResults?: number;
  nextToken?: string;
}
interface More {
  nextToken?: string;
}
interface Tag {
  key?: string;
  value?: string;
}
interface Encryption {
  type: 'AWS_OWNED_KEY' | 'CUSTOMER_MANAGED_KMS_KEY';
  kmsKeyId?: string;
  kmsDataKeyReusePeriodSeconds?: number;
}
interface Logging {
  level?: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  includeExecutionData?: boolean;
  destinations?: { cloudWatchLogsLogGroup?: { logGroupArn?: string } }[];
}
interface Tracing {
  enabled?: boolean;
}
interface Route {
  stateMachineVersionArn: string;
  weight: number;
}
interface Included {
  included?: boolean;
}
interface IncludedData {
  includedData?: 'ALL_DATA' | 'METADATA_ONLY';
}
interface Configuration {
  loggingConfiguration?: Logging;
  tracingConfiguration?: Tracing;
  encryptionConfiguration?: Encryption;
}
interface StateMachineArn {
  stateMachineArn: string;
}
interface ExecutionArn {
  executionArn: string;
}
interface ActivityArn {
  activityArn: string;
}
interface AliasArn {
  stateMachineAliasArn: string;
}
interface MapRunArn {
  mapRunArn: string;
}
interface ResourceArn {
  resourceArn: string;
}
interface TaskToken {
  taskToken: string;
}
interface Failure {
  error?: string;
  cause?: string;
}
interface Start extends StateMachineArn {
  name?: string;
  input?: string;
  traceHeader?: string;
}
interface Qualifiers {
  stateMachineVersionArn?: string;
  stateMachineAliasArn?: string;
}
interface Redriven {
  redriveCount?: number;
  redriveDate?: Date;
}
interface Data {
  input?: string;
  inputDetails?: Included;
  output?: string;
  outputDetails?: Included;
}
interface Revision extends Configuration {
  definition: string;
  roleArn: string;
  label?: string;
  revisionId?: string;
  variableReferences?: Record<string, string[]>;
}
interface ListedExecution extends ExecutionArn, StateMachineArn, Qualifiers, Redriven {
  name: string;
  status: Status;
  startDate: Date;
  stopDate?: Date;
  mapRunArn?: string;
  itemCount?: number;
}
interface Counts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
  resultsWritten: number;
  failuresNotRedrivable?: number;
  pendingRedrive?: number;
}
interface Exchange {
  protocol?: string;
  headers?: string;
  body?: string;
}
interface Inspection {
  input?: string;
  afterArguments?: string;
  afterInputPath?: string;
  afterParameters?: string;
  result?: string;
  afterResultSelector?: string;
  afterResultPath?: string;
  request?: Exchange & { method?: string; url?: string };
  response?: Exchange & { statusCode?: string; statusMessage?: string };
  variables?: string;
  errorDetails?: { catchIndex?: number; retryIndex?: number; retryBackoffIntervalSeconds?: number };
  afterItemsPath?: string;
  afterItemSelector?: string;
  afterItemBatcher?: string;
  afterItemsPointer?: string;
  toleratedFailureCount?: number;
  toleratedFailurePercentage?: number;
  maxConcurrency?: number;
}
interface TestedState {
  definition: string;
  roleArn?: string;
  input?: string;
  inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  revealSecrets?: boolean;
  variables?: string;
  stateName?: string;
  mock?: { result?: string; errorOutput?: Failure; fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE' };
  context?: string;
  stateConfiguration?: { retrierRetryCount?: number; errorCausedByState?: string; mapIterationFailureCount?: number; mapItemReaderData?: string };
}
interface Diagnostic {
  severity: 'ERROR' | 'WARNING';
  code: string;
  message: string;
  location?: string;
}
type Nothing = object;

/** Input and output of each operation. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html */
export interface SfnOperations {
  createActivity: [{ name: string; tags?: Tag[]; encryptionConfiguration?: Encryption }, ActivityArn & { creationDate: Date }];
  createStateMachine: [
    Configuration & { name: string; definition: string; roleArn: string; type?: Type; tags?: Tag[]; publish?: boolean; versionDescription?: string },
    StateMachineArn & { creationDate: Date; stateMachineVersionArn?: string },
  ];
  createStateMachineAlias: [{ name: string; description?: string; routingConfiguration: Route[] }, AliasArn & { creationDate: Date }];
  deleteActivity: [ActivityArn, Nothing];
  deleteStateMachine: [StateMachineArn, Nothing];
  deleteStateMachineAlias: [AliasArn, Nothing];
  deleteStateMachineVersion: [{ stateMachineVersionArn: string }, Nothing];
  describeActivity: [ActivityArn, ActivityArn & { name: string; creationDate: Date; encryptionConfiguration?: Encryption }];
  describeExecution: [
    ExecutionArn & IncludedData,
    ExecutionArn & StateMachineArn & Qualifiers & Redriven & Data & Failure & {
      name?: string;
      status: Status;
      startDate: Date;
      stopDate?: Date;
      traceHeader?: string;
      mapRunArn?: string;
      redriveStatus?: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
      redriveStatusReason?: string;
    },
  ];
  describeMapRun: [
    MapRunArn,
    MapRunArn & ExecutionArn & Redriven & {
      status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
      startDate: Date;
      stopDate?: Date;
      maxConcurrency: number;
      toleratedFailurePercentage: number;
      toleratedFailureCount: number;
      itemCounts: Counts;
      executionCounts: Counts;
    },
  ];
  describeStateMachine: [
    StateMachineArn & IncludedData,
    StateMachineArn & Revision & { name: string; status?: 'ACTIVE' | 'DELETING'; type: Type; creationDate: Date; description?: string },
  ];
  describeStateMachineAlias: [AliasArn, { stateMachineAliasArn?: string; name?: string; description?: string; routingConfiguration?: Route[]; creationDate?: Date; updateDate?: Date }];
  describeStateMachineForExecution: [ExecutionArn & IncludedData, StateMachineArn & Revision & { name: string; updateDate: Date; mapRunArn?: string }];
  getActivityTask: [ActivityArn & { workerName?: string }, { taskToken?: string; input?: string }];
  getExecutionHistory: [ExecutionArn & Page & { reverseOrder?: boolean; includeExecutionData?: boolean }, More & { events: SfnHistoryEvent[] }];
  listActivities: [Page, More & { activities: (ActivityArn & { name: string; creationDate: Date })[] }];
  listExecutions: [
    Page & { stateMachineArn?: string; mapRunArn?: string; statusFilter?: Status; redriveFilter?: 'REDRIVEN' | 'NOT_REDRIVEN' },
    More & { executions: ListedExecution[] },
  ];
  listMapRuns: [ExecutionArn & Page, More & { mapRuns: (ExecutionArn & MapRunArn & StateMachineArn & { startDate: Date; stopDate?: Date })[] }];
  listStateMachineAliases: [StateMachineArn & Page, More & { stateMachineAliases: (AliasArn & { creationDate: Date })[] }];
  listStateMachineVersions: [StateMachineArn & Page, More & { stateMachineVersions: { stateMachineVersionArn: string; creationDate: Date }[] }];
  listStateMachines: [Page, More & { stateMachines: (StateMachineArn & { name: string; type: Type; creationDate: Date })[] }];
  listTagsForResource: [ResourceArn, { tags?: Tag[] }];
  publishStateMachineVersion: [StateMachineArn & { revisionId?: string; description?: string }, { creationDate: Date; stateMachineVersionArn: string }];
  redriveExecution: [ExecutionArn & { clientToken?: string }, { redriveDate: Date }];
  sendTaskFailure: [TaskToken & Failure, Nothing];
  sendTaskHeartbeat: [TaskToken, Nothing];
  sendTaskSuccess: [TaskToken & { output: string }, Nothing];
  startExecution: [Start, ExecutionArn & { startDate: Date }];
  startSyncExecution: [
    Start & IncludedData,
    ExecutionArn & Data & Failure & {
      stateMachineArn?: string;
      name?: string;
      startDate: Date;
      stopDate: Date;
      status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
      traceHeader?: string;
      billingDetails?: { billedMemoryUsedInMB?: number; billedDurationInMilliseconds?: number };
    },
  ];
  stopExecution: [ExecutionArn & Failure, { stopDate: Date }];
  tagResource: [ResourceArn & { tags: Tag[] }, Nothing];
  testState: [TestedState, Failure & { output?: string; nextState?: string; status?: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR'; inspectionData?: Inspection }];
  untagResource: [ResourceArn & { tagKeys: string[] }, Nothing];
  updateMapRun: [MapRunArn & { maxConcurrency?: number; toleratedFailurePercentage?: number; toleratedFailureCount?: number }, Nothing];
  updateStateMachine: [
    Configuration & StateMachineArn & { definition?: string; roleArn?: string; publish?: boolean; versionDescription?: string },
    { updateDate: Date; revisionId?: string; stateMachineVersionArn?: string },
  ];
  updateStateMachineAlias: [AliasArn & { description?: string; routingConfiguration?: Route[] }, { updateDate: Date }];
  validateStateMachineDefinition: [
    { definition: string; type?: Type; severity?: 'ERROR' | 'WARNING'; maxResults?: number },
    { result: 'OK' | 'FAIL'; diagnostics: Diagnostic[]; truncated?: boolean },
  ];
}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> | undefined } : T;

/**
 * The Step Functions client of a cloud, in the shape of the AWS SDK v3 aggregated client `SFN`: Dates for times, `$metadata` on
 * results. Errors have the service's code as `name`, and `$fault`, `$metadata` and `message` as the SDK's have.
 */
export type Sfn = {
  readonly [K in keyof SfnOperations]: Nothing extends SfnOperations[K][0]
    ? (input?: Given<SfnOperations[K][0]>) => Promise<SfnOperations[K][1] & { readonly $metadata: ResponseMetadata }>
    : (input: Given<SfnOperations[K][0]>) => Promise<SfnOperations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
