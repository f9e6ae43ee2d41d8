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
const TAGS: Shape = { type: 'map', value: text(0, 256), max: 50 };
const INVOCATION = structure('InvocationParameters', { InvocationType: oneOf('REQUEST_RESPONSE', 'FIRE_AND_FORGET') });
/** Blocks of sources and targets that are not modelled: what is in them is refused as a whole. */
const OTHER = { type: 'json' } as const;

export const SOURCE_PARAMETERS = structure('PipeSourceParameters', {
  FilterCriteria: structure('FilterCriteria', { Filters: list(structure('Filter', { Pattern: text(0, 4096) }), 5) }),
  SqsQueueParameters: structure('PipeSourceSqsQueueParameters', { BatchSize: integer(1, 10_000), MaximumBatchingWindowInSeconds: integer(0, 300) }),
  KinesisStreamParameters: OTHER,
  DynamoDBStreamParameters: OTHER,
  ActiveMQBrokerParameters: OTHER,
  RabbitMQBrokerParameters: OTHER,
  ManagedStreamingKafkaParameters: OTHER,
  SelfManagedKafkaParameters: OTHER,
});

export const ENRICHMENT_PARAMETERS = structure('PipeEnrichmentParameters', { InputTemplate: TEMPLATE, HttpParameters: OTHER });

export const TARGET_PARAMETERS = structure('PipeTargetParameters', {
  InputTemplate: TEMPLATE,
  LambdaFunctionParameters: INVOCATION,
  StepFunctionStateMachineParameters: INVOCATION,
  SqsQueueParameters: structure('PipeTargetSqsQueueParameters', { MessageGroupId: text(0, 100), MessageDeduplicationId: text(0, 100) }),
  KinesisStreamParameters: structure('PipeTargetKinesisStreamParameters', { PartitionKey: needed(text(0, 256)) }),
  EventBridgeEventBusParameters: structure('PipeTargetEventBridgeEventBusParameters', { EndpointId: text(1, 50), DetailType: text(1, 128), Source: text(1, 256), Resources: list(text(1, 1600), 10), Time: text(1, 256) }),
  CloudWatchLogsParameters: structure('PipeTargetCloudWatchLogsParameters', { LogStreamName: text(1, 256), Timestamp: text(1, 256) }),
  HttpParameters: OTHER,
  EcsTaskParameters: OTHER,
  BatchJobParameters: OTHER,
  RedshiftDataParameters: OTHER,
  SageMakerPipelineParameters: OTHER,
  TimestreamParameters: OTHER,
});

const SETTINGS = {
  Name: needed(NAME),
  Description: text(0, 512),
  DesiredState: DESIRED,
  SourceParameters: SOURCE_PARAMETERS,
  Enrichment: text(0, 1600),
  EnrichmentParameters: ENRICHMENT_PARAMETERS,
  TargetParameters: TARGET_PARAMETERS,
  RoleArn: needed(text(1, 1600, /^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z0-9+=,.@_/-]+$/)),
} as const;

const STATES = ['RUNNING', 'STOPPED', 'CREATING', 'UPDATING', 'DELETING', 'STARTING', 'STOPPING', 'CREATE_FAILED', 'UPDATE_FAILED', 'START_FAILED', 'STOP_FAILED', 'DELETE_FAILED', 'CREATE_ROLLBACK_FAILED', 'DELETE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED'];

/** What each operation takes. @see https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_Operations.html */
export const INPUT_SHAPES = {
  CreatePipe: structure('CreatePipeRequest', { ...SETTINGS, Source: needed(ARN), Target: needed(ARN), Tags: TAGS }),
  DeletePipe: structure('DeletePipeRequest', { Name: needed(NAME) }),
  DescribePipe: structure('DescribePipeRequest', { Name: needed(NAME) }),
  ListPipes: structure('ListPipesRequest', { NamePrefix: NAME, DesiredState: DESIRED, CurrentState: oneOf(...STATES), SourcePrefix: ARN, TargetPrefix: ARN, Limit: integer(1, 100), NextToken: text(1, 2048) }),
  ListTagsForResource: structure('ListTagsForResourceRequest', { resourceArn: needed(ARN) }),
  StartPipe: structure('StartPipeRequest', { Name: needed(NAME) }),
  StopPipe: structure('StopPipeRequest', { Name: needed(NAME) }),
  TagResource: structure('TagResourceRequest', { resourceArn: needed(ARN), tags: needed(TAGS) }),
  UntagResource: structure('UntagResourceRequest', { resourceArn: needed(ARN), tagKeys: needed(list(text(1, 128), 50)) }),
  UpdatePipe: structure('UpdatePipeRequest', { ...SETTINGS, Target: ARN }),
} as const satisfies Readonly<Record<string, StructureShape>>;
