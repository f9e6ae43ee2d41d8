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
  /** 1 to 10 (default 10); to 10,000 with a window. */
  BatchSize?: number | undefined;
  /** 0 (default) to 300 seconds; not for FIFO queues. */
  MaximumBatchingWindowInSeconds?: number | undefined;
  /** Messages that no pattern matches are deleted. */
  FilterCriteria?: { Filters?: { Pattern?: string | undefined }[] | undefined } | undefined;
  /** 2 to 1,000. */
  ScalingConfig?: { MaximumConcurrency?: number | undefined } | undefined;
  FunctionResponseTypes?: 'ReportBatchItemFailures'[] | undefined;
  Tags?: Record<string, string> | undefined;
}

export interface CreateEventSourceMappingInput extends EventSourceMappingSettings {
  /** ARN of an SQS queue. */
  EventSourceArn?: string | undefined;
  /** A registered function, by name or ARN; or, only here, the ARN of a state machine. */
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
}

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
  putFunctionEventInvokeConfig(input: FunctionEventInvokeConfigInput): Promise<FunctionEventInvokeConfig & LambdaMetadata>;
  updateFunctionEventInvokeConfig(input: FunctionEventInvokeConfigInput): Promise<FunctionEventInvokeConfig & LambdaMetadata>;
  getFunctionEventInvokeConfig(input: FunctionEventInvokeConfigKey): Promise<FunctionEventInvokeConfig & LambdaMetadata>;
  listFunctionEventInvokeConfigs(input: { FunctionName: string | undefined; Marker?: string | undefined; MaxItems?: number | undefined }): Promise<{ FunctionEventInvokeConfigs?: FunctionEventInvokeConfig[]; NextMarker?: string } & LambdaMetadata>;
  deleteFunctionEventInvokeConfig(input: FunctionEventInvokeConfigKey): Promise<LambdaMetadata>;
}
