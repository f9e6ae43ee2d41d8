import type { ResponseMetadata } from '@interstate/service-kit';

type Invocation = 'REQUEST_RESPONSE' | 'FIRE_AND_FORGET';
type Desired = 'RUNNING' | 'STOPPED';
type Current = 'RUNNING' | 'STOPPED' | 'CREATING' | 'UPDATING' | 'DELETING' | 'STARTING' | 'STOPPING';

interface SourceParameters {
  /** Up to 5 patterns; a record that matches any of them is taken. */
  FilterCriteria?: { Filters?: { Pattern?: string }[] };
  /** 1…10 (default 10), to 10,000 with a window; 0…300 seconds. */
  SqsQueueParameters?: { BatchSize?: number; MaximumBatchingWindowInSeconds?: number };
}
interface EnrichmentParameters {
  InputTemplate?: string;
}
/** A text that begins with `$.` is a path into the record. */
interface TargetParameters {
  InputTemplate?: string;
  LambdaFunctionParameters?: { InvocationType?: Invocation };
  StepFunctionStateMachineParameters?: { InvocationType?: Invocation };
  SqsQueueParameters?: { MessageGroupId?: string; MessageDeduplicationId?: string };
  KinesisStreamParameters?: { PartitionKey: string };
  EventBridgeEventBusParameters?: { EndpointId?: string; DetailType?: string; Source?: string; Resources?: string[]; Time?: string };
  CloudWatchLogsParameters?: { LogStreamName?: string; Timestamp?: string };
}
interface Settings {
  Name: string;
  Description?: string;
  DesiredState?: Desired;
  SourceParameters?: SourceParameters;
  /** ARN of a function or an Express state machine. */
  Enrichment?: string;
  EnrichmentParameters?: EnrichmentParameters;
  TargetParameters?: TargetParameters;
  RoleArn: string;
}
interface Pipe {
  Arn?: string;
  Name?: string;
  DesiredState?: Desired;
  CurrentState?: Current;
  CreationTime?: Date;
  LastModifiedTime?: Date;
}
type Tags = Record<string, string>;
interface Named {
  Name: string;
}
interface Tagged {
  resourceArn: string;
}
interface Nothing {}

/** Operations of Pipes: what each takes and gives. */
export interface PipesOperations {
  createPipe: [Settings & { Source: string; Target: string; Tags?: Tags }, Pipe];
  deletePipe: [Named, Omit<Pipe, 'DesiredState'> & { DesiredState?: Desired | 'DELETED' }];
  describePipe: [Named, Omit<Pipe & Partial<Settings>, 'DesiredState'> & { DesiredState?: Desired | 'DELETED'; Source?: string; Target?: string; Tags?: Tags }];
  listPipes: [
    { NamePrefix?: string; SourcePrefix?: string; TargetPrefix?: string; DesiredState?: Desired; CurrentState?: string; Limit?: number; NextToken?: string },
    { Pipes?: (Pipe & { Source?: string; Target?: string; Enrichment?: string })[]; NextToken?: string },
  ];
  listTagsForResource: [Tagged, { tags?: Tags }];
  startPipe: [Named, Pipe];
  stopPipe: [Named, Pipe];
  tagResource: [Tagged & { tags: Tags }, Nothing];
  untagResource: [Tagged & { tagKeys: string[] }, Nothing];
  updatePipe: [Settings & { Target?: string }, Pipe];
}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = T extends Date ? T : T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> | undefined } : T;

/** The Pipes client of a cloud, in the shape of the AWS SDK v3 aggregated client `Pipes`. */
export type Pipes = {
  readonly [K in keyof PipesOperations]: Nothing extends PipesOperations[K][0]
    ? (input?: Given<PipesOperations[K][0]>) => Promise<PipesOperations[K][1] & { readonly $metadata: ResponseMetadata }>
    : (input: Given<PipesOperations[K][0]>) => Promise<PipesOperations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
