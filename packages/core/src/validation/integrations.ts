/** How a Task may wait: not at all (request and response), for a job (`.sync`, `.sync:2`), for a callback (`.waitForTaskToken`). */
type Pattern = '' | '.sync' | '.sync:2' | '.waitForTaskToken';

type Actions = { readonly [action: string]: readonly Pattern[] };

const RESPONSE: readonly Pattern[] = [''];
const JOB: readonly Pattern[] = ['', '.sync'];
const CALLBACK: readonly Pattern[] = ['', '.waitForTaskToken'];
const ALL: readonly Pattern[] = ['', '.sync', '.waitForTaskToken'];

function each(patterns: readonly Pattern[], ...actions: readonly string[]): Actions {
  return Object.fromEntries(actions.map((action) => [action, patterns]));
}

/** Optimized integrations. @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
const SERVICES: { readonly [service: string]: Actions } = {
  apigateway: each(CALLBACK, 'invoke'),
  athena: { ...each(JOB, 'startQueryExecution'), ...each(RESPONSE, 'stopQueryExecution', 'getQueryExecution', 'getQueryResults') },
  batch: each(JOB, 'submitJob'),
  bedrock: { ...each(CALLBACK, 'invokeModel'), ...each(JOB, 'createModelCustomizationJob') },
  bedrockagentcore: each(RESPONSE, 'invokeAgentRuntime', 'invokeHarness'),
  codebuild: {
    ...each(JOB, 'startBuild', 'startBuildBatch', 'retryBuild', 'retryBuildBatch', 'deleteBuildBatch'),
    ...each(RESPONSE, 'stopBuild', 'stopBuildBatch', 'batchDeleteBuilds', 'batchGetReports'),
  },
  databrew: each(JOB, 'startJobRun'),
  dynamodb: each(RESPONSE, 'getItem', 'putItem', 'updateItem', 'deleteItem'),
  ecs: each(ALL, 'runTask'),
  eks: {
    ...each(JOB, 'runJob', 'createCluster', 'deleteCluster', 'createFargateProfile', 'deleteFargateProfile', 'createNodegroup', 'deleteNodegroup'),
    ...each(RESPONSE, 'call'),
    runJob: ALL,
  },
  elasticmapreduce: {
    ...each(JOB, 'createCluster', 'terminateCluster', 'addStep'),
    ...each(RESPONSE, 'cancelStep', 'setClusterTerminationProtection', 'modifyInstanceFleetByName', 'modifyInstanceGroupByName'),
  },
  'emr-containers': { ...each(JOB, 'deleteVirtualCluster', 'startJobRun'), ...each(RESPONSE, 'createVirtualCluster') },
  'emr-serverless': {
    ...each(JOB, 'createApplication', 'startApplication', 'stopApplication', 'deleteApplication', 'startJobRun', 'cancelJobRun'),
  },
  events: each(CALLBACK, 'putEvents'),
  glue: each(JOB, 'startJobRun'),
  http: each(RESPONSE, 'invoke'),
  lambda: each(CALLBACK, 'invoke'),
  mediaconvert: each(JOB, 'createJob'),
  sagemaker: {
    ...each(JOB, 'createTrainingJob', 'createTransformJob', 'createHyperParameterTuningJob', 'createLabelingJob', 'createProcessingJob'),
    ...each(RESPONSE, 'createModel', 'createEndpoint', 'createEndpointConfig', 'updateEndpoint'),
  },
  sns: each(CALLBACK, 'publish'),
  sqs: each(CALLBACK, 'sendMessage'),
  states: { startExecution: ['', '.sync', '.sync:2', '.waitForTaskToken'] },
};

/** Members of `Parameters` or `Arguments` without which a service is not asked. */
const REQUIRED_MEMBERS: { readonly [serviceAndAction: string]: readonly string[] } = {
  'lambda:invoke': ['FunctionName'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'sns:publish': ['Message'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'dynamodb:getItem': ['TableName', 'Key'],
  'states:startExecution': ['StateMachineArn'],
  'events:putEvents': ['Entries'],
  'ecs:runTask': ['TaskDefinition'],
  'glue:startJobRun': ['JobName'],
};

export type TaskResource =
  | { readonly kind: 'lambda' }
  | { readonly kind: 'activity' }
  | { readonly kind: 'aws-sdk'; readonly pattern: Pattern }
  | { readonly kind: 'optimized'; readonly pattern: Pattern; readonly requiredMembers: readonly string[] };

const PATTERN = /^(.*?)(\.sync(?::2)?|\.waitForTaskToken)?$/s;
const AWS_SDK = /^aws-sdk:[a-z0-9]+:[a-z][A-Za-z0-9]*$/;

/** What a Task's `Resource` names; `malformed` where it is no ARN, `unknown` where Step Functions has no such thing. */
export function readTaskResource(resource: string): TaskResource | 'malformed' | 'unknown' {
  const parts = resource.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return 'malformed';
  const service = parts[2]!;
  const rest = parts.slice(5).join(':');
  if (service === 'lambda') return rest.startsWith('function:') ? { kind: 'lambda' } : 'unknown';
  if (service !== 'states') return 'unknown';
  if (rest.startsWith('activity:')) return { kind: 'activity' };
  const [, name, suffix] = PATTERN.exec(rest)!;
  const pattern = (suffix ?? '') as Pattern;
  if (AWS_SDK.test(name!)) return pattern === '' || pattern === '.waitForTaskToken' ? { kind: 'aws-sdk', pattern } : 'unknown';
  const colon = name!.indexOf(':');
  const actions = lookUp(SERVICES, name!.slice(0, colon));
  const patterns = actions && lookUp(actions, name!.slice(colon + 1));
  if (!patterns?.includes(pattern)) return 'unknown';
  return { kind: 'optimized', pattern, requiredMembers: lookUp(REQUIRED_MEMBERS, name!) ?? [] };
}

/** What may stand for `<service>:<action>` of an optimized integration, for hints. */
export function taskResourceNames(): string[] {
  return Object.entries(SERVICES).flatMap(([service, actions]) =>
    Object.entries(actions).flatMap(([action, patterns]) => patterns.map((pattern) => `${service}:${action}${pattern}`)),
  );
}

function lookUp<Value>(table: { readonly [key: string]: Value }, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
