// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape } from '@interstate/service-kit';
import { oneOf, required, structure, text, whole } from './shape.ts';
import { DEAD_LETTER_CONFIG, FLAG, TAG_LIST, TARGET_ID } from './common-members.ts';

const TARGET_INPUT_PATH: Shape = text(undefined, 256);
const INPUT_TRANSFORMER = structure({ InputPathsMap: { type: 'map', value: TARGET_INPUT_PATH, max: 100 }, InputTemplate: required(text(1, 8192)) }, 'InputTransformer');
const KINESIS_PARAMETERS = structure({ PartitionKeyPath: required(text(undefined, 256)) }, 'KinesisParameters');
const RUN_COMMAND_TARGET_KEY: Shape = { ...text(1, 128), pattern: whole(/^[\p{L}\p{Z}\p{N}_.:\/=+\-@]*$/u) };
const RUN_COMMAND_TARGET = structure({
  Key: required(RUN_COMMAND_TARGET_KEY),
  Values: required({ type: 'list', member: text(1, 256), min: 1, max: 50 }),
}, 'RunCommandTarget');
const RUN_COMMAND_PARAMETERS = structure({ RunCommandTargets: required({ type: 'list', member: RUN_COMMAND_TARGET, min: 1, max: 5 }) }, 'RunCommandParameters');
const LAUNCH_TYPE: Shape = oneOf('EC2', 'FARGATE', 'EXTERNAL');
const STRING_LIST: Shape = { type: 'list', member: text() };
const ASSIGN_PUBLIC_IP: Shape = oneOf('ENABLED', 'DISABLED');
const AWS_VPC_CONFIGURATION = structure({ Subnets: required(STRING_LIST), SecurityGroups: STRING_LIST, AssignPublicIp: ASSIGN_PUBLIC_IP }, 'AwsVpcConfiguration');
const NETWORK_CONFIGURATION = structure({ awsvpcConfiguration: AWS_VPC_CONFIGURATION }, 'NetworkConfiguration');
const CAPACITY_PROVIDER_STRATEGY_ITEM = structure({
  capacityProvider: required(text(1, 255)),
  weight: { type: 'integer', min: 0, max: 1000 },
  base: { type: 'integer', min: 0, max: 100000 },
}, 'CapacityProviderStrategyItem');
const PLACEMENT_CONSTRAINT_TYPE: Shape = oneOf('distinctInstance', 'memberOf');
const PLACEMENT_CONSTRAINT = structure({ type: PLACEMENT_CONSTRAINT_TYPE, expression: text(undefined, 2000) }, 'PlacementConstraint');
const PLACEMENT_STRATEGY_TYPE: Shape = oneOf('random', 'spread', 'binpack');
const PLACEMENT_STRATEGY = structure({ type: PLACEMENT_STRATEGY_TYPE, field: text(undefined, 255) }, 'PlacementStrategy');
const PROPAGATE_TAGS: Shape = oneOf('TASK_DEFINITION');
const ECS_PARAMETERS = structure({
  TaskDefinitionArn: required(text(1, 1600)),
  TaskCount: { type: 'integer', min: 1 },
  LaunchType: LAUNCH_TYPE,
  NetworkConfiguration: NETWORK_CONFIGURATION,
  PlatformVersion: text(),
  Group: text(),
  CapacityProviderStrategy: { type: 'list', member: CAPACITY_PROVIDER_STRATEGY_ITEM, max: 6 },
  EnableECSManagedTags: FLAG,
  EnableExecuteCommand: FLAG,
  PlacementConstraints: { type: 'list', member: PLACEMENT_CONSTRAINT, max: 10 },
  PlacementStrategy: { type: 'list', member: PLACEMENT_STRATEGY, max: 5 },
  PropagateTags: PROPAGATE_TAGS,
  ReferenceId: text(undefined, 1024),
  Tags: TAG_LIST,
}, 'EcsParameters');
const INTEGER: Shape = { type: 'integer' };
const BATCH_ARRAY_PROPERTIES = structure({ Size: INTEGER }, 'BatchArrayProperties');
const BATCH_RETRY_STRATEGY = structure({ Attempts: INTEGER }, 'BatchRetryStrategy');
const BATCH_PARAMETERS = structure({
  JobDefinition: required(text()),
  JobName: required(text()),
  ArrayProperties: BATCH_ARRAY_PROPERTIES,
  RetryStrategy: BATCH_RETRY_STRATEGY,
}, 'BatchParameters');
const SQS_PARAMETERS = structure({ MessageGroupId: text(undefined, 100) }, 'SqsParameters');
const PATH_PARAMETER: Shape = { ...text(), pattern: whole(/^(?!\s*$).+/) };
const HEADER_VALUE: Shape = { ...text(undefined, 512), pattern: whole(/^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$/, /[\t\x20-\x7E]+/) };
const QUERY_STRING_VALUE: Shape = { ...text(undefined, 512), pattern: whole(/[^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+/) };
const HTTP_PARAMETERS = structure({
  PathParameterValues: { type: 'list', member: PATH_PARAMETER },
  HeaderParameters: { type: 'map', value: HEADER_VALUE },
  QueryStringParameters: { type: 'map', value: QUERY_STRING_VALUE },
}, 'HttpParameters');
const REDSHIFT_SECRET_MANAGER_ARN: Shape = { ...text(1, 1600), pattern: whole(/(^arn:aws([a-z]|\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)/) };
const REDSHIFT_DATA_PARAMETERS = structure({
  SecretManagerArn: REDSHIFT_SECRET_MANAGER_ARN,
  Database: required(text(1, 64)),
  DbUser: text(1, 128),
  Sql: text(1, 100000),
  StatementName: text(1, 500),
  WithEvent: FLAG,
  Sqls: { type: 'list', member: text(1, 100000), min: 0, max: 40 },
}, 'RedshiftDataParameters');
const SAGE_MAKER_PIPELINE_PARAMETER_NAME: Shape = { ...text(1, 256), pattern: whole(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/) };
const SAGE_MAKER_PIPELINE_PARAMETER = structure({ Name: required(SAGE_MAKER_PIPELINE_PARAMETER_NAME), Value: required(text(undefined, 1024)) }, 'SageMakerPipelineParameter');
const SAGE_MAKER_PIPELINE_PARAMETERS = structure({ PipelineParameterList: { type: 'list', member: SAGE_MAKER_PIPELINE_PARAMETER, min: 0, max: 200 } }, 'SageMakerPipelineParameters');
const RETRY_POLICY = structure({
  MaximumRetryAttempts: { type: 'integer', min: 0, max: 185 },
  MaximumEventAgeInSeconds: { type: 'integer', min: 60, max: 86400 },
}, 'RetryPolicy');
const APP_SYNC_PARAMETERS = structure({ GraphQLOperation: text(1, 1048576) }, 'AppSyncParameters');
export const TARGET = structure({
  Id: required(TARGET_ID),
  Arn: required(text(1, 1600)),
  RoleArn: text(1, 1600),
  Input: text(undefined, 8192),
  InputPath: TARGET_INPUT_PATH,
  InputTransformer: INPUT_TRANSFORMER,
  KinesisParameters: KINESIS_PARAMETERS,
  RunCommandParameters: RUN_COMMAND_PARAMETERS,
  EcsParameters: ECS_PARAMETERS,
  BatchParameters: BATCH_PARAMETERS,
  SqsParameters: SQS_PARAMETERS,
  HttpParameters: HTTP_PARAMETERS,
  RedshiftDataParameters: REDSHIFT_DATA_PARAMETERS,
  SageMakerPipelineParameters: SAGE_MAKER_PIPELINE_PARAMETERS,
  DeadLetterConfig: DEAD_LETTER_CONFIG,
  RetryPolicy: RETRY_POLICY,
  AppSyncParameters: APP_SYNC_PARAMETERS,
}, 'Target');
