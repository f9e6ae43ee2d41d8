import type { ResponseMetadata } from '@interstate/service-kit';

type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
type ApiDestinationHttpMethod = 'POST' | 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'PATCH' | 'DELETE';
type ApiDestinationState = 'ACTIVE' | 'INACTIVE';
type ArchiveState = 'ENABLED' | 'DISABLED' | 'CREATING' | 'UPDATING' | 'CREATE_FAILED' | 'UPDATE_FAILED';
type ConnectionAuthorizationType = 'BASIC' | 'OAUTH_CLIENT_CREDENTIALS' | 'API_KEY';
interface CreateConnectionAuthRequestParameters {
  BasicAuthParameters?: CreateConnectionBasicAuthRequestParameters;
  OAuthParameters?: CreateConnectionOAuthRequestParameters;
  ApiKeyAuthParameters?: CreateConnectionApiKeyAuthRequestParameters;
  InvocationHttpParameters?: ConnectionHttpParameters;
  ConnectivityParameters?: ConnectivityResourceParameters;
}
interface CreateConnectionBasicAuthRequestParameters {
  Username: string;
  Password: string;
}
interface CreateConnectionOAuthRequestParameters {
  ClientParameters: CreateConnectionOAuthClientRequestParameters;
  AuthorizationEndpoint: string;
  HttpMethod: ConnectionOAuthHttpMethod;
  OAuthHttpParameters?: ConnectionHttpParameters;
}
interface CreateConnectionOAuthClientRequestParameters {
  ClientID: string;
  ClientSecret: string;
}
type ConnectionOAuthHttpMethod = 'GET' | 'POST' | 'PUT';
interface ConnectionHttpParameters {
  HeaderParameters?: ConnectionHeaderParameter[];
  QueryStringParameters?: ConnectionQueryStringParameter[];
  BodyParameters?: ConnectionBodyParameter[];
}
interface ConnectionHeaderParameter {
  Key?: string;
  Value?: string;
  IsValueSecret?: boolean;
}
interface ConnectionQueryStringParameter {
  Key?: string;
  Value?: string;
  IsValueSecret?: boolean;
}
interface ConnectionBodyParameter {
  Key?: string;
  Value?: string;
  IsValueSecret?: boolean;
}
interface CreateConnectionApiKeyAuthRequestParameters {
  ApiKeyName: string;
  ApiKeyValue: string;
}
interface ConnectivityResourceParameters {
  ResourceParameters: ConnectivityResourceConfigurationArn;
}
interface ConnectivityResourceConfigurationArn {
  ResourceConfigurationArn: string;
}
type ConnectionState = 'CREATING' | 'UPDATING' | 'DELETING' | 'AUTHORIZED' | 'DEAUTHORIZED' | 'AUTHORIZING' | 'DEAUTHORIZING' | 'ACTIVE' | 'FAILED_CONNECTIVITY';
interface RoutingConfig {
  FailoverConfig: FailoverConfig;
}
interface FailoverConfig {
  Primary: Primary;
  Secondary: Secondary;
}
interface Primary {
  HealthCheck: string;
}
interface Secondary {
  Route: string;
}
interface ReplicationConfig {
  State?: 'ENABLED' | 'DISABLED';
}
interface EndpointEventBus {
  EventBusArn: string;
}
type EndpointState = 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'CREATE_FAILED' | 'UPDATE_FAILED' | 'DELETE_FAILED';
interface DeadLetterConfig {
  Arn?: string;
}
interface LogConfig {
  IncludeDetail?: 'NONE' | 'FULL';
  Level?: 'OFF' | 'ERROR' | 'INFO' | 'TRACE';
}
interface Tag {
  Key: string;
  Value: string;
}
interface DescribeConnectionConnectivityParameters {
  ResourceParameters: DescribeConnectionResourceParameters;
}
interface DescribeConnectionResourceParameters {
  ResourceConfigurationArn: string;
  ResourceAssociationArn: string;
}
interface ConnectionAuthResponseParameters {
  BasicAuthParameters?: ConnectionBasicAuthResponseParameters;
  OAuthParameters?: ConnectionOAuthResponseParameters;
  ApiKeyAuthParameters?: ConnectionApiKeyAuthResponseParameters;
  InvocationHttpParameters?: ConnectionHttpParameters;
  ConnectivityParameters?: DescribeConnectionConnectivityParameters;
}
interface ConnectionBasicAuthResponseParameters {
  Username?: string;
}
interface ConnectionOAuthResponseParameters {
  ClientParameters?: ConnectionOAuthClientResponseParameters;
  AuthorizationEndpoint?: string;
  HttpMethod?: ConnectionOAuthHttpMethod;
  OAuthHttpParameters?: ConnectionHttpParameters;
}
interface ConnectionOAuthClientResponseParameters {
  ClientID?: string;
}
interface ConnectionApiKeyAuthResponseParameters {
  ApiKeyName?: string;
}
type EventSourceState = 'PENDING' | 'ACTIVE' | 'DELETED';
interface ReplayDestination {
  Arn: string;
  FilterArns?: string[];
}
type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
interface ApiDestination {
  ApiDestinationArn?: string;
  Name?: string;
  ApiDestinationState?: ApiDestinationState;
  ConnectionArn?: string;
  InvocationEndpoint?: string;
  HttpMethod?: ApiDestinationHttpMethod;
  InvocationRateLimitPerSecond?: number;
  CreationTime?: Date;
  LastModifiedTime?: Date;
}
interface Archive {
  ArchiveName?: string;
  EventSourceArn?: string;
  State?: ArchiveState;
  StateReason?: string;
  RetentionDays?: number;
  SizeBytes?: number;
  EventCount?: number;
  CreationTime?: Date;
}
interface Connection {
  ConnectionArn?: string;
  Name?: string;
  ConnectionState?: ConnectionState;
  StateReason?: string;
  AuthorizationType?: ConnectionAuthorizationType;
  CreationTime?: Date;
  LastModifiedTime?: Date;
  LastAuthorizedTime?: Date;
}
interface Endpoint {
  Name?: string;
  Description?: string;
  Arn?: string;
  RoutingConfig?: RoutingConfig;
  ReplicationConfig?: ReplicationConfig;
  EventBuses?: EndpointEventBus[];
  RoleArn?: string;
  EndpointId?: string;
  EndpointUrl?: string;
  State?: EndpointState;
  StateReason?: string;
  CreationTime?: Date;
  LastModifiedTime?: Date;
}
interface EventBus {
  Name?: string;
  Arn?: string;
  Description?: string;
  Policy?: string;
  CreationTime?: Date;
  LastModifiedTime?: Date;
}
interface EventSource {
  Arn?: string;
  CreatedBy?: string;
  CreationTime?: Date;
  ExpirationTime?: Date;
  Name?: string;
  State?: EventSourceState;
}
interface PartnerEventSourceAccount {
  Account?: string;
  CreationTime?: Date;
  ExpirationTime?: Date;
  State?: EventSourceState;
}
interface PartnerEventSource {
  Arn?: string;
  Name?: string;
}
interface Replay {
  ReplayName?: string;
  EventSourceArn?: string;
  State?: ReplayState;
  StateReason?: string;
  EventStartTime?: Date;
  EventEndTime?: Date;
  EventLastReplayedTime?: Date;
  ReplayStartTime?: Date;
  ReplayEndTime?: Date;
}
interface Rule {
  Name?: string;
  Arn?: string;
  EventPattern?: string;
  State?: RuleState;
  Description?: string;
  ScheduleExpression?: string;
  RoleArn?: string;
  ManagedBy?: string;
  EventBusName?: string;
}
interface Target {
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
interface PutEventsRequestEntry {
  Time?: Date;
  Source?: string;
  Resources?: string[];
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  TraceHeader?: string;
}
interface PutEventsResultEntry {
  EventId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}
interface PutPartnerEventsRequestEntry {
  Time?: Date;
  Source?: string;
  Resources?: string[];
  DetailType?: string;
  Detail?: string;
}
interface PutPartnerEventsResultEntry {
  EventId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}
interface Condition {
  Type: string;
  Key: string;
  Value: string;
}
interface PutTargetsResultEntry {
  TargetId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}
interface RemoveTargetsResultEntry {
  TargetId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}
interface UpdateConnectionAuthRequestParameters {
  BasicAuthParameters?: UpdateConnectionBasicAuthRequestParameters;
  OAuthParameters?: UpdateConnectionOAuthRequestParameters;
  ApiKeyAuthParameters?: UpdateConnectionApiKeyAuthRequestParameters;
  InvocationHttpParameters?: ConnectionHttpParameters;
  ConnectivityParameters?: ConnectivityResourceParameters;
}
interface UpdateConnectionBasicAuthRequestParameters {
  Username?: string;
  Password?: string;
}
interface UpdateConnectionOAuthRequestParameters {
  ClientParameters?: UpdateConnectionOAuthClientRequestParameters;
  AuthorizationEndpoint?: string;
  HttpMethod?: ConnectionOAuthHttpMethod;
  OAuthHttpParameters?: ConnectionHttpParameters;
}
interface UpdateConnectionOAuthClientRequestParameters {
  ClientID?: string;
  ClientSecret?: string;
}
interface UpdateConnectionApiKeyAuthRequestParameters {
  ApiKeyName?: string;
  ApiKeyValue?: string;
}
type Nothing = object;

/** What each operation takes and gives; times are Dates. */
export interface EventBridgeOperations {
  activateEventSource: [{ Name: string }, Nothing];
  cancelReplay: [{ ReplayName: string }, { ReplayArn: string; State: ReplayState; StateReason?: string }];
  createApiDestination: [
    {
      Name: string;
      Description?: string;
      ConnectionArn: string;
      InvocationEndpoint: string;
      HttpMethod: ApiDestinationHttpMethod;
      InvocationRateLimitPerSecond?: number;
    },
    {
      ApiDestinationArn: string;
      ApiDestinationState: ApiDestinationState;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  createArchive: [
    {
      ArchiveName: string;
      EventSourceArn: string;
      Description?: string;
      EventPattern?: string;
      RetentionDays?: number;
      KmsKeyIdentifier?: string;
    },
    { ArchiveArn: string; State: ArchiveState; StateReason?: string; CreationTime: Date },
  ];
  createConnection: [
    {
      Name: string;
      Description?: string;
      AuthorizationType: ConnectionAuthorizationType;
      AuthParameters: CreateConnectionAuthRequestParameters;
      InvocationConnectivityParameters?: ConnectivityResourceParameters;
      KmsKeyIdentifier?: string;
    },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  createEndpoint: [
    {
      Name: string;
      Description?: string;
      RoutingConfig: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
    },
    {
      Name?: string;
      Arn?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
      State: EndpointState;
    },
  ];
  createEventBus: [
    {
      Name: string;
      EventSourceName?: string;
      Description?: string;
      KmsKeyIdentifier?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
      Tags?: Tag[];
    },
    {
      EventBusArn: string;
      Description?: string;
      KmsKeyIdentifier?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
    },
  ];
  createPartnerEventSource: [{ Name: string; Account: string }, { EventSourceArn: string }];
  deactivateEventSource: [{ Name: string }, Nothing];
  deauthorizeConnection: [
    { Name: string },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
  deleteApiDestination: [{ Name: string }, Nothing];
  deleteArchive: [{ ArchiveName: string }, Nothing];
  deleteConnection: [
    { Name: string },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
  deleteEndpoint: [{ Name: string }, Nothing];
  deleteEventBus: [{ Name: string }, Nothing];
  deletePartnerEventSource: [{ Name: string; Account: string }, Nothing];
  deleteRule: [{ Name: string; EventBusName?: string; Force?: boolean }, Nothing];
  describeApiDestination: [
    { Name: string },
    {
      ApiDestinationArn: string;
      Name?: string;
      Description?: string;
      ApiDestinationState: ApiDestinationState;
      ConnectionArn: string;
      InvocationEndpoint?: string;
      HttpMethod?: ApiDestinationHttpMethod;
      InvocationRateLimitPerSecond?: number;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  describeArchive: [
    { ArchiveName: string },
    {
      ArchiveArn: string;
      ArchiveName?: string;
      EventSourceArn: string;
      Description?: string;
      EventPattern?: string;
      State: ArchiveState;
      StateReason?: string;
      KmsKeyIdentifier?: string;
      RetentionDays?: number;
      SizeBytes?: number;
      EventCount?: number;
      CreationTime: Date;
    },
  ];
  describeConnection: [
    { Name: string },
    {
      ConnectionArn: string;
      Name?: string;
      Description?: string;
      InvocationConnectivityParameters?: DescribeConnectionConnectivityParameters;
      ConnectionState: ConnectionState;
      StateReason?: string;
      AuthorizationType?: ConnectionAuthorizationType;
      SecretArn?: string;
      KmsKeyIdentifier?: string;
      AuthParameters?: ConnectionAuthResponseParameters;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
  describeEndpoint: [
    { Name: string; HomeRegion?: string },
    {
      Name?: string;
      Description?: string;
      Arn?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
      EndpointId?: string;
      EndpointUrl?: string;
      State: EndpointState;
      StateReason?: string;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  describeEventBus: [
    { Name?: string },
    {
      Name?: string;
      Arn?: string;
      Description?: string;
      KmsKeyIdentifier?: string;
      DeadLetterConfig?: DeadLetterConfig;
      Policy?: string;
      LogConfig?: LogConfig;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  describeEventSource: [
    { Name: string },
    {
      Arn?: string;
      CreatedBy?: string;
      CreationTime: Date;
      ExpirationTime?: Date;
      Name?: string;
      State: EventSourceState;
    },
  ];
  describePartnerEventSource: [{ Name: string }, { Arn?: string; Name?: string }];
  describeReplay: [
    { ReplayName: string },
    {
      ReplayName?: string;
      ReplayArn: string;
      Description?: string;
      State: ReplayState;
      StateReason?: string;
      EventSourceArn: string;
      Destination?: ReplayDestination;
      EventStartTime?: Date;
      EventEndTime?: Date;
      EventLastReplayedTime?: Date;
      ReplayStartTime?: Date;
      ReplayEndTime?: Date;
    },
  ];
  describeRule: [
    { Name: string; EventBusName?: string },
    {
      Name?: string;
      Arn?: string;
      EventPattern?: string;
      ScheduleExpression?: string;
      State: RuleState;
      Description?: string;
      RoleArn?: string;
      ManagedBy?: string;
      EventBusName?: string;
      CreatedBy?: string;
    },
  ];
  disableRule: [{ Name: string; EventBusName?: string }, Nothing];
  enableRule: [{ Name: string; EventBusName?: string }, Nothing];
  listApiDestinations: [
    { NamePrefix?: string; ConnectionArn?: string; NextToken?: string; Limit?: number },
    { ApiDestinations: ApiDestination[]; NextToken?: string },
  ];
  listArchives: [
    {
      NamePrefix?: string;
      EventSourceArn?: string;
      State?: ArchiveState;
      NextToken?: string;
      Limit?: number;
    },
    { Archives: Archive[]; NextToken?: string },
  ];
  listConnections: [
    { NamePrefix?: string; ConnectionState?: ConnectionState; NextToken?: string; Limit?: number },
    { Connections: Connection[]; NextToken?: string },
  ];
  listEndpoints: [
    { NamePrefix?: string; HomeRegion?: string; NextToken?: string; MaxResults?: number },
    { Endpoints: Endpoint[]; NextToken?: string },
  ];
  listEventBuses: [{ NamePrefix?: string; NextToken?: string; Limit?: number }, { EventBuses: EventBus[]; NextToken?: string }];
  listEventSources: [{ NamePrefix?: string; NextToken?: string; Limit?: number }, { EventSources: EventSource[]; NextToken?: string }];
  listPartnerEventSourceAccounts: [
    { EventSourceName: string; NextToken?: string; Limit?: number },
    { PartnerEventSourceAccounts: PartnerEventSourceAccount[]; NextToken?: string },
  ];
  listPartnerEventSources: [
    { NamePrefix: string; NextToken?: string; Limit?: number },
    { PartnerEventSources: PartnerEventSource[]; NextToken?: string },
  ];
  listReplays: [
    {
      NamePrefix?: string;
      State?: ReplayState;
      EventSourceArn?: string;
      NextToken?: string;
      Limit?: number;
    },
    { Replays: Replay[]; NextToken?: string },
  ];
  listRuleNamesByTarget: [
    { TargetArn: string; EventBusName?: string; NextToken?: string; Limit?: number },
    { RuleNames: string[]; NextToken?: string },
  ];
  listRules: [{ NamePrefix?: string; EventBusName?: string; NextToken?: string; Limit?: number }, { Rules: Rule[]; NextToken?: string }];
  listTagsForResource: [{ ResourceARN: string }, { Tags: Tag[] }];
  listTargetsByRule: [
    { Rule: string; EventBusName?: string; NextToken?: string; Limit?: number },
    { Targets: Target[]; NextToken?: string },
  ];
  putEvents: [{ Entries: PutEventsRequestEntry[]; EndpointId?: string }, { FailedEntryCount: number; Entries: PutEventsResultEntry[] }];
  putPartnerEvents: [{ Entries: PutPartnerEventsRequestEntry[] }, { FailedEntryCount: number; Entries: PutPartnerEventsResultEntry[] }];
  putPermission: [
    {
      EventBusName?: string;
      Action?: string;
      Principal?: string;
      StatementId?: string;
      Condition?: Condition;
      Policy?: string;
    },
    Nothing,
  ];
  putRule: [
    {
      Name: string;
      ScheduleExpression?: string;
      EventPattern?: string;
      State?: RuleState;
      Description?: string;
      RoleArn?: string;
      Tags?: Tag[];
      EventBusName?: string;
    },
    { RuleArn: string },
  ];
  putTargets: [
    { Rule: string; EventBusName?: string; Targets: Target[] },
    { FailedEntryCount: number; FailedEntries: PutTargetsResultEntry[] },
  ];
  removePermission: [{ StatementId?: string; RemoveAllPermissions?: boolean; EventBusName?: string }, Nothing];
  removeTargets: [
    { Rule: string; EventBusName?: string; Ids: string[]; Force?: boolean },
    { FailedEntryCount: number; FailedEntries: RemoveTargetsResultEntry[] },
  ];
  startReplay: [
    {
      ReplayName: string;
      Description?: string;
      EventSourceArn: string;
      EventStartTime: Date;
      EventEndTime: Date;
      Destination: ReplayDestination;
    },
    { ReplayArn: string; State: ReplayState; StateReason?: string; ReplayStartTime?: Date },
  ];
  tagResource: [{ ResourceARN: string; Tags: Tag[] }, Nothing];
  testEventPattern: [{ EventPattern: string; Event: string }, { Result: boolean }];
  untagResource: [{ ResourceARN: string; TagKeys: string[] }, Nothing];
  updateApiDestination: [
    {
      Name: string;
      Description?: string;
      ConnectionArn?: string;
      InvocationEndpoint?: string;
      HttpMethod?: ApiDestinationHttpMethod;
      InvocationRateLimitPerSecond?: number;
    },
    {
      ApiDestinationArn: string;
      ApiDestinationState: ApiDestinationState;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  updateArchive: [
    {
      ArchiveName: string;
      Description?: string;
      EventPattern?: string;
      RetentionDays?: number;
      KmsKeyIdentifier?: string;
    },
    { ArchiveArn: string; State: ArchiveState; StateReason?: string; CreationTime: Date },
  ];
  updateConnection: [
    {
      Name: string;
      Description?: string;
      AuthorizationType?: ConnectionAuthorizationType;
      AuthParameters?: UpdateConnectionAuthRequestParameters;
      InvocationConnectivityParameters?: ConnectivityResourceParameters;
      KmsKeyIdentifier?: string;
    },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
  updateEndpoint: [
    {
      Name: string;
      Description?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses?: EndpointEventBus[];
      RoleArn?: string;
    },
    {
      Name?: string;
      Arn?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
      EndpointId?: string;
      EndpointUrl?: string;
      State: EndpointState;
    },
  ];
  updateEventBus: [
    {
      Name?: string;
      KmsKeyIdentifier?: string;
      Description?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
    },
    {
      Arn?: string;
      Name?: string;
      KmsKeyIdentifier?: string;
      Description?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
    },
  ];
}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = T extends Date ? T : T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> | undefined } : T;

/** The EventBridge client of a cloud, in the shape of the AWS SDK v3 aggregated client `EventBridge`. */
export type EventBridge = {
  readonly [K in keyof EventBridgeOperations]: Nothing extends EventBridgeOperations[K][0]
    ? (input?: Given<EventBridgeOperations[K][0]>) => Promise<EventBridgeOperations[K][1] & { readonly $metadata: ResponseMetadata }>
    : (input: Given<EventBridgeOperations[K][0]>) => Promise<EventBridgeOperations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
