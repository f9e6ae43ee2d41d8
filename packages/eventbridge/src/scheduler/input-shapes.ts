import type { Shape, StructureShape } from '@interstate/service-kit';

const required = <S extends Shape>(shape: S): S & { readonly required: true } => ({ ...shape, required: true });
const text = (min = 0, max?: number, pattern?: RegExp): Shape => ({ type: 'string', min, ...(max !== undefined && { max }), ...(pattern && { pattern }) });
const oneOf = (...values: readonly string[]): Shape => ({ type: 'string', enum: values });
const integer = (min: number, max?: number): Shape => ({ type: 'integer', min, ...(max !== undefined && { max }) });
const list = (member: Shape, min: number, max: number): Shape => ({ type: 'list', member, min, max });
const structure = (name: string, members: StructureShape['members']): StructureShape => ({ type: 'structure', name, members });

const NAME = text(1, 64, /^[0-9a-zA-Z-_.]+$/);
const TOKEN = text(1, 64, /^[a-zA-Z0-9-_]+$/);
/** What a date can hold. */
const TIME = { type: 'number', min: -8.64e15, max: 8.64e15 } as const;
const ARN = text(1, 1600);
const STATE = oneOf('ENABLED', 'DISABLED');
const PAGE = { MaxResults: integer(1, 100), NextToken: text(1, 2048) } as const;
const TAG = structure('Tag', { Key: required(text(1, 128)), Value: required(text(1, 256)) });
const TAG_MAP: Shape = { type: 'map', value: text() };
/** Not `aws.`: those names are AWS's own. */
const SOURCE = text(1, 256, /^(?!aws\.)[/.\-_A-Za-z0-9]+$/);
const EVENT = structure('EventBridgeParameters', { DetailType: required(text(1, 128)), Source: required(SOURCE) });

const ECS_PARAMETERS = structure('EcsParameters', {
  TaskDefinitionArn: required(ARN),
  TaskCount: integer(1, 10),
  LaunchType: oneOf('EC2', 'FARGATE', 'EXTERNAL'),
  NetworkConfiguration: structure('NetworkConfiguration', {
    awsvpcConfiguration: structure('AwsVpcConfiguration', { Subnets: required(list(text(1, 1000), 1, 16)), SecurityGroups: list(text(1, 1000), 1, 5), AssignPublicIp: oneOf('ENABLED', 'DISABLED') }),
  }),
  PlatformVersion: text(1, 64),
  Group: text(1, 255),
  CapacityProviderStrategy: list(structure('CapacityProviderStrategyItem', { capacityProvider: required(text(1, 255)), weight: integer(0, 1000), base: integer(0, 100_000) }), 0, 6),
  EnableECSManagedTags: { type: 'boolean' },
  EnableExecuteCommand: { type: 'boolean' },
  PlacementConstraints: list(structure('PlacementConstraint', { type: oneOf('distinctInstance', 'memberOf'), expression: text(0, 2000) }), 0, 10),
  PlacementStrategy: list(structure('PlacementStrategy', { type: oneOf('random', 'spread', 'binpack'), field: text(0, 255) }), 0, 5),
  PropagateTags: oneOf('TASK_DEFINITION'),
  ReferenceId: text(0, 1024),
  Tags: list(TAG_MAP, 0, 50),
});

export const TARGET = structure('Target', {
  Arn: required(ARN),
  RoleArn: required(text(1, 1600, /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/)),
  Input: text(1, 262_144),
  DeadLetterConfig: structure('DeadLetterConfig', { Arn: text(1, 1600, /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9-_]+$/) }),
  RetryPolicy: structure('RetryPolicy', { MaximumEventAgeInSeconds: integer(60, 86_400), MaximumRetryAttempts: integer(0, 185) }),
  SqsParameters: structure('SqsParameters', { MessageGroupId: text(1, 128) }),
  EventBridgeParameters: EVENT,
  EventBridgePutEventsV2Parameters: EVENT,
  EventBridgePutRawEventsParameters: structure('EventBridgePutRawEventsParameters', { Metadata: TAG_MAP }),
  KinesisParameters: structure('KinesisParameters', { PartitionKey: required(text(1, 256)) }),
  SageMakerPipelineParameters: structure('SageMakerPipelineParameters', {
    PipelineParameterList: list(structure('SageMakerPipelineParameter', { Name: required(text(1, 256, /^[A-Za-z0-9-_]*$/)), Value: required(text(1, 1024)) }), 0, 200),
  }),
  EcsParameters: ECS_PARAMETERS,
});

/** What CreateSchedule takes, and UpdateSchedule: which replaces everything. */
const SCHEDULE = {
  Name: required(NAME),
  GroupName: NAME,
  ScheduleExpression: required(text(1, 256)),
  ScheduleExpressionTimezone: text(1, 50),
  StartDate: TIME,
  EndDate: TIME,
  Description: text(0, 512),
  State: STATE,
  KmsKeyArn: text(1, 2048, /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[0-9a-zA-Z-_]*$/),
  FlexibleTimeWindow: required(structure('FlexibleTimeWindow', { Mode: required(oneOf('OFF', 'FLEXIBLE')), MaximumWindowInMinutes: integer(1, 1440) })),
  Target: required(TARGET),
  ActionAfterCompletion: oneOf('NONE', 'DELETE'),
  ClientToken: TOKEN,
} as const;

/** What each operation takes. Times are milliseconds since 1970. @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html */
export const INPUT_SHAPES = {
  CreateSchedule: structure('CreateScheduleInput', SCHEDULE),
  CreateScheduleGroup: structure('CreateScheduleGroupInput', { Name: required(NAME), Tags: list(TAG, 0, 200), ClientToken: TOKEN }),
  DeleteSchedule: structure('DeleteScheduleInput', { Name: required(NAME), GroupName: NAME, ClientToken: TOKEN }),
  DeleteScheduleGroup: structure('DeleteScheduleGroupInput', { Name: required(NAME), ClientToken: TOKEN }),
  GetSchedule: structure('GetScheduleInput', { Name: required(NAME), GroupName: NAME }),
  GetScheduleGroup: structure('GetScheduleGroupInput', { Name: required(NAME) }),
  ListScheduleGroups: structure('ListScheduleGroupsInput', { NamePrefix: NAME, ...PAGE }),
  ListSchedules: structure('ListSchedulesInput', { GroupName: NAME, NamePrefix: NAME, State: STATE, ...PAGE }),
  ListTagsForResource: structure('ListTagsForResourceInput', { ResourceArn: required(text(1, 1011)) }),
  TagResource: structure('TagResourceInput', { ResourceArn: required(text(1, 1011)), Tags: required(list(TAG, 0, 200)) }),
  UntagResource: structure('UntagResourceInput', { ResourceArn: required(text(1, 1011)), TagKeys: required(list(text(1, 128), 0, 50)) }),
  UpdateSchedule: structure('UpdateScheduleInput', SCHEDULE),
} as const satisfies Readonly<Record<string, StructureShape>>;
