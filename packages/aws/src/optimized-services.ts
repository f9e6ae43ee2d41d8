import { isJsonObject, type Failure, type Json, type JsonObject, type TaskRequest } from '@interstate/kernel';
import { at, given, type OptimizedAction, type OptimizedService, type SyncRule } from './optimized-integration.ts';

const plain: OptimizedAction = {};

/**
 * The optimized integrations.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
export const OPTIMIZED_SERVICES: readonly OptimizedService[] = [
  {
    service: 'lambda', client: 'lambda', prefix: 'Lambda', exceptionService: 'AWSLambda',
    actions: {
      invoke: {
        input: (parameters) => ({ ...parameters, ...given({ Payload: parameters['Payload'] === undefined ? undefined : JSON.stringify(parameters['Payload']) }) }),
        failure: functionFailure, result: (answer) => ({ ...answer, ...given({ Payload: parsed(answer['Payload']) }) }),
      },
    },
  },
  { service: 'sqs', client: 'sqs', prefix: 'SQS', exceptionService: 'AmazonSQS', actions: { sendMessage: { input: withText('MessageBody'), hostOf: ({ QueueUrl }) => hostOf(String(QueueUrl)) } } },
  { service: 'sns', client: 'sns', prefix: 'SNS', exceptionService: 'AmazonSNS', actions: { publish: { input: withText('Message') } } },
  {
    service: 'events', client: 'eventbridge', prefix: 'EventBridge', exceptionService: 'AmazonEventBridge', metadata: false,
    actions: { putEvents: { input: withResources, failure: failedEntry } },
  },
  {
    service: 'dynamodb', client: 'dynamodb', prefix: 'DynamoDB', exceptionService: 'AmazonDynamoDBv2', fallback: 'AmazonDynamoDBException',
    actions: { getItem: plain, putItem: plain, updateItem: plain, deleteItem: plain },
  },
  {
    service: 'states', client: 'sfn', prefix: 'StepFunctions', exceptionService: 'AWSStepFunctions',
    actions: {
      startExecution: {
        input: withText('Input'),
        sync: {
          describe: 'describeExecution', input: (started) => given({ ExecutionArn: started['ExecutionArn'] }),
          status: ['Status'], succeeded: ['SUCCEEDED'], failed: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          result: (description, pattern) =>
            pattern === 'sync' ? description : { ...description, ...given({ Input: parsed(description['Input']), Output: parsed(description['Output']) }) },
          cancel: { method: 'stopExecution', input: (started) => given({ ExecutionArn: started['ExecutionArn'] }) },
        },
      },
    },
  },
  {
    service: 'ecs', client: 'ecs', prefix: 'ECS', exceptionService: 'AmazonECS',
    actions: {
      runTask: {
        input: (parameters, { pattern }) => (pattern === 'sync' ? { StartedBy: 'AWS Step Functions', ...parameters } : parameters),
        sync: {
          describe: 'describeTasks', input: (started, parameters) => given({ Cluster: parameters['Cluster'], Tasks: [at(started, 'Tasks', 0, 'TaskArn') ?? null] }),
          job: (description) => at(description, 'Tasks', 0), status: ['LastStatus'], succeeded: ['STOPPED'], failed: [],
          isGood: (task) => listOf(task['Containers']).every((container) => at(container, 'ExitCode') === 0),
          cancel: { method: 'stopTask', input: (started, parameters) => given({ Cluster: parameters['Cluster'], Task: at(started, 'Tasks', 0, 'TaskArn') }) },
        },
      },
    },
  },
  {
    service: 'batch', client: 'batch', prefix: 'Batch', exceptionService: 'AWSBatch',
    actions: {
      submitJob: {
        input: managedByStepFunctions,
        sync: {
          describe: 'describeJobs', input: (started) => ({ Jobs: [started['JobId'] ?? null] }), job: (description) => at(description, 'Jobs', 0),
          status: ['Status'], succeeded: ['SUCCEEDED'], failed: ['FAILED'],
          cancel: { method: 'terminateJob', input: (started) => given({ JobId: started['JobId'], Reason: 'The Task was given up.' }) },
        },
      },
    },
  },
  {
    service: 'glue', client: 'glue', prefix: 'Glue', exceptionService: 'AWSGlue',
    actions: {
      startJobRun: {
        sync: {
          describe: 'getJobRun', input: (started, parameters) => given({ JobName: parameters['JobName'], RunId: started['JobRunId'] }),
          job: (description) => description['JobRun'], status: ['JobRunState'], succeeded: ['SUCCEEDED'], failed: ['FAILED', 'TIMEOUT', 'ERROR', 'STOPPED', 'EXPIRED'],
          cancel: { method: 'batchStopJobRun', input: (started, parameters) => given({ JobName: parameters['JobName'], JobRunIds: [started['JobRunId'] ?? null] }) },
        },
      },
    },
  },
  {
    service: 'databrew', client: 'databrew', prefix: 'DataBrew', exceptionService: 'AWSGlueDataBrew',
    actions: {
      startJobRun: {
        sync: {
          describe: 'describeJobRun', input: (started, parameters) => given({ Name: parameters['Name'], RunId: started['RunId'] }),
          status: ['State'], succeeded: ['SUCCEEDED'], failed: ['FAILED', 'TIMEOUT', 'STOPPED'],
          cancel: { method: 'stopJobRun', input: (started, parameters) => given({ Name: parameters['Name'], RunId: started['RunId'] }) },
        },
      },
    },
  },
  {
    service: 'athena', client: 'athena', prefix: 'Athena', exceptionService: 'AmazonAthena',
    actions: {
      startQueryExecution: {
        sync: {
          describe: 'getQueryExecution', input: (started) => given({ QueryExecutionId: started['QueryExecutionId'] }),
          status: ['QueryExecution', 'Status', 'State'], succeeded: ['SUCCEEDED'], failed: ['FAILED', 'CANCELLED'],
          cancel: { method: 'stopQueryExecution', input: (started) => given({ QueryExecutionId: started['QueryExecutionId'] }) },
        },
      },
      stopQueryExecution: plain, getQueryExecution: plain, getQueryResults: plain,
    },
  },
  {
    service: 'codebuild', client: 'codebuild', prefix: 'CodeBuild', exceptionService: 'AWSCodeBuild',
    actions: {
      startBuild: { sync: build('Build', 'batchGetBuilds', 'Builds', 'BuildStatus', 'stopBuild') },
      startBuildBatch: { sync: build('BuildBatch', 'batchGetBuildBatches', 'BuildBatches', 'BuildBatchStatus', 'stopBuildBatch') },
      retryBuildBatch: { sync: build('BuildBatch', 'batchGetBuildBatches', 'BuildBatches', 'BuildBatchStatus', 'stopBuildBatch') },
      stopBuild: plain, deleteBuildBatch: plain, batchDeleteBuilds: plain, batchGetReports: plain,
    },
  },
  {
    service: 'eks', client: 'eks', prefix: 'EKS', exceptionService: 'AmazonEKS',
    actions: {
      createCluster: { sync: eksResource('describeCluster', 'Cluster', ['Name'], 'ACTIVE') },
      deleteCluster: { sync: eksResource('describeCluster', 'Cluster', ['Name'], 'gone') },
      createFargateProfile: { sync: eksResource('describeFargateProfile', 'FargateProfile', ['ClusterName', 'FargateProfileName'], 'ACTIVE') },
      deleteFargateProfile: { sync: eksResource('describeFargateProfile', 'FargateProfile', ['ClusterName', 'FargateProfileName'], 'gone') },
      createNodegroup: { sync: eksResource('describeNodegroup', 'Nodegroup', ['ClusterName', 'NodegroupName'], 'ACTIVE') },
      deleteNodegroup: { sync: eksResource('describeNodegroup', 'Nodegroup', ['ClusterName', 'NodegroupName'], 'gone') },
    },
  },
  {
    service: 'elasticmapreduce', client: 'emr', prefix: 'ElasticMapReduce', exceptionService: 'AmazonElasticMapReduce',
    actions: {
      createCluster: {
        method: 'runJobFlow', result: (answer) => given({ ClusterId: answer['JobFlowId'], ClusterArn: answer['ClusterArn'] }),
        sync: emrCluster((started) => started['ClusterId'], ['WAITING', 'TERMINATED'], ['TERMINATED_WITH_ERRORS']),
      },
      terminateCluster: {
        method: 'terminateJobFlows', input: ({ ClusterId = null }) => ({ JobFlowIds: [ClusterId] }),
        sync: emrCluster((_started, parameters) => parameters['ClusterId'], ['TERMINATED'], ['TERMINATED_WITH_ERRORS']),
      },
      addStep: {
        method: 'addJobFlowSteps', input: ({ ClusterId = null, Step = null, ...rest }) => ({ ...rest, JobFlowId: ClusterId, Steps: [Step] }),
        result: (answer) => given({ StepId: at(answer, 'StepIds', 0) }),
        sync: {
          describe: 'describeStep', input: (started, parameters) => given({ ClusterId: parameters['ClusterId'], StepId: started['StepId'] }),
          status: ['Step', 'Status', 'State'], succeeded: ['COMPLETED'], failed: ['CANCELLED', 'FAILED', 'INTERRUPTED'],
          cancel: { method: 'cancelSteps', input: (started, parameters) => given({ ClusterId: parameters['ClusterId'], StepIds: [started['StepId'] ?? null] }) },
        },
      },
      cancelStep: {
        method: 'cancelSteps', input: ({ ClusterId = null, StepId = null }) => ({ ClusterId, StepIds: [StepId] }),
        result: (answer) => (isJsonObject(at(answer, 'CancelStepsInfoList', 0)) ? (at(answer, 'CancelStepsInfoList', 0) as JsonObject) : {}),
      },
      setClusterTerminationProtection: {
        method: 'setTerminationProtection', input: ({ ClusterId = null, TerminationProtected = null }) => ({ JobFlowIds: [ClusterId], TerminationProtected }),
      },
      modifyInstanceFleetByName: {
        find: { method: 'listInstanceFleets', input: ({ ClusterId = null }) => ({ ClusterId }) }, method: 'modifyInstanceFleet',
        input: (parameters) => given({ ClusterId: parameters['ClusterId'], InstanceFleet: { ...objectOf(parameters['InstanceFleet']), ...given({ InstanceFleetId: idOf(at(parameters, 'Found', 'InstanceFleets'), parameters['InstanceFleetName']) }) } }),
      },
      modifyInstanceGroupByName: {
        find: { method: 'listInstanceGroups', input: ({ ClusterId = null }) => ({ ClusterId }) }, method: 'modifyInstanceGroups',
        input: (parameters) => given({ ClusterId: parameters['ClusterId'], InstanceGroups: [{ ...objectOf(parameters['InstanceGroup']), ...given({ InstanceGroupId: idOf(at(parameters, 'Found', 'InstanceGroups'), parameters['InstanceGroupName']) }) }] }),
      },
    },
  },
  {
    service: 'emr-containers', client: 'emrcontainers', prefix: 'EMRContainers', exceptionService: 'AmazonEMRContainers',
    actions: {
      createVirtualCluster: plain,
      deleteVirtualCluster: {
        sync: {
          describe: 'describeVirtualCluster', input: (started, parameters) => given({ Id: parameters['Id'] ?? started['Id'] }), job: (description) => description['VirtualCluster'],
          status: ['State'], succeeded: ['TERMINATED'], failed: ['ARRESTED'],
        },
      },
      startJobRun: {
        sync: {
          describe: 'describeJobRun', input: (started, parameters) => given({ Id: started['Id'], VirtualClusterId: parameters['VirtualClusterId'] }), job: (description) => description['JobRun'],
          status: ['State'], succeeded: ['COMPLETED'], failed: ['FAILED', 'CANCELLED'],
          cancel: { method: 'cancelJobRun', input: (started, parameters) => given({ Id: started['Id'], VirtualClusterId: parameters['VirtualClusterId'] }) },
        },
      },
    },
  },
  {
    service: 'emr-serverless', client: 'emrserverless', prefix: 'EMRServerless', exceptionService: 'AWSEMRServerless',
    actions: {
      createApplication: { sync: serverlessApplication(['CREATED', 'STARTED'], ['TERMINATED']) },
      startApplication: { sync: serverlessApplication(['STARTED'], ['TERMINATED']) },
      stopApplication: { sync: serverlessApplication(['STOPPED', 'CREATED'], ['TERMINATED']) },
      deleteApplication: { sync: { ...serverlessApplication(['TERMINATED'], []), goneIsSuccess: true } },
      startJobRun: {
        sync: {
          describe: 'getJobRun', input: (started, parameters) => given({ ApplicationId: parameters['ApplicationId'], JobRunId: started['JobRunId'] }),
          status: ['JobRun', 'State'], succeeded: ['SUCCESS'], failed: ['FAILED', 'CANCELLED'],
          cancel: { method: 'cancelJobRun', input: (started, parameters) => given({ ApplicationId: parameters['ApplicationId'], JobRunId: started['JobRunId'] }) },
        },
      },
      cancelJobRun: {
        sync: {
          describe: 'getJobRun', input: (_started, parameters) => given({ ApplicationId: parameters['ApplicationId'], JobRunId: parameters['JobRunId'] }),
          status: ['JobRun', 'State'], succeeded: ['CANCELLED', 'SUCCESS', 'FAILED'], failed: [],
        },
      },
    },
  },
  {
    service: 'sagemaker', client: 'sagemaker', prefix: 'SageMaker', exceptionService: 'AmazonSageMaker',
    actions: {
      createTrainingJob: { sync: sageMakerJob('TrainingJob') },
      createTransformJob: { sync: sageMakerJob('TransformJob') },
      createHyperParameterTuningJob: { sync: sageMakerJob('HyperParameterTuningJob') },
      createLabelingJob: { sync: sageMakerJob('LabelingJob') },
      createProcessingJob: { sync: sageMakerJob('ProcessingJob') },
      createModel: plain, createEndpoint: plain, createEndpointConfig: plain, updateEndpoint: plain,
    },
  },
  {
    service: 'mediaconvert', client: 'mediaconvert', prefix: 'MediaConvert', exceptionService: 'AWSMediaConvert',
    actions: {
      createJob: {
        sync: {
          describe: 'getJob', input: (started) => given({ Id: at(started, 'Job', 'Id') }), status: ['Job', 'Status'], succeeded: ['COMPLETE'], failed: ['ERROR', 'CANCELED'],
          cancel: { method: 'cancelJob', input: (started) => given({ Id: at(started, 'Job', 'Id') }) },
        },
      },
    },
  },
  {
    service: 'bedrock', client: 'bedrock', prefix: 'Bedrock', exceptionService: 'AmazonBedrock', metadata: false,
    actions: {
      invokeModel: { client: 'bedrockruntime', result: (answer) => given({ Body: parsed(answer['Body']), ContentType: answer['ContentType'] }) },
      createModelCustomizationJob: {
        sync: {
          describe: 'getModelCustomizationJob', input: (started) => given({ JobIdentifier: started['JobArn'] }), status: ['Status'], succeeded: ['Completed'], failed: ['Failed', 'Stopped'],
          cancel: { method: 'stopModelCustomizationJob', input: (started) => given({ JobIdentifier: started['JobArn'] }) },
        },
      },
    },
  },
];

/** An action of an optimized integration. */
export interface OptimizedBinding {
  readonly service: OptimizedService;
  readonly action: string;
  readonly row: OptimizedAction;
}

/** The same by the client that answers: its name in Task resources. */
export const OPTIMIZED_BY_CLIENT: ReadonlyMap<string, readonly OptimizedBinding[]> = byClient();

function byClient(): ReadonlyMap<string, readonly OptimizedBinding[]> {
  const bindings = new Map<string, OptimizedBinding[]>();
  for (const service of OPTIMIZED_SERVICES) {
    for (const [action, row] of Object.entries(service.actions)) {
      const client = row.client ?? service.client;
      bindings.set(client, [...(bindings.get(client) ?? []), { service, action, row }]);
    }
  }
  return bindings;
}

// What several rows share.

function build(member: 'Build' | 'BuildBatch', describe: string, list: string, status: string, cancel: string): SyncRule {
  return {
    describe, input: (started) => ({ Ids: [at(started, member, 'Id') ?? null] }), status: [list, '0', status],
    succeeded: ['SUCCEEDED'], failed: ['FAILED', 'FAULT', 'TIMED_OUT', 'STOPPED'],
    result: (description) => given({ [member]: at(description, list, 0) }),
    cancel: { method: cancel, input: (started) => given({ Id: at(started, member, 'Id') }) },
  };
}

function eksResource(describe: string, member: string, names: readonly string[], until: 'ACTIVE' | 'gone'): SyncRule {
  return {
    describe, input: (_started, parameters) => given(Object.fromEntries(names.map((name) => [name, parameters[name]]))), status: [member, 'Status'],
    succeeded: until === 'gone' ? [] : [until], failed: ['FAILED', 'CREATE_FAILED', 'DELETE_FAILED'], goneIsSuccess: until === 'gone',
  };
}

function emrCluster(id: (started: JsonObject, parameters: JsonObject) => Json | undefined, succeeded: readonly string[], failed: readonly string[]): SyncRule {
  return {
    describe: 'describeCluster', input: (started, parameters) => given({ ClusterId: id(started, parameters) }), status: ['Cluster', 'Status', 'State'], succeeded, failed,
    cancel: { method: 'terminateJobFlows', input: (started, parameters) => ({ JobFlowIds: [id(started, parameters) ?? null] }) },
  };
}

function serverlessApplication(succeeded: readonly string[], failed: readonly string[]): SyncRule {
  return {
    describe: 'getApplication', input: (started, parameters) => given({ ApplicationId: parameters['ApplicationId'] ?? started['ApplicationId'] }),
    status: ['Application', 'State'], succeeded, failed,
  };
}

function sageMakerJob(kind: string): SyncRule {
  const name = (parameters: JsonObject): JsonObject => given({ [`${kind}Name`]: parameters[`${kind}Name`] });
  return {
    describe: `describe${kind}`, input: (_started, parameters) => name(parameters), status: [`${kind}Status`], succeeded: ['Completed'], failed: ['Failed', 'Stopped'],
    cancel: { method: `stop${kind}`, input: (_started, parameters) => name(parameters) },
  };
}

/** An object under this name is sent as JSON text. */
function withText(name: string): (parameters: JsonObject) => JsonObject {
  return (parameters) => (typeof parameters[name] === 'object' && parameters[name] !== null ? { ...parameters, [name]: JSON.stringify(parameters[name]) } : parameters);
}

/** `queue.example` of `https://queue.example/…`. */
function hostOf(url: string): string {
  return url.replace(/^\w+:\/\//, '').split('/')[0]!;
}

/** The event's resources name the execution and its state machine, besides what the Task says. */
function withResources(parameters: JsonObject, { executionArn, stateMachineArn }: TaskRequest): JsonObject {
  const detailText = withText('Detail');
  const entries = listOf(parameters['Entries']).map((entry) => ({ ...detailText(objectOf(entry)), Resources: [...listOf(at(entry, 'Resources')), stateMachineArn, executionArn] }));
  return { ...parameters, Entries: entries };
}

function failedEntry(answer: JsonObject): Failure | undefined {
  const count = answer['FailedEntryCount'];
  return typeof count === 'number' && count > 0 ? { Error: 'EventBridge.FailedEntry', Cause: JSON.stringify(answer) } : undefined;
}

function functionFailure(answer: JsonObject): Failure | undefined {
  if (answer['FunctionError'] === undefined) return undefined;
  const cause = parsed(answer['Payload']);
  const type = at(cause, 'errorType');
  return { Error: typeof type === 'string' ? type : 'Lambda.Unknown', Cause: JSON.stringify(cause ?? null) };
}

/** Jobs know who started them. */
function managedByStepFunctions(parameters: JsonObject): JsonObject {
  const overrides = objectOf(parameters['ContainerOverrides']);
  const environment = [...listOf(overrides['Environment']), { Name: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' }];
  return { ...parameters, ContainerOverrides: { ...overrides, Environment: environment } };
}

function idOf(items: Json | undefined, name: Json | undefined): Json | undefined {
  return at(listOf(items).find((item) => at(item, 'Name') === name), 'Id');
}

function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
