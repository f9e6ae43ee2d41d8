import type { Shape, StructureShape } from '@interstate/service-kit';

const needed = <S extends Shape>(shape: S): S & { readonly required: true } => ({ ...shape, required: true });
const text = (min: number, max: number, pattern?: RegExp): Shape => ({ type: 'string', min, max, ...(pattern && { pattern }) });
const oneOf = (...values: readonly string[]): Shape => ({ type: 'string', enum: values });
const integer = (min: number, max: number): Shape => ({ type: 'integer', min, max });
const structure = (name: string, members: StructureShape['members']): StructureShape => ({ type: 'structure', name, members });
const list = (member: Shape, max: number): Shape => ({ type: 'list', member, max });

const NAME = text(1, 64, /^[.\-_A-Za-z0-9]+$/);
const ARN = text(1, 1600);
const TEMPLATE = text(0, 8192);
const DESIRED = oneOf('RUNNING', 'STOPPED');
/** What of a source's parameters stays as the pipe was made with. */
export const FIXED_PARAMETERS: ReadonlySet<string> = new Set(['StartingPosition', 'StartingPositionTimestamp', 'QueueName', 'VirtualHost', 'TopicName', 'ConsumerGroupID', 'AdditionalBootstrapServers']);
const TAGS: Shape = { type: 'map', value: text(0, 256), max: 50 };
const INVOCATION = structure('InvocationParameters', { InvocationType: oneOf('REQUEST_RESPONSE', 'FIRE_AND_FORGET') });
const HTTP = structure('PipeHttpParameters', { PathParameterValues: list(text(0, 512), 50), HeaderParameters: { type: 'map', value: text(0, 512) }, QueryStringParameters: { type: 'map', value: text(0, 512) } });
/** Blocks of targets that only an adapter of the application's knows: what is in them goes there as it is. */
const OTHER = { type: 'json' } as const;

const BATCH = { BatchSize: integer(1, 10_000), MaximumBatchingWindowInSeconds: integer(0, 300) };
const STREAM = {
  ...BATCH,
  DeadLetterConfig: structure('DeadLetterConfig', { Arn: ARN }),
  OnPartialBatchItemFailure: oneOf('AUTOMATIC_BISECT'),
  MaximumRecordAgeInSeconds: integer(-1, 604_800),
  MaximumRetryAttempts: integer(-1, 10_000),
  ParallelizationFactor: integer(1, 10),
};
const POSITION = oneOf('TRIM_HORIZON', 'LATEST');
const SECRET = text(1, 1600);
const LOGIN = structure('MQBrokerAccessCredentials', { BasicAuth: needed(SECRET) });
const QUEUE = text(1, 1000);
const TOPIC = { ...BATCH, TopicName: needed(text(1, 249, /^[^.]([a-zA-Z0-9\-_.]+)$/)), StartingPosition: POSITION, ConsumerGroupID: text(1, 200) };

export const SOURCE_PARAMETERS = structure('PipeSourceParameters', {
  FilterCriteria: structure('FilterCriteria', { Filters: list(structure('Filter', { Pattern: text(0, 4096) }), 5) }),
  SqsQueueParameters: structure('PipeSourceSqsQueueParameters', BATCH),
  KinesisStreamParameters: structure('PipeSourceKinesisStreamParameters', { ...STREAM, StartingPosition: needed(oneOf('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP')), StartingPositionTimestamp: { type: 'number' } }),
  DynamoDBStreamParameters: structure('PipeSourceDynamoDBStreamParameters', { ...STREAM, StartingPosition: needed(POSITION) }),
  ActiveMQBrokerParameters: structure('PipeSourceActiveMQBrokerParameters', { ...BATCH, Credentials: needed(LOGIN), QueueName: needed(QUEUE) }),
  RabbitMQBrokerParameters: structure('PipeSourceRabbitMQBrokerParameters', { ...BATCH, Credentials: needed(LOGIN), QueueName: needed(QUEUE), VirtualHost: text(1, 200) }),
  ManagedStreamingKafkaParameters: structure('PipeSourceManagedStreamingKafkaParameters', { ...TOPIC, Credentials: structure('MSKAccessCredentials', { SaslScram512Auth: SECRET, ClientCertificateTlsAuth: SECRET }) }),
  SelfManagedKafkaParameters: structure('PipeSourceSelfManagedKafkaParameters', {
    ...TOPIC,
    AdditionalBootstrapServers: list(text(1, 300), 2),
    Credentials: structure('SelfManagedKafkaAccessConfigurationCredentials', { BasicAuth: SECRET, SaslScram512Auth: SECRET, SaslScram256Auth: SECRET, ClientCertificateTlsAuth: SECRET }),
    ServerRootCaCertificate: SECRET,
    Vpc: structure('SelfManagedKafkaAccessConfigurationVpc', { Subnets: list(text(1, 1024), 16), SecurityGroup: list(text(1, 1024), 5) }),
  }),
});

export const ENRICHMENT_PARAMETERS = structure('PipeEnrichmentParameters', { InputTemplate: TEMPLATE, HttpParameters: HTTP });

export const TARGET_PARAMETERS = structure('PipeTargetParameters', {
  InputTemplate: TEMPLATE,
  LambdaFunctionParameters: INVOCATION,
  StepFunctionStateMachineParameters: INVOCATION,
  SqsQueueParameters: structure('PipeTargetSqsQueueParameters', { MessageGroupId: text(0, 100), MessageDeduplicationId: text(0, 100) }),
  KinesisStreamParameters: structure('PipeTargetKinesisStreamParameters', { PartitionKey: needed(text(0, 256)) }),
  EventBridgeEventBusParameters: structure('PipeTargetEventBridgeEventBusParameters', { EndpointId: text(1, 50), DetailType: text(1, 128), Source: text(1, 256), Resources: list(text(1, 1600), 10), Time: text(1, 256) }),
  CloudWatchLogsParameters: structure('PipeTargetCloudWatchLogsParameters', { LogStreamName: text(1, 256), Timestamp: text(1, 256) }),
  HttpParameters: HTTP,
  EcsTaskParameters: OTHER,
  BatchJobParameters: OTHER,
  RedshiftDataParameters: OTHER,
  SageMakerPipelineParameters: OTHER,
  TimestreamParameters: OTHER,
});

export const LOG_CONFIGURATION = structure('PipeLogConfigurationParameters', {
  Level: needed(oneOf('OFF', 'ERROR', 'INFO', 'TRACE')),
  IncludeExecutionData: list(oneOf('ALL'), 10),
  CloudwatchLogsLogDestination: structure('CloudwatchLogsLogDestinationParameters', { LogGroupArn: needed(ARN) }),
  FirehoseLogDestination: structure('FirehoseLogDestinationParameters', { DeliveryStreamArn: needed(ARN) }),
  S3LogDestination: structure('S3LogDestinationParameters', { BucketName: needed(text(1, 63)), BucketOwner: needed(text(12, 12)), OutputFormat: oneOf('json', 'plain', 'w3c'), Prefix: text(0, 256) }),
});

const SETTINGS = {
  Name: needed(NAME),
  Description: text(0, 512),
  DesiredState: DESIRED,
  Enrichment: text(0, 1600),
  EnrichmentParameters: ENRICHMENT_PARAMETERS,
  TargetParameters: TARGET_PARAMETERS,
  RoleArn: needed(text(1, 1600, /^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z0-9+=,.@_/-]+$/)),
  LogConfiguration: LOG_CONFIGURATION,
  KmsKeyIdentifier: text(0, 2048),
} as const;

/** UpdatePipe names what may change: where reading began, topic and queue are not among it. */
const UPDATED_SOURCE_PARAMETERS = structure(
  'UpdatePipeSourceParameters',
  Object.fromEntries(
    Object.entries(SOURCE_PARAMETERS.members).map(([name, member]) => {
      if (member.type !== 'structure') return [name, member];
      const members = Object.entries(member.members).filter(([part]) => !FIXED_PARAMETERS.has(part));
      return [name, structure(`Update${member.name}`, Object.fromEntries(members))];
    }),
  ),
);

const STATES = ['RUNNING', 'STOPPED', 'CREATING', 'UPDATING', 'DELETING', 'STARTING', 'STOPPING', 'CREATE_FAILED', 'UPDATE_FAILED', 'START_FAILED', 'STOP_FAILED', 'DELETE_FAILED', 'CREATE_ROLLBACK_FAILED', 'DELETE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED'];

/** What each operation takes. @see https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_Operations.html */
export const INPUT_SHAPES = {
  CreatePipe: structure('CreatePipeRequest', { ...SETTINGS, Source: needed(ARN), SourceParameters: SOURCE_PARAMETERS, Target: needed(ARN), Tags: TAGS }),
  DeletePipe: structure('DeletePipeRequest', { Name: needed(NAME) }),
  DescribePipe: structure('DescribePipeRequest', { Name: needed(NAME) }),
  ListPipes: structure('ListPipesRequest', { NamePrefix: NAME, DesiredState: DESIRED, CurrentState: oneOf(...STATES), SourcePrefix: ARN, TargetPrefix: ARN, Limit: integer(1, 100), NextToken: text(1, 2048) }),
  ListTagsForResource: structure('ListTagsForResourceRequest', { resourceArn: needed(ARN) }),
  StartPipe: structure('StartPipeRequest', { Name: needed(NAME) }),
  StopPipe: structure('StopPipeRequest', { Name: needed(NAME) }),
  TagResource: structure('TagResourceRequest', { resourceArn: needed(ARN), tags: needed(TAGS) }),
  UntagResource: structure('UntagResourceRequest', { resourceArn: needed(ARN), tagKeys: needed(list(text(1, 128), 50)) }),
  UpdatePipe: structure('UpdatePipeRequest', { ...SETTINGS, SourceParameters: UPDATED_SOURCE_PARAMETERS, Target: ARN }),
} as const satisfies Readonly<Record<string, StructureShape>>;
