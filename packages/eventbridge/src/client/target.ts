import type { DeadLetterConfig, Tag } from './common-members.ts';

export interface Target {
  Id: string;
  Arn: string;
  RoleArn?: string;
  Input?: string;
  InputPath?: string;
  InputTransformer?: InputTransformer;
  KinesisParameters?: KinesisParameters;
  RunCommandParameters?: RunCommandParameters;
  EcsParameters?: EcsParameters;
  BatchParameters?: BatchParameters;
  SqsParameters?: SqsParameters;
  HttpParameters?: HttpParameters;
  RedshiftDataParameters?: RedshiftDataParameters;
  SageMakerPipelineParameters?: SageMakerPipelineParameters;
  DeadLetterConfig?: DeadLetterConfig;
  RetryPolicy?: RetryPolicy;
  AppSyncParameters?: AppSyncParameters;
}
interface InputTransformer {
  InputPathsMap?: Record<string, string>;
  InputTemplate: string;
}
interface KinesisParameters {
  PartitionKeyPath: string;
}
interface RunCommandParameters {
  RunCommandTargets: RunCommandTarget[];
}
interface RunCommandTarget {
  Key: string;
  Values: string[];
}
interface EcsParameters {
  TaskDefinitionArn: string;
  TaskCount?: number;
  LaunchType?: 'EC2' | 'FARGATE' | 'EXTERNAL';
  NetworkConfiguration?: NetworkConfiguration;
  PlatformVersion?: string;
  Group?: string;
  CapacityProviderStrategy?: CapacityProviderStrategyItem[];
  EnableECSManagedTags?: boolean;
  EnableExecuteCommand?: boolean;
  PlacementConstraints?: PlacementConstraint[];
  PlacementStrategy?: PlacementStrategy[];
  PropagateTags?: 'TASK_DEFINITION';
  ReferenceId?: string;
  Tags?: Tag[];
}
interface NetworkConfiguration {
  awsvpcConfiguration?: AwsVpcConfiguration;
}
interface AwsVpcConfiguration {
  Subnets: string[];
  SecurityGroups?: string[];
  AssignPublicIp?: 'ENABLED' | 'DISABLED';
}
interface CapacityProviderStrategyItem {
  capacityProvider: string;
  weight?: number;
  base?: number;
}
interface PlacementConstraint {
  type?: 'distinctInstance' | 'memberOf';
  expression?: string;
}
interface PlacementStrategy {
  type?: 'random' | 'spread' | 'binpack';
  field?: string;
}
interface BatchParameters {
  JobDefinition: string;
  JobName: string;
  ArrayProperties?: BatchArrayProperties;
  RetryStrategy?: BatchRetryStrategy;
}
interface BatchArrayProperties {
  Size?: number;
}
interface BatchRetryStrategy {
  Attempts?: number;
}
interface SqsParameters {
  MessageGroupId?: string;
}
interface HttpParameters {
  PathParameterValues?: string[];
  HeaderParameters?: Record<string, string>;
  QueryStringParameters?: Record<string, string>;
}
interface RedshiftDataParameters {
  SecretManagerArn?: string;
  Database: string;
  DbUser?: string;
  Sql?: string;
  StatementName?: string;
  WithEvent?: boolean;
  Sqls?: string[];
}
interface SageMakerPipelineParameters {
  PipelineParameterList?: SageMakerPipelineParameter[];
}
interface SageMakerPipelineParameter {
  Name: string;
  Value: string;
}
interface RetryPolicy {
  MaximumRetryAttempts?: number;
  MaximumEventAgeInSeconds?: number;
}
interface AppSyncParameters {
  GraphQLOperation?: string;
}
