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

const FLAG: Shape = { type: 'boolean' };
const ARN = text(1, 256);
const LONG_ARN = text(1, 2000);
const NAME = text(1, 80);
const DEFINITION = text(1, 1_048_576);
const DATA = text(undefined, 262_144);
const DESCRIPTION = text(undefined, 256);
const PAGE: Members = { maxResults: { type: 'integer', min: 0, max: 1000 }, nextToken: text(1, 1024) };
const INCLUDED_DATA = oneOf('ALL_DATA', 'METADATA_ONLY');
const TAGS: Shape = { type: 'list', member: structure({ key: required(text(1, 128)), value: required(text(0, 256)) }, 'Tag') };
const ENCRYPTION = structure(
  {
    kmsKeyId: text(1, 2048),
    kmsDataKeyReusePeriodSeconds: { type: 'integer', min: 60, max: 900 },
    type: required(oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY')),
  },
  'EncryptionConfiguration',
);
const LOGGING = structure(
  {
    level: oneOf('ALL', 'ERROR', 'FATAL', 'OFF'),
    includeExecutionData: FLAG,
    destinations: {
      type: 'list',
      member: structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: ARN }, 'CloudWatchLogsLogGroup') }, 'LogDestination'),
    },
  },
  'LoggingConfiguration',
);
const TRACING = structure({ enabled: FLAG }, 'TracingConfiguration');
// AWS prints the pattern with its dashes and points escaped.
// eslint-disable-next-line no-useless-escape
const ALIAS_NAME: Shape = { ...NAME, pattern: /^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$/ };
const ROUTING: Shape = {
  type: 'list',
  min: 1,
  max: 2,
  member: structure({ stateMachineVersionArn: required(ARN), weight: required({ type: 'integer', min: 0, max: 100 }) }, 'RoutingConfigurationListItem'),
};

/** What each operation takes. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html */
export const INPUT_SHAPES = {
  CreateActivity: structure({ name: required(NAME), tags: TAGS, encryptionConfiguration: ENCRYPTION }),
  CreateStateMachine: structure({
    name: required(NAME),
    definition: required(DEFINITION),
    roleArn: required(ARN),
    type: oneOf('STANDARD', 'EXPRESS'),
    loggingConfiguration: LOGGING,
    tags: TAGS,
    tracingConfiguration: TRACING,
    publish: FLAG,
    versionDescription: DESCRIPTION,
    encryptionConfiguration: ENCRYPTION,
  }),
  CreateStateMachineAlias: structure({ description: DESCRIPTION, name: required(ALIAS_NAME), routingConfiguration: required(ROUTING) }),
  DeleteActivity: structure({ activityArn: required(ARN) }),
  DeleteStateMachine: structure({ stateMachineArn: required(ARN) }),
  DeleteStateMachineAlias: structure({ stateMachineAliasArn: required(ARN) }),
  DeleteStateMachineVersion: structure({ stateMachineVersionArn: required(LONG_ARN) }),
  DescribeActivity: structure({ activityArn: required(ARN) }),
  DescribeExecution: structure({ executionArn: required(ARN), includedData: INCLUDED_DATA }),
  DescribeMapRun: structure({ mapRunArn: required(LONG_ARN) }),
  DescribeStateMachine: structure({ stateMachineArn: required(ARN), includedData: INCLUDED_DATA }),
  DescribeStateMachineAlias: structure({ stateMachineAliasArn: required(ARN) }),
  DescribeStateMachineForExecution: structure({ executionArn: required(ARN), includedData: INCLUDED_DATA }),
  GetActivityTask: structure({ activityArn: required(ARN), workerName: NAME }),
  GetExecutionHistory: structure({ executionArn: required(ARN), ...PAGE, reverseOrder: FLAG, includeExecutionData: FLAG }),
  ListActivities: structure(PAGE),
  ListExecutions: structure({
    stateMachineArn: ARN,
    // In the order in which AWS's text names them.
    statusFilter: oneOf('SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'),
    maxResults: PAGE['maxResults']!,
    nextToken: text(1, 3096),
    mapRunArn: LONG_ARN,
    redriveFilter: oneOf('REDRIVEN', 'NOT_REDRIVEN'),
  }),
  ListMapRuns: structure({ executionArn: required(ARN), ...PAGE }),
  ListStateMachineAliases: structure({ stateMachineArn: required(ARN), ...PAGE }),
  ListStateMachineVersions: structure({ stateMachineArn: required(ARN), ...PAGE }),
  ListStateMachines: structure(PAGE),
  ListTagsForResource: structure({ resourceArn: required(ARN) }),
  PublishStateMachineVersion: structure({ stateMachineArn: required(ARN), revisionId: text(), description: DESCRIPTION }),
  RedriveExecution: structure({ executionArn: required(ARN), clientToken: text(1, 64) }),
  SendTaskFailure: structure({ taskToken: required(text(1, 2048)), error: text(0, 256), cause: text(0, 32_768) }),
  SendTaskHeartbeat: structure({ taskToken: required(text(1, 2048)) }),
  SendTaskSuccess: structure({ taskToken: required(text(1, 2048)), output: required(DATA) }),
  StartExecution: structure({ stateMachineArn: required(ARN), name: NAME, input: DATA, traceHeader: text(0, 256) }),
  StartSyncExecution: structure({ stateMachineArn: required(ARN), name: NAME, input: DATA, traceHeader: text(0, 256), includedData: INCLUDED_DATA }),
  StopExecution: structure({ executionArn: required(ARN), error: text(0, 256), cause: text(0, 32_768) }),
  TagResource: structure({ resourceArn: required(ARN), tags: required(TAGS) }),
  TestState: structure({
    definition: required(DEFINITION),
    roleArn: ARN,
    input: DATA,
    inspectionLevel: oneOf('INFO', 'DEBUG', 'TRACE'),
    revealSecrets: FLAG,
    variables: DATA,
    stateName: NAME,
    mock: structure(
      {
        result: DATA,
        errorOutput: structure({ error: text(0, 256), cause: text(0, 32_768) }, 'MockErrorOutput'),
        fieldValidationMode: oneOf('STRICT', 'PRESENT', 'NONE'),
      },
      'MockInput',
    ),
    context: DATA,
    stateConfiguration: structure(
      {
        retrierRetryCount: { type: 'integer', min: 0 },
        errorCausedByState: NAME,
        mapIterationFailureCount: { type: 'integer', min: 0 },
        mapItemReaderData: text(0, 1_048_576),
      },
      'TestStateConfiguration',
    ),
  }),
  UntagResource: structure({ resourceArn: required(ARN), tagKeys: required({ type: 'list', member: text(1, 128) }) }),
  UpdateMapRun: structure({
    mapRunArn: required(LONG_ARN),
    maxConcurrency: { type: 'integer', min: 0 },
    toleratedFailurePercentage: { type: 'number', min: 0, max: 100 },
    toleratedFailureCount: { type: 'integer', min: 0 },
  }),
  UpdateStateMachine: structure({
    stateMachineArn: required(ARN),
    definition: DEFINITION,
    roleArn: ARN,
    loggingConfiguration: LOGGING,
    tracingConfiguration: TRACING,
    publish: FLAG,
    versionDescription: DESCRIPTION,
    encryptionConfiguration: ENCRYPTION,
  }),
  UpdateStateMachineAlias: structure({ stateMachineAliasArn: required(ARN), description: DESCRIPTION, routingConfiguration: ROUTING }),
  ValidateStateMachineDefinition: structure({
    definition: required(text(0, 1_048_576)),
    type: oneOf('STANDARD', 'EXPRESS'),
    severity: oneOf('ERROR', 'WARNING'),
    maxResults: { type: 'integer', min: 0, max: 100 },
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;

/** The 37 operations of the service. */
export type OperationName = keyof typeof INPUT_SHAPES;
