// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';

type Members = StructureShape['members'];

const structure = (members: Members, name?: string): StructureShape => ({ type: 'structure', members, ...(name !== undefined && { name }) });
const text = (min?: number, max?: number): { readonly type: 'string'; readonly min?: number; readonly max?: number } => ({
  type: 'string',
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
const required = <T extends Shape>(shape: T): T & { readonly required: true } => ({ ...shape, required: true });
const oneOf = (...values: readonly string[]): Shape => ({ type: 'string', enum: values });

/** AWS holds a pattern against the whole text. `safe` stands for a pattern that takes exponential time. */
const whole = (shown: RegExp, safe = shown): RegExp => Object.defineProperty(new RegExp(`^(?:${safe.source})$`, safe.flags), 'source', { value: shown.source });

const FLAG: Shape = { type: 'boolean' };
/** Milliseconds since 1970; in Tasks also ISO 8601 text. */
const TIME: Shape = { type: 'json' };
const EVENT_SOURCE_NAME: Shape = { ...text(1, 256), pattern: whole(/aws\.partner(\/[\.\-_A-Za-z0-9]+){2,}/) };
const REPLAY_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const API_DESTINATION_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const API_DESTINATION_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const CONNECTION_ARN: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$/) };
const HTTPS_ENDPOINT: Shape = { ...text(1, 2048), pattern: whole(/^((%[0-9A-Fa-f]{2}|[-()_.!~*';\/?:@\x26=+$,A-Za-z0-9])+)([).!';\/?:,])?$/) };
const API_DESTINATION_HTTP_METHOD: Shape = oneOf('POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE');
const API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND: Shape = { type: 'integer', min: 1 };
const ARCHIVE_NAME: Shape = { ...text(1, 48), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const EVENT_BUS_ARN: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+$/) };
const ARCHIVE_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const EVENT_PATTERN: Shape = text(undefined, 4096);
const RETENTION_DAYS: Shape = { type: 'integer', min: 0 };
const KMS_KEY_IDENTIFIER: Shape = { ...text(undefined, 2048), pattern: whole(/^[a-zA-Z0-9_\-\/:]*$/) };
const CONNECTION_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const CONNECTION_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const CONNECTION_AUTHORIZATION_TYPE: Shape = oneOf('BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY');
const AUTH_HEADER_PARAMETERS: Shape = { ...text(1, 512), pattern: whole(/^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$/, /[^\x00-\x08\x0A-\x1F:\x7F]+/) };
const AUTH_HEADER_PARAMETERS_SENSITIVE: Shape = { ...text(1, 512), pattern: whole(/^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$/, /[^\x00-\x08\x0A-\x1F:\x7F]+/) };
const CREATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS = structure({ Username: required(AUTH_HEADER_PARAMETERS), Password: required(AUTH_HEADER_PARAMETERS_SENSITIVE) }, 'CreateConnectionBasicAuthRequestParameters');
const CREATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS = structure({ ClientID: required(AUTH_HEADER_PARAMETERS), ClientSecret: required(AUTH_HEADER_PARAMETERS_SENSITIVE) }, 'CreateConnectionOAuthClientRequestParameters');
const CONNECTION_OAUTH_HTTP_METHOD: Shape = oneOf('GET', 'POST', 'PUT');
const HEADER_KEY: Shape = { ...text(undefined, 512), pattern: whole(/^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$/) };
const HEADER_VALUE_SENSITIVE: Shape = { ...text(undefined, 512), pattern: whole(/^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$/, /[\t\x20-\x7E]+/) };
const CONNECTION_HEADER_PARAMETER = structure({ Key: HEADER_KEY, Value: HEADER_VALUE_SENSITIVE, IsValueSecret: FLAG }, 'ConnectionHeaderParameter');
const QUERY_STRING_KEY: Shape = { ...text(undefined, 512), pattern: whole(/[^\x00-\x1F\x7F]+/) };
const QUERY_STRING_VALUE_SENSITIVE: Shape = { ...text(undefined, 512), pattern: whole(/[^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+/) };
const CONNECTION_QUERY_STRING_PARAMETER = structure({ Key: QUERY_STRING_KEY, Value: QUERY_STRING_VALUE_SENSITIVE, IsValueSecret: FLAG }, 'ConnectionQueryStringParameter');
const CONNECTION_BODY_PARAMETER = structure({ Key: text(), Value: text(), IsValueSecret: FLAG }, 'ConnectionBodyParameter');
const CONNECTION_HTTP_PARAMETERS = structure({
  HeaderParameters: { type: 'list', member: CONNECTION_HEADER_PARAMETER, min: 0, max: 100 },
  QueryStringParameters: { type: 'list', member: CONNECTION_QUERY_STRING_PARAMETER, min: 0, max: 100 },
  BodyParameters: { type: 'list', member: CONNECTION_BODY_PARAMETER, min: 0, max: 100 },
}, 'ConnectionHttpParameters');
const CREATE_CONNECTION_OAUTH_REQUEST_PARAMETERS = structure({
  ClientParameters: required(CREATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS),
  AuthorizationEndpoint: required(HTTPS_ENDPOINT),
  HttpMethod: required(CONNECTION_OAUTH_HTTP_METHOD),
  OAuthHttpParameters: CONNECTION_HTTP_PARAMETERS,
}, 'CreateConnectionOAuthRequestParameters');
const CREATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS = structure({ ApiKeyName: required(AUTH_HEADER_PARAMETERS), ApiKeyValue: required(AUTH_HEADER_PARAMETERS_SENSITIVE) }, 'CreateConnectionApiKeyAuthRequestParameters');
const RESOURCE_CONFIGURATION_ARN: Shape = { ...text(0, 2048), pattern: whole(/^(?:^arn:[a-z0-9\-]+:vpc-lattice:[a-zA-Z0-9\-]+:\d{12}:resourceconfiguration\/rcfg-[0-9a-z]{17}$|^$)/) };
const CONNECTIVITY_RESOURCE_CONFIGURATION_ARN = structure({ ResourceConfigurationArn: required(RESOURCE_CONFIGURATION_ARN) }, 'ConnectivityResourceConfigurationArn');
const CONNECTIVITY_RESOURCE_PARAMETERS = structure({ ResourceParameters: required(CONNECTIVITY_RESOURCE_CONFIGURATION_ARN) }, 'ConnectivityResourceParameters');
const CREATE_CONNECTION_AUTH_REQUEST_PARAMETERS = structure({
  BasicAuthParameters: CREATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS,
  OAuthParameters: CREATE_CONNECTION_OAUTH_REQUEST_PARAMETERS,
  ApiKeyAuthParameters: CREATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS,
  InvocationHttpParameters: CONNECTION_HTTP_PARAMETERS,
  ConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
}, 'CreateConnectionAuthRequestParameters');
const ENDPOINT_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const ENDPOINT_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const HEALTH_CHECK: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:route53:::healthcheck\/[\-a-z0-9]+$/) };
const PRIMARY = structure({ HealthCheck: required(HEALTH_CHECK) }, 'Primary');
const ROUTE: Shape = { ...text(9, 20), pattern: whole(/^[\-a-z0-9]+$/) };
const SECONDARY = structure({ Route: required(ROUTE) }, 'Secondary');
const FAILOVER_CONFIG = structure({ Primary: required(PRIMARY), Secondary: required(SECONDARY) }, 'FailoverConfig');
const ROUTING_CONFIG = structure({ FailoverConfig: required(FAILOVER_CONFIG) }, 'RoutingConfig');
const REPLICATION_STATE: Shape = oneOf('ENABLED', 'DISABLED');
const REPLICATION_CONFIG = structure({ State: REPLICATION_STATE }, 'ReplicationConfig');
const NON_PARTNER_EVENT_BUS_ARN: Shape = { ...text(1, 512), pattern: whole(/^arn:aws[a-z-]*:events:[a-z]+-[a-z-]+-\d+:\d{12}:event-bus\/[\w.-]+$/) };
const ENDPOINT_EVENT_BUS = structure({ EventBusArn: required(NON_PARTNER_EVENT_BUS_ARN) }, 'EndpointEventBus');
const ENDPOINT_EVENT_BUS_LIST: Shape = { type: 'list', member: ENDPOINT_EVENT_BUS, min: 2, max: 2 };
const IAM_ROLE_ARN: Shape = { ...text(1, 256), pattern: whole(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/) };
const EVENT_BUS_NAME: Shape = { ...text(1, 256), pattern: whole(/[\/\.\-_A-Za-z0-9]+/) };
const EVENT_BUS_DESCRIPTION: Shape = text(undefined, 512);
const DEAD_LETTER_CONFIG = structure({ Arn: text(1, 1600) }, 'DeadLetterConfig');
const INCLUDE_DETAIL: Shape = oneOf('NONE', 'FULL');
const LEVEL: Shape = oneOf('OFF', 'ERROR', 'INFO', 'TRACE');
const LOG_CONFIG = structure({ IncludeDetail: INCLUDE_DETAIL, Level: LEVEL }, 'LogConfig');
const TAG = structure({ Key: required(text(1, 128)), Value: required(text(0, 256)) }, 'Tag');
const TAG_LIST: Shape = { type: 'list', member: TAG };
const ACCOUNT_ID: Shape = { ...text(12, 12), pattern: whole(/\d{12}/) };
const RULE_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const EVENT_BUS_NAME_OR_ARN: Shape = { ...text(1, 1600), pattern: whole(/(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+/) };
const HOME_REGION: Shape = { ...text(9, 20), pattern: whole(/^[\-a-z0-9]+$/) };
const LIMIT_MAX100: Shape = { type: 'integer', min: 1, max: 100 };
const ARCHIVE_STATE: Shape = oneOf('ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED');
const CONNECTION_STATE: Shape = oneOf('CREATING', 'UPDATING', 'DELETING', 'AUTHORIZED', 'DEAUTHORIZED', 'AUTHORIZING', 'DEAUTHORIZING', 'ACTIVE', 'FAILED_CONNECTIVITY');
const EVENT_SOURCE_NAME_PREFIX: Shape = { ...text(1, 256), pattern: whole(/[\/\.\-_A-Za-z0-9]+/) };
const PARTNER_EVENT_SOURCE_NAME_PREFIX: Shape = { ...text(1, 256), pattern: whole(/aws\.partner\/[\.\-_A-Za-z0-9]+\/[\/\.\-_A-Za-z0-9]*/) };
const REPLAY_STATE: Shape = oneOf('STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED');
const ARCHIVE_ARN: Shape = { ...text(1, 1600), pattern: whole(/^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+$/) };
const EVENT_RESOURCE_LIST: Shape = { type: 'list', member: text(undefined, 2048) };
const NON_PARTNER_EVENT_BUS_NAME_OR_ARN: Shape = { ...text(1, 1600), pattern: whole(/(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[\.\-_A-Za-z0-9]+/) };
const PUT_EVENTS_REQUEST_ENTRY = structure({
  Time: TIME,
  Source: text(),
  Resources: EVENT_RESOURCE_LIST,
  DetailType: text(),
  Detail: text(),
  EventBusName: NON_PARTNER_EVENT_BUS_NAME_OR_ARN,
  TraceHeader: text(1, 500),
}, 'PutEventsRequestEntry');
const ENDPOINT_ID: Shape = { ...text(1, 50), pattern: whole(/^[A-Za-z0-9\-]+[\.][A-Za-z0-9\-]+$/) };
const PUT_PARTNER_EVENTS_REQUEST_ENTRY = structure({
  Time: TIME,
  Source: EVENT_SOURCE_NAME,
  Resources: EVENT_RESOURCE_LIST,
  DetailType: text(),
  Detail: text(),
}, 'PutPartnerEventsRequestEntry');
const NON_PARTNER_EVENT_BUS_NAME: Shape = { ...text(1, 256), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const ACTION: Shape = { ...text(1, 64), pattern: whole(/events:[a-zA-Z]+/) };
const PRINCIPAL: Shape = { ...text(1, 12), pattern: whole(/(\d{12}|\*)/) };
const STATEMENT_ID: Shape = { ...text(1, 64), pattern: whole(/[a-zA-Z0-9-_]+/) };
const CONDITION = structure({ Type: required(text()), Key: required(text()), Value: required(text()) }, 'Condition');
const RULE_STATE: Shape = oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
const TARGET_ID: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
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
const TARGET = structure({
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
const REPLAY_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const REPLAY_DESTINATION = structure({ Arn: required(text(1, 1600)), FilterArns: { type: 'list', member: text(1, 1600) } }, 'ReplayDestination');
const UPDATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS = structure({ Username: AUTH_HEADER_PARAMETERS, Password: AUTH_HEADER_PARAMETERS_SENSITIVE }, 'UpdateConnectionBasicAuthRequestParameters');
const UPDATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS = structure({ ClientID: AUTH_HEADER_PARAMETERS, ClientSecret: AUTH_HEADER_PARAMETERS_SENSITIVE }, 'UpdateConnectionOAuthClientRequestParameters');
const UPDATE_CONNECTION_OAUTH_REQUEST_PARAMETERS = structure({
  ClientParameters: UPDATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS,
  AuthorizationEndpoint: HTTPS_ENDPOINT,
  HttpMethod: CONNECTION_OAUTH_HTTP_METHOD,
  OAuthHttpParameters: CONNECTION_HTTP_PARAMETERS,
}, 'UpdateConnectionOAuthRequestParameters');
const UPDATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS = structure({ ApiKeyName: AUTH_HEADER_PARAMETERS, ApiKeyValue: AUTH_HEADER_PARAMETERS_SENSITIVE }, 'UpdateConnectionApiKeyAuthRequestParameters');
const UPDATE_CONNECTION_AUTH_REQUEST_PARAMETERS = structure({
  BasicAuthParameters: UPDATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS,
  OAuthParameters: UPDATE_CONNECTION_OAUTH_REQUEST_PARAMETERS,
  ApiKeyAuthParameters: UPDATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS,
  InvocationHttpParameters: CONNECTION_HTTP_PARAMETERS,
  ConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
}, 'UpdateConnectionAuthRequestParameters');
/** What each operation takes. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export const INPUT_SHAPES = {
  ActivateEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  CancelReplay: structure({ ReplayName: required(REPLAY_NAME) }),
  CreateApiDestination: structure({
    Name: required(API_DESTINATION_NAME),
    Description: API_DESTINATION_DESCRIPTION,
    ConnectionArn: required(CONNECTION_ARN),
    InvocationEndpoint: required(HTTPS_ENDPOINT),
    HttpMethod: required(API_DESTINATION_HTTP_METHOD),
    InvocationRateLimitPerSecond: API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND,
  }),
  CreateArchive: structure({
    ArchiveName: required(ARCHIVE_NAME),
    EventSourceArn: required(EVENT_BUS_ARN),
    Description: ARCHIVE_DESCRIPTION,
    EventPattern: EVENT_PATTERN,
    RetentionDays: RETENTION_DAYS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
  CreateConnection: structure({
    Name: required(CONNECTION_NAME),
    Description: CONNECTION_DESCRIPTION,
    AuthorizationType: required(CONNECTION_AUTHORIZATION_TYPE),
    AuthParameters: required(CREATE_CONNECTION_AUTH_REQUEST_PARAMETERS),
    InvocationConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
  CreateEndpoint: structure({
    Name: required(ENDPOINT_NAME),
    Description: ENDPOINT_DESCRIPTION,
    RoutingConfig: required(ROUTING_CONFIG),
    ReplicationConfig: REPLICATION_CONFIG,
    EventBuses: required(ENDPOINT_EVENT_BUS_LIST),
    RoleArn: IAM_ROLE_ARN,
  }),
  CreateEventBus: structure({
    Name: required(EVENT_BUS_NAME),
    EventSourceName: EVENT_SOURCE_NAME,
    Description: EVENT_BUS_DESCRIPTION,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
    DeadLetterConfig: DEAD_LETTER_CONFIG,
    LogConfig: LOG_CONFIG,
    Tags: TAG_LIST,
  }),
  CreatePartnerEventSource: structure({ Name: required(EVENT_SOURCE_NAME), Account: required(ACCOUNT_ID) }),
  DeactivateEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  DeauthorizeConnection: structure({ Name: required(CONNECTION_NAME) }),
  DeleteApiDestination: structure({ Name: required(API_DESTINATION_NAME) }),
  DeleteArchive: structure({ ArchiveName: required(ARCHIVE_NAME) }),
  DeleteConnection: structure({ Name: required(CONNECTION_NAME) }),
  DeleteEndpoint: structure({ Name: required(ENDPOINT_NAME) }),
  DeleteEventBus: structure({ Name: required(EVENT_BUS_NAME) }),
  DeletePartnerEventSource: structure({ Name: required(EVENT_SOURCE_NAME), Account: required(ACCOUNT_ID) }),
  DeleteRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN, Force: FLAG }),
  DescribeApiDestination: structure({ Name: required(API_DESTINATION_NAME) }),
  DescribeArchive: structure({ ArchiveName: required(ARCHIVE_NAME) }),
  DescribeConnection: structure({ Name: required(CONNECTION_NAME) }),
  DescribeEndpoint: structure({ Name: required(ENDPOINT_NAME), HomeRegion: HOME_REGION }),
  DescribeEventBus: structure({ Name: EVENT_BUS_NAME_OR_ARN }),
  DescribeEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  DescribePartnerEventSource: structure({ Name: required(EVENT_SOURCE_NAME) }),
  DescribeReplay: structure({ ReplayName: required(REPLAY_NAME) }),
  DescribeRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN }),
  DisableRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN }),
  EnableRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN }),
  ListApiDestinations: structure({
    NamePrefix: API_DESTINATION_NAME,
    ConnectionArn: CONNECTION_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  ListArchives: structure({
    NamePrefix: ARCHIVE_NAME,
    EventSourceArn: EVENT_BUS_ARN,
    State: ARCHIVE_STATE,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  ListConnections: structure({
    NamePrefix: CONNECTION_NAME,
    ConnectionState: CONNECTION_STATE,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  ListEndpoints: structure({ NamePrefix: ENDPOINT_NAME, HomeRegion: HOME_REGION, NextToken: text(1, 2048), MaxResults: LIMIT_MAX100 }),
  ListEventBuses: structure({ NamePrefix: EVENT_BUS_NAME, NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListEventSources: structure({ NamePrefix: EVENT_SOURCE_NAME_PREFIX, NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListPartnerEventSourceAccounts: structure({ EventSourceName: required(EVENT_SOURCE_NAME), NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListPartnerEventSources: structure({ NamePrefix: required(PARTNER_EVENT_SOURCE_NAME_PREFIX), NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListReplays: structure({
    NamePrefix: REPLAY_NAME,
    State: REPLAY_STATE,
    EventSourceArn: ARCHIVE_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  ListRuleNamesByTarget: structure({
    TargetArn: required(text(1, 1600)),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  ListRules: structure({ NamePrefix: RULE_NAME, EventBusName: EVENT_BUS_NAME_OR_ARN, NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListTagsForResource: structure({ ResourceARN: required(text(1, 1600)) }),
  ListTargetsByRule: structure({
    Rule: required(RULE_NAME),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  PutEvents: structure({
    Entries: required({ type: 'list', member: PUT_EVENTS_REQUEST_ENTRY, min: 1, max: 10 }),
    EndpointId: ENDPOINT_ID,
  }),
  PutPartnerEvents: structure({ Entries: required({ type: 'list', member: PUT_PARTNER_EVENTS_REQUEST_ENTRY, min: 1, max: 20 }) }),
  PutPermission: structure({
    EventBusName: NON_PARTNER_EVENT_BUS_NAME,
    Action: ACTION,
    Principal: PRINCIPAL,
    StatementId: STATEMENT_ID,
    Condition: CONDITION,
    Policy: text(),
  }),
  PutRule: structure({
    Name: required(RULE_NAME),
    ScheduleExpression: text(undefined, 256),
    EventPattern: EVENT_PATTERN,
    State: RULE_STATE,
    Description: text(undefined, 512),
    RoleArn: text(1, 1600),
    Tags: TAG_LIST,
    EventBusName: EVENT_BUS_NAME_OR_ARN,
  }),
  PutTargets: structure({
    Rule: required(RULE_NAME),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    Targets: required({ type: 'list', member: TARGET, min: 1, max: 100 }),
  }),
  RemovePermission: structure({ StatementId: STATEMENT_ID, RemoveAllPermissions: FLAG, EventBusName: NON_PARTNER_EVENT_BUS_NAME }),
  RemoveTargets: structure({
    Rule: required(RULE_NAME),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    Ids: required({ type: 'list', member: TARGET_ID, min: 1, max: 100 }),
    Force: FLAG,
  }),
  StartReplay: structure({
    ReplayName: required(REPLAY_NAME),
    Description: REPLAY_DESCRIPTION,
    EventSourceArn: required(ARCHIVE_ARN),
    EventStartTime: required(TIME),
    EventEndTime: required(TIME),
    Destination: required(REPLAY_DESTINATION),
  }),
  TagResource: structure({ ResourceARN: required(text(1, 1600)), Tags: required(TAG_LIST) }),
  TestEventPattern: structure({ EventPattern: required(EVENT_PATTERN), Event: required(text()) }),
  UntagResource: structure({ ResourceARN: required(text(1, 1600)), TagKeys: required({ type: 'list', member: text(1, 128) }) }),
  UpdateApiDestination: structure({
    Name: required(API_DESTINATION_NAME),
    Description: API_DESTINATION_DESCRIPTION,
    ConnectionArn: CONNECTION_ARN,
    InvocationEndpoint: HTTPS_ENDPOINT,
    HttpMethod: API_DESTINATION_HTTP_METHOD,
    InvocationRateLimitPerSecond: API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND,
  }),
  UpdateArchive: structure({
    ArchiveName: required(ARCHIVE_NAME),
    Description: ARCHIVE_DESCRIPTION,
    EventPattern: EVENT_PATTERN,
    RetentionDays: RETENTION_DAYS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
  UpdateConnection: structure({
    Name: required(CONNECTION_NAME),
    Description: CONNECTION_DESCRIPTION,
    AuthorizationType: CONNECTION_AUTHORIZATION_TYPE,
    AuthParameters: UPDATE_CONNECTION_AUTH_REQUEST_PARAMETERS,
    InvocationConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
  UpdateEndpoint: structure({
    Name: required(ENDPOINT_NAME),
    Description: ENDPOINT_DESCRIPTION,
    RoutingConfig: ROUTING_CONFIG,
    ReplicationConfig: REPLICATION_CONFIG,
    EventBuses: ENDPOINT_EVENT_BUS_LIST,
    RoleArn: IAM_ROLE_ARN,
  }),
  UpdateEventBus: structure({
    Name: EVENT_BUS_NAME,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
    Description: EVENT_BUS_DESCRIPTION,
    DeadLetterConfig: DEAD_LETTER_CONFIG,
    LogConfig: LOG_CONFIG,
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;

/** The 57 operations of the service. */
export type OperationName = keyof typeof INPUT_SHAPES;
