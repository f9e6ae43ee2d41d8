/** What every answer says of the exchange behind it. */
export interface LambdaMetadata {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number; readonly totalRetryDelay?: number };
}

export interface InvokeInput {
  FunctionName: string | undefined;
  InvocationType?: 'Event' | 'RequestResponse' | 'DryRun' | undefined;
  LogType?: 'None' | 'Tail' | undefined;
  /** JSON text in base64. */
  ClientContext?: string | undefined;
  /** JSON text as bytes, at most 6 MB (1 MB for `Event`). */
  Payload?: Uint8Array | undefined;
  Qualifier?: string | undefined;
}

export interface InvokeOutput {
  StatusCode?: number;
  FunctionError?: string;
  LogResult?: string;
  Payload?: LambdaPayload;
  ExecutedVersion?: string;
}

/** Bytes that know how to be text, as SDK clients give them. */
export type LambdaPayload = Uint8Array & { transformToString(encoding?: string): string };

export interface LambdaDestinationConfig {
  OnSuccess?: { Destination?: string | undefined } | undefined;
  OnFailure?: { Destination?: string | undefined } | undefined;
}

/** What of an event source mapping can be said at its creation and later. */
export interface EventSourceMappingSettings {
  Enabled?: boolean | undefined;
  /** Queues: 1 to 10 (default 10); to 10,000 with a window. Others: 1 to 10,000 (default 100). */
  BatchSize?: number | undefined;
  /** 0 to 300 seconds; not for FIFO queues. Default: 0; half a second for brokers and clusters. */
  MaximumBatchingWindowInSeconds?: number | undefined;
  /** Records that no pattern matches are passed over, messages of queues deleted. */
  FilterCriteria?: { Filters?: { Pattern?: string | undefined }[] | undefined } | undefined;
  /** Queues: 2 to 1,000. */
  ScalingConfig?: { MaximumConcurrency?: number | undefined } | undefined;
  FunctionResponseTypes?: 'ReportBatchItemFailures'[] | undefined;
  /** Queues: 2 (default) to 200 and 2 to 2,000 (default 200) pollers, of ten batches each. Topics: 1 (default) to 200 and 1 to 2,000 (default 200), of one batch each. */
  ProvisionedPollerConfig?: { MinimumPollers?: number | undefined; MaximumPollers?: number | undefined } | undefined;
  /** `EventCount`: {@link mappingMetrics} has numbers (default: it has none). */
  MetricsConfig?: { Metrics?: 'EventCount'[] | undefined } | undefined;
  /** Kinesis, DynamoDB: batches of a shard at once, by partition keys: 1 (default) to 10. */
  ParallelizationFactor?: number | undefined;
  /** Kinesis, DynamoDB: 0 (default, none) to 900 seconds. */
  TumblingWindowInSeconds?: number | undefined;
  /** Streams and topics: 60 to 604,800 seconds; -1 (default): as long as the source keeps them. */
  MaximumRecordAgeInSeconds?: number | undefined;
  /** Streams and topics: 0 to 10,000; -1 (default): no bound; 10 for topics with a destination. */
  MaximumRetryAttempts?: number | undefined;
  /** Streams and topics: a batch that failed is halved (default: it is not). */
  BisectBatchOnFunctionError?: boolean | undefined;
  /** Streams and topics: ARN of a standard queue or topic that is told of records given up. */
  DestinationConfig?: LambdaDestinationConfig | undefined;
  /** Topics and brokers' queues: kept and shown; of a broker, `VIRTUAL_HOST` says that it is RabbitMQ. */
  SourceAccessConfigurations?: { Type?: SourceAccessType | undefined; URI?: string | undefined }[] | undefined;
}

export type SourceAccessType = 'BASIC_AUTH' | 'VPC_SUBNET' | 'VPC_SECURITY_GROUP' | 'SASL_SCRAM_512_AUTH' | 'SASL_SCRAM_256_AUTH' | 'VIRTUAL_HOST' | 'CLIENT_CERTIFICATE_TLS_AUTH' | 'SERVER_ROOT_CA_CERTIFICATE';
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';

export interface CreateEventSourceMappingInput extends EventSourceMappingSettings {
  /** At most 50. */
  Tags?: Record<string, string> | undefined;
  /** ARN of an SQS queue, a Kinesis or DynamoDB stream, an Amazon MQ broker or an MSK cluster. */
  EventSourceArn?: string | undefined;
  /** A Kafka cluster of one's own, instead of an ARN. */
  SelfManagedEventSource?: { Endpoints?: { KAFKA_BOOTSTRAP_SERVERS?: string[] | undefined } | undefined } | undefined;
  /** Streams and topics: where reading begins. */
  StartingPosition?: StartingPosition | undefined;
  /** With `AT_TIMESTAMP`. */
  StartingPositionTimestamp?: Date | undefined;
  /** One topic of a cluster. */
  Topics?: string[] | undefined;
  /** One queue of a broker. */
  Queues?: string[] | undefined;
  /** Default: the mapping's UUID. */
  AmazonManagedKafkaEventSourceConfig?: { ConsumerGroupId?: string | undefined } | undefined;
  SelfManagedKafkaEventSourceConfig?: { ConsumerGroupId?: string | undefined } | undefined;
  /** A registered function, by name or ARN; for queues, only here, also the ARN of a state machine. */
  FunctionName: string | undefined;
}

export interface UpdateEventSourceMappingInput extends EventSourceMappingSettings {
  UUID: string | undefined;
  FunctionName?: string | undefined;
}

export interface EventSourceMapping {
  UUID?: string;
  BatchSize?: number;
  MaximumBatchingWindowInSeconds?: number;
  EventSourceArn?: string;
  FilterCriteria?: { Filters?: { Pattern?: string }[] };
  ScalingConfig?: { MaximumConcurrency?: number };
  FunctionArn?: string;
  LastModified?: Date;
  LastProcessingResult?: string;
  /** `Creating`, `Enabling`, `Enabled`, `Disabling`, `Disabled`, `Updating` or `Deleting`. */
  State?: string;
  StateTransitionReason?: string;
  FunctionResponseTypes?: 'ReportBatchItemFailures'[];
  EventSourceMappingArn?: string;
  ProvisionedPollerConfig?: { MinimumPollers?: number; MaximumPollers?: number };
  MetricsConfig?: { Metrics?: 'EventCount'[] };
  StartingPosition?: StartingPosition;
  StartingPositionTimestamp?: Date;
  ParallelizationFactor?: number;
  TumblingWindowInSeconds?: number;
  MaximumRecordAgeInSeconds?: number;
  MaximumRetryAttempts?: number;
  BisectBatchOnFunctionError?: boolean;
  DestinationConfig?: LambdaDestinationConfig;
  Topics?: string[];
  Queues?: string[];
  SourceAccessConfigurations?: { Type?: SourceAccessType; URI?: string }[];
  SelfManagedEventSource?: { Endpoints?: { KAFKA_BOOTSTRAP_SERVERS?: string[] } };
  AmazonManagedKafkaEventSourceConfig?: { ConsumerGroupId?: string };
  SelfManagedKafkaEventSourceConfig?: { ConsumerGroupId?: string };
}

/** Whether a function that comes around to itself is stopped. */
export type RecursiveLoop = 'Allow' | 'Terminate';

export interface ListEventSourceMappingsInput {
  EventSourceArn?: string | undefined;
  FunctionName?: string | undefined;
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

export interface FunctionEventInvokeConfigKey {
  FunctionName: string | undefined;
  Qualifier?: string | undefined;
}

export interface FunctionEventInvokeConfigInput extends FunctionEventInvokeConfigKey {
  /** 0 to 2; default 2. */
  MaximumRetryAttempts?: number | undefined;
  /** 60 to 21,600; default 21,600. */
  MaximumEventAgeInSeconds?: number | undefined;
  /** ARNs of a standard queue, a topic, an event bus or a function. */
  DestinationConfig?: LambdaDestinationConfig | undefined;
}

export interface FunctionEventInvokeConfig {
  LastModified?: Date;
  FunctionArn?: string;
  MaximumRetryAttempts?: number;
  MaximumEventAgeInSeconds?: number;
  DestinationConfig?: LambdaDestinationConfig;
}

/** The offered part of the Lambda API, in the shape of `new Lambda({})` of the AWS SDK. */
export interface Lambda {
  invoke(input: InvokeInput): Promise<InvokeOutput & LambdaMetadata>;
  createEventSourceMapping(input: CreateEventSourceMappingInput): Promise<EventSourceMapping & LambdaMetadata>;
  getEventSourceMapping(input: { UUID: string | undefined }): Promise<EventSourceMapping & LambdaMetadata>;
  listEventSourceMappings(input: ListEventSourceMappingsInput): Promise<{ NextMarker?: string; EventSourceMappings?: EventSourceMapping[] } & LambdaMetadata>;
  updateEventSourceMapping(input: UpdateEventSourceMappingInput): Promise<EventSourceMapping & LambdaMetadata>;
  deleteEventSourceMapping(input: { UUID: string | undefined }): Promise<EventSourceMapping & LambdaMetadata>;
  /** Of an event source mapping, by its ARN. */
  listTags(input: { Resource: string | undefined }): Promise<{ Tags?: Record<string, string> } & LambdaMetadata>;
  tagResource(input: { Resource: string | undefined; Tags: Record<string, string> | undefined }): Promise<LambdaMetadata>;
  untagResource(input: { Resource: string | undefined; TagKeys: string[] | undefined }): Promise<LambdaMetadata>;
  getFunctionRecursionConfig(input: { FunctionName: string | undefined }): Promise<{ RecursiveLoop?: RecursiveLoop } & LambdaMetadata>;
  /** Default: `Terminate`. */
  putFunctionRecursionConfig(input: { FunctionName: string | undefined; RecursiveLoop: RecursiveLoop | undefined }): Promise<{ RecursiveLoop?: RecursiveLoop } & LambdaMetadata>;
  putFunctionEventInvokeConfig(input: FunctionEventInvokeConfigInput): Promise<FunctionEventInvokeConfig & LambdaMetadata>;
  updateFunctionEventInvokeConfig(input: FunctionEventInvokeConfigInput): Promise<FunctionEventInvokeConfig & LambdaMetadata>;
  getFunctionEventInvokeConfig(input: FunctionEventInvokeConfigKey): Promise<FunctionEventInvokeConfig & LambdaMetadata>;
  listFunctionEventInvokeConfigs(input: { FunctionName: string | undefined; Marker?: string | undefined; MaxItems?: number | undefined }): Promise<{ FunctionEventInvokeConfigs?: FunctionEventInvokeConfig[]; NextMarker?: string } & LambdaMetadata>;
  deleteFunctionEventInvokeConfig(input: FunctionEventInvokeConfigKey): Promise<LambdaMetadata>;
}
