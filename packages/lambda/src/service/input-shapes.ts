import type { Shape, StructureShape } from '@interstate/service-kit';

type Text = Shape & { readonly type: 'string' };
type Member = Shape & { readonly required?: true };

const text = (min: number, max: number, pattern?: RegExp): Text => ({ type: 'string', min, max, ...(pattern && { pattern }) });
const needed = <S extends Shape>(shape: S): S & { readonly required: true } => ({ ...shape, required: true });
const integer = (min: number, max: number): Shape => ({ type: 'integer', min, max });
const structure = (members: Readonly<Record<string, Member>>): StructureShape => ({ type: 'structure', members });

const FUNCTION = text(1, 10_000);
const QUALIFIER = text(1, 128, /^(?:\$(?:LATEST(?:\.PUBLISHED)?)|[a-zA-Z0-9-_$]+)$/);
const UUID = text(1, 1_024);
const DESTINATION = structure({ Destination: text(0, 1_024) });
const DESTINATIONS = structure({ OnSuccess: DESTINATION, OnFailure: DESTINATION });

const INVOKE_CONFIG = {
  FunctionName: needed(FUNCTION),
  Qualifier: QUALIFIER,
  MaximumRetryAttempts: integer(0, 2),
  MaximumEventAgeInSeconds: integer(60, 21_600),
  DestinationConfig: DESTINATIONS,
};

const ACCESS_TYPES = ['BASIC_AUTH', 'VPC_SUBNET', 'VPC_SECURITY_GROUP', 'SASL_SCRAM_512_AUTH', 'SASL_SCRAM_256_AUTH', 'VIRTUAL_HOST', 'CLIENT_CERTIFICATE_TLS_AUTH', 'SERVER_ROOT_CA_CERTIFICATE'];

/** What of a mapping can be said at its creation and later. */
const MAPPING = {
  Enabled: { type: 'boolean' },
  BatchSize: integer(1, 10_000),
  FilterCriteria: structure({ Filters: { type: 'list', member: structure({ Pattern: text(0, 4_096) }) } }),
  ScalingConfig: structure({ MaximumConcurrency: integer(2, 1_000) }),
  MaximumBatchingWindowInSeconds: integer(0, 300),
  FunctionResponseTypes: { type: 'list', min: 0, max: 1, member: { type: 'string', enum: ['ReportBatchItemFailures'] } },
  ProvisionedPollerConfig: structure({ MinimumPollers: integer(1, 200), MaximumPollers: integer(1, 2_000) }),
  MetricsConfig: structure({ Metrics: { type: 'list', max: 3, member: { type: 'string', enum: ['EventCount', 'ErrorCount', 'KafkaMetrics'] } } }),
  ParallelizationFactor: integer(1, 10),
  TumblingWindowInSeconds: integer(0, 900),
  MaximumRecordAgeInSeconds: integer(-1, 604_800),
  MaximumRetryAttempts: integer(-1, 10_000),
  BisectBatchOnFunctionError: { type: 'boolean' },
  DestinationConfig: DESTINATIONS,
  SourceAccessConfigurations: { type: 'list', max: 22, member: structure({ Type: { type: 'string', enum: ACCESS_TYPES }, URI: text(1, 200) }) },
  ...Object.fromEntries(['KMSKeyArn', 'DocumentDBEventSourceConfig', 'LoggingConfig'].map((name) => [name, { type: 'json' }])),
} satisfies Readonly<Record<string, Member>>;

const CONSUMER_GROUP = structure({ ConsumerGroupId: text(1, 200, /^[a-zA-Z0-9-/*:_+=.@-]*$/), SchemaRegistryConfig: { type: 'json' } });

/** What stays as a mapping was made with. */
const SOURCE = {
  EventSourceArn: text(1, 1_024),
  StartingPosition: { type: 'string', enum: ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'] },
  StartingPositionTimestamp: { type: 'number' },
  Topics: { type: 'list', min: 1, max: 1, member: text(1, 249, /^[^.]([a-zA-Z0-9\-_.]+)$/) },
  Queues: { type: 'list', min: 1, max: 1, member: text(1, 1_000) },
  SelfManagedEventSource: structure({ Endpoints: structure({ KAFKA_BOOTSTRAP_SERVERS: { type: 'list', min: 1, max: 10, member: text(1, 300) } }) }),
  AmazonManagedKafkaEventSourceConfig: CONSUMER_GROUP,
  SelfManagedKafkaEventSourceConfig: CONSUMER_GROUP,
} satisfies Readonly<Record<string, Member>>;

const TAGS: Shape = { type: 'map', value: text(0, 256) };
const RESOURCE = text(1, 10_000);

/** What each operation takes. */
export const INPUT_SHAPES = {
  Invoke: structure({
    FunctionName: needed(FUNCTION),
    InvocationType: { type: 'string', enum: ['Event', 'RequestResponse', 'DryRun'] },
    LogType: { type: 'string', enum: ['None', 'Tail'] },
    ClientContext: { type: 'string' },
    Payload: { type: 'json' },
    Qualifier: QUALIFIER,
  }),
  CreateEventSourceMapping: structure({ ...MAPPING, ...SOURCE, FunctionName: needed(FUNCTION), Tags: TAGS }),
  UpdateEventSourceMapping: structure({ ...MAPPING, UUID: needed(UUID), FunctionName: FUNCTION }),
  GetEventSourceMapping: structure({ UUID: needed(UUID) }),
  DeleteEventSourceMapping: structure({ UUID: needed(UUID) }),
  ListEventSourceMappings: structure({ EventSourceArn: text(1, 1_024), FunctionName: FUNCTION, Marker: { type: 'string' }, MaxItems: integer(1, 10_000) }),
  ListTags: structure({ Resource: needed(RESOURCE) }),
  TagResource: structure({ Resource: needed(RESOURCE), Tags: needed(TAGS) }),
  UntagResource: structure({ Resource: needed(RESOURCE), TagKeys: needed({ type: 'list', member: text(0, 128) }) }),
  GetFunctionRecursionConfig: structure({ FunctionName: needed(FUNCTION) }),
  PutFunctionRecursionConfig: structure({ FunctionName: needed(FUNCTION), RecursiveLoop: needed({ type: 'string', enum: ['Allow', 'Terminate'] }) }),
  PutFunctionEventInvokeConfig: structure(INVOKE_CONFIG),
  UpdateFunctionEventInvokeConfig: structure(INVOKE_CONFIG),
  GetFunctionEventInvokeConfig: structure({ FunctionName: needed(FUNCTION), Qualifier: QUALIFIER }),
  DeleteFunctionEventInvokeConfig: structure({ FunctionName: needed(FUNCTION), Qualifier: QUALIFIER }),
  ListFunctionEventInvokeConfigs: structure({ FunctionName: needed(FUNCTION), Marker: { type: 'string' }, MaxItems: integer(1, 50) }),
} as const satisfies Readonly<Record<string, StructureShape>>;

/** An event for the queue of a function, as the door of functions hands it over; not an operation of Lambda. */
export const QUEUE_EVENT = structure({ FunctionArn: needed({ type: 'string' }), Payload: { type: 'json' }, DeadLetterTargetArn: { type: 'string' } });
