import type { ResponseMetadata } from '@interstate/service-kit';
import type { PipeState } from './pipe-record.ts';

type Invocation = 'REQUEST_RESPONSE' | 'FIRE_AND_FORGET';
type Desired = 'RUNNING' | 'STOPPED';
type Current = PipeState;

interface Batching {
  /** 1…10,000, and what enrichment and target take (default 10 of SQS, 100 of others). */
  BatchSize?: number;
  /** 0…300 (default 0). */
  MaximumBatchingWindowInSeconds?: number;
}
interface StreamParameters extends Batching {
  /** A standard queue or topic of SQS or SNS, told where the records lie that were given up. */
  DeadLetterConfig?: { Arn?: string };
  OnPartialBatchItemFailure?: 'AUTOMATIC_BISECT';
  /** 60…604,800; -1 (default): as long as the source keeps records. */
  MaximumRecordAgeInSeconds?: number;
  /** 0…10,000; -1 (default): as long as the source keeps records. */
  MaximumRetryAttempts?: number;
  /** 1…10 (default 1) batches of a shard at once. */
  ParallelizationFactor?: number;
}
type Position = 'TRIM_HORIZON' | 'LATEST';
interface TopicParameters extends Batching {
  TopicName: string;
  /** Default TRIM_HORIZON. */
  StartingPosition?: Position;
  ConsumerGroupID?: string;
}
/** ARN of a secret, under one of the names. */
type Secret<Names extends string> = { [Name in Names]: Record<Name, string> & Partial<Record<Exclude<Names, Name>, never>> & { $unknown?: never } }[Names] | (Partial<Record<Names, never>> & { $unknown: [string, unknown] });
interface SourceParameters {
  /** Up to 5 patterns; a record that matches any of them is taken. */
  FilterCriteria?: { Filters?: { Pattern?: string }[] };
  SqsQueueParameters?: Batching;
  KinesisStreamParameters?: StreamParameters & { StartingPosition: Position | 'AT_TIMESTAMP'; StartingPositionTimestamp?: Date };
  DynamoDBStreamParameters?: StreamParameters & { StartingPosition: Position };
  ActiveMQBrokerParameters?: Batching & { Credentials: Secret<'BasicAuth'>; QueueName: string };
  RabbitMQBrokerParameters?: Batching & { Credentials: Secret<'BasicAuth'>; QueueName: string; VirtualHost?: string };
  ManagedStreamingKafkaParameters?: TopicParameters & { Credentials?: Secret<'SaslScram512Auth' | 'ClientCertificateTlsAuth'> };
  SelfManagedKafkaParameters?: TopicParameters & {
    AdditionalBootstrapServers?: string[];
    Credentials?: Secret<'BasicAuth' | 'SaslScram512Auth' | 'SaslScram256Auth' | 'ClientCertificateTlsAuth'>;
    ServerRootCaCertificate?: string;
    Vpc?: { Subnets?: string[]; SecurityGroup?: string[] };
  };
}
type Fixed = 'StartingPosition' | 'StartingPositionTimestamp' | 'QueueName' | 'VirtualHost' | 'TopicName' | 'ConsumerGroupID' | 'AdditionalBootstrapServers';
/** What may change of a source. */
type UpdatedSourceParameters = { [Block in keyof SourceParameters]: Omit<NonNullable<SourceParameters[Block]>, Fixed> };
/** A value that begins with `$.` is a path into the record. */
interface HttpParameters {
  PathParameterValues?: string[];
  HeaderParameters?: Record<string, string>;
  QueryStringParameters?: Record<string, string>;
}
interface EnrichmentParameters {
  InputTemplate?: string;
  HttpParameters?: HttpParameters;
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
  HttpParameters?: HttpParameters;
}
/** Of targets that an adapter of your own answers for; it gets them as they are. */
interface OtherTargetParameters {
  EcsTaskParameters?: object;
  BatchJobParameters?: object;
  RedshiftDataParameters?: object;
  SageMakerPipelineParameters?: object;
  TimestreamParameters?: object;
}
interface LogConfiguration {
  Level: 'OFF' | 'ERROR' | 'INFO' | 'TRACE';
  /** `ALL`: the data goes into the log. */
  IncludeExecutionData?: 'ALL'[];
  CloudwatchLogsLogDestination?: { LogGroupArn: string };
  FirehoseLogDestination?: { DeliveryStreamArn: string };
  /** Not modelled. */
  S3LogDestination?: { BucketName: string; BucketOwner: string; OutputFormat?: 'json' | 'plain' | 'w3c'; Prefix?: string };
}
interface Settings {
  Name: string;
  Description?: string;
  DesiredState?: Desired;
  /** ARN of a function, an Express state machine, an API destination or a stage of API Gateway. */
  Enrichment?: string;
  EnrichmentParameters?: EnrichmentParameters;
  RoleArn: string;
  LogConfiguration?: LogConfiguration;
  KmsKeyIdentifier?: string;
}
interface Source {
  /** ARN of a queue, a stream, a broker or a cluster; `smk://host:port` of a Kafka cluster. */
  Source: string;
  SourceParameters?: SourceParameters;
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
  createPipe: [Settings & Source & { Target: string; TargetParameters?: TargetParameters & OtherTargetParameters; Tags?: Tags }, Pipe];
  deletePipe: [Named, Omit<Pipe, 'DesiredState'> & { DesiredState?: Desired | 'DELETED' }];
  describePipe: [Named, Omit<Pipe & Partial<Settings & Source>, 'DesiredState'> & { DesiredState?: Desired | 'DELETED'; StateReason?: string; Target?: string; TargetParameters?: TargetParameters; Tags?: Tags }];
  listPipes: [
    { NamePrefix?: string; SourcePrefix?: string; TargetPrefix?: string; DesiredState?: Desired; CurrentState?: string; Limit?: number; NextToken?: string },
    { Pipes?: (Pipe & { StateReason?: string; Source?: string; Target?: string; Enrichment?: string })[]; NextToken?: string },
  ];
  listTagsForResource: [Tagged, { tags?: Tags }];
  startPipe: [Named, Pipe];
  stopPipe: [Named, Pipe];
  tagResource: [Tagged & { tags: Tags }, Nothing];
  untagResource: [Tagged & { tagKeys: string[] }, Nothing];
  updatePipe: [Settings & { SourceParameters?: UpdatedSourceParameters; Target?: string; TargetParameters?: TargetParameters & OtherTargetParameters }, Pipe];
}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = T extends Date ? T : T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> | undefined } : T;

/** The Pipes client of a cloud, in the shape of the AWS SDK v3 aggregated client `Pipes`. */
export type Pipes = {
  readonly [K in keyof PipesOperations]: Nothing extends PipesOperations[K][0]
    ? (input?: Given<PipesOperations[K][0]>) => Promise<PipesOperations[K][1] & { readonly $metadata: ResponseMetadata }>
    : (input: Given<PipesOperations[K][0]>) => Promise<PipesOperations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
