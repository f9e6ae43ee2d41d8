import { describe, expect, it, vi } from 'vitest';
import type { Json, JsonObject } from '@interstate/kernel';
import { aws } from './index.ts';
import { OPTIMIZED_SERVICES } from './optimized-services.ts';
import { callTask, offlineSfn, offlineSqs, type Sent } from '../test/offline-clients.ts';

/** A client whose actions answer from lists, one answer per call; the last one stays. */
function scripted(answers: Readonly<Record<string, readonly (object | Error)[]>>) {
  const sent: (readonly [string, unknown])[] = [];
  const client: Record<string, (input: object, options?: { abortSignal?: AbortSignal }) => Promise<object>> = {};
  for (const [action, script] of Object.entries(answers)) {
    let turn = 0;
    client[action] = async (input, options) => {
      options?.abortSignal?.throwIfAborted();
      sent.push([action, input]);
      const answer = script[Math.min(turn++, script.length - 1)]!;
      if (answer instanceof Error) throw answer;
      return answer;
    };
  }
  return { client, sent };
}

const noWait = { wait: async () => {} };

function serviceError(name: string, message: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode, requestId: 'R' } });
}

describe('optimized integrations', () => {
  it('show what the service answers with the exchange’s metadata, keys in order', async () => {
    const adapter = aws([offlineSqs(() => ({ body: { MessageId: 'm', MD5OfMessageBody: 'x' } }))]);
    const outcome = await callTask(adapter, 'sqs:sendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q', MessageBody: { a: 1 } });
    const value = (outcome as { value: JsonObject }).value;
    expect(Object.keys(value)).toEqual(['MD5OfMessageBody', 'MessageId', 'SdkHttpMetadata', 'SdkResponseMetadata']);
    expect(value).toMatchObject({
      SdkHttpMetadata: { AllHttpHeaders: { 'x-amzn-requestid': ['11111111-2222-4333-8444-555555555555'] }, HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: '11111111-2222-4333-8444-555555555555' },
    });
  });

  it('name errors as the first SDK for Java did', async () => {
    const failing = (type: string, status = 400) => aws([offlineSfn(() => ({ status, body: { __type: type, message: 'why' } }))]);
    const rest = (code: string): string => `why (Service: AWSStepFunctions; Status Code: 400; Error Code: ${code}; Request ID: 11111111-2222-4333-8444-555555555555; Proxy: null)`;
    expect(await callTask(failing('StateMachineDoesNotExist'), 'states:startExecution', { StateMachineArn: 'a' })).toEqual({
      ok: false,
      error: { Error: 'StepFunctions.StateMachineDoesNotExistException', Cause: rest('StateMachineDoesNotExist') },
    });
    expect(await callTask(failing('AccessDenied'), 'states:startExecution', { StateMachineArn: 'a' })).toEqual({
      ok: false,
      error: { Error: 'StepFunctions.AWSStepFunctionsException', Cause: rest('AccessDenied') },
    });
    const { client } = scripted({ putItem: [serviceError('ConditionalCheckFailedException', 'no')] });
    expect(await callTask(aws({ dynamodb: client }), 'dynamodb:putItem', {})).toEqual({
      ok: false,
      error: { Error: 'DynamoDB.ConditionalCheckFailedException', Cause: 'no (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: R; Proxy: null)' },
    });
    const unreachable = scripted({ publish: [Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND', hostname: 'sns.test' })] });
    expect(await callTask(aws({ sns: unreachable.client }), 'sns:publish', {})).toEqual({ ok: false, error: { Error: 'SNS.SdkClientException', Cause: 'Unable to execute HTTP request: sns.test: Name or service not known' } });
  });

  it('putEvents: names who sent the event, and fails where an entry failed', async () => {
    const { client, sent } = scripted({ putEvents: [{ Entries: [{ EventId: '1' }], FailedEntryCount: 0 }, { Entries: [{ ErrorCode: 'X' }], FailedEntryCount: 1 }] });
    const adapter = aws({ eventbridge: client });
    expect(await callTask(adapter, 'events:putEvents', { Entries: [{ Source: 's', Resources: ['mine'] }] })).toEqual({ ok: true, value: { Entries: [{ EventId: '1' }], FailedEntryCount: 0 } });
    expect(sent[0]?.[1]).toMatchObject({ Entries: [{ Resources: ['mine', 'arn:aws:states:us-east-1:111111111111:stateMachine:m', 'arn:aws:states:us-east-1:111111111111:execution:m:e'] }] });
    expect(await callTask(adapter, 'events:putEvents', { Entries: [{}] })).toEqual({ ok: false, error: { Error: 'EventBridge.FailedEntry', Cause: '{"Entries":[{"ErrorCode":"X"}],"FailedEntryCount":1}' } });
    expect(await callTask(adapter, 'events:putEvents', { Entries: 'nonsense' })).toMatchObject({ ok: false });
  });

  it('send objects as JSON text where the service takes text, to any client', async () => {
    const { client, sent } = scripted({ sendMessage: [{}], publish: [{}], putEvents: [{ FailedEntryCount: 0 }], startExecution: [{}] });
    const adapter = aws({ sqs: client, sns: client, eventbridge: client, sfn: client });
    await callTask(adapter, 'sqs:sendMessage', { MessageBody: { a: [1] } });
    await callTask(adapter, 'sns:publish', { Message: { a: 1 }, Subject: 's' });
    await callTask(adapter, 'events:putEvents', { Entries: [{ Detail: { a: 1 } }, { Detail: 'text' }] });
    await callTask(adapter, 'states:startExecution', { Input: [1] });
    expect(sent.map(([, input]) => input)).toMatchObject([
      { MessageBody: '{"a":[1]}' },
      { Message: '{"a":1}', Subject: 's' },
      { Entries: [{ Detail: '{"a":1}' }, { Detail: 'text' }] },
      { Input: '[1]' },
    ]);
  });

  it('ecs:runTask.sync says who started the task, unless the Task does', async () => {
    const { client, sent } = scripted({ runTask: [{ Tasks: [{ TaskArn: 't' }] }], describeTasks: [{ Tasks: [{ LastStatus: 'STOPPED', Containers: [] }] }] });
    const adapter = aws({ ecs: client }, noWait);
    await callTask(adapter, 'ecs:runTask.sync', { Cluster: 'c' });
    await callTask(adapter, 'ecs:runTask.sync', { Cluster: 'c', StartedBy: 'me' });
    await callTask(adapter, 'ecs:runTask', { Cluster: 'c' });
    expect(sent.filter(([action]) => action === 'runTask').map(([, input]) => (input as JsonObject)['StartedBy'])).toEqual(['AWS Step Functions', 'me', undefined]);
    expect(sent).toContainEqual(['describeTasks', { Cluster: 'c', Tasks: ['t'] }]);
  });

  it('refuse a body nested without end', async () => {
    let deep: Json = 'x';
    for (let depth = 0; depth < 50_000; depth++) deep = [deep];
    const { client, sent } = scripted({ sendMessage: [{}] });
    await expect(callTask(aws({ sqs: client }), 'sqs:sendMessage', { MessageBody: deep })).resolves.toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
    expect(sent).toEqual([]);
  });

  it('lambda:invoke: payload both ways, function errors by their type', async () => {
    const payload = (value: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    const { client, sent } = scripted({
      invoke: [{ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: payload({ b: 1 }) }, { StatusCode: 200, FunctionError: 'Unhandled', Payload: payload({ errorType: 'Declined', errorMessage: 'm' }) }],
    });
    const adapter = aws({ lambda: client });
    expect(await callTask(adapter, 'lambda:invoke', { FunctionName: 'f', Payload: { a: 1 } })).toMatchObject({ ok: true, value: { ExecutedVersion: '$LATEST', Payload: { b: 1 }, StatusCode: 200 } });
    expect(sent[0]).toEqual(['invoke', { FunctionName: 'f', Payload: '{"a":1}' }]);
    expect(await callTask(adapter, 'lambda:invoke', { FunctionName: 'f' })).toEqual({ ok: false, error: { Error: 'Declined', Cause: '{"errorType":"Declined","errorMessage":"m"}' } });
  });

  it('bedrock:invokeModel goes to the runtime client and parses the body', async () => {
    const { client } = scripted({ invokeModel: [{ body: new TextEncoder().encode('{"completion":"hi"}'), contentType: 'application/json' }] });
    const adapter = aws({ bedrockruntime: client }, { casing: { bedrockruntime: 'camelCase' } });
    expect(await callTask(adapter, 'bedrock:invokeModel', { ModelId: 'm', Body: { prompt: 'p' } })).toEqual({ ok: true, value: { Body: { completion: 'hi' }, ContentType: 'application/json' } });
  });

  it('elasticmapreduce finds fleets by name', async () => {
    const { client, sent } = scripted({ listInstanceFleets: [{ InstanceFleets: [{ Id: 'f1', Name: 'core' }] }], modifyInstanceFleet: [{}] });
    await callTask(aws({ emr: client }), 'elasticmapreduce:modifyInstanceFleetByName', { ClusterId: 'c', InstanceFleetName: 'core', InstanceFleet: { TargetOnDemandCapacity: 2 } });
    expect(sent).toEqual([['listInstanceFleets', { ClusterId: 'c' }], ['modifyInstanceFleet', { ClusterId: 'c', InstanceFleet: { TargetOnDemandCapacity: 2, InstanceFleetId: 'f1' } }]]);
  });
});

describe('.sync', () => {
  const describeWith = (members: JsonObject): JsonObject => ({ executionArn: 'arn:e', stateMachineArn: 'arn:m', name: 'n', startDate: 1, input: '{"a":1}', inputDetails: { included: true }, ...members });
  const states = (...descriptions: readonly JsonObject[]) => {
    const sent: Sent[] = [];
    let turn = 0;
    const client = offlineSfn((request) => {
      sent.push(request);
      return { body: request.action === 'StartExecution' ? { executionArn: 'arn:e', startDate: 1 } : (descriptions[Math.min(turn++, descriptions.length - 1)] ?? {}) };
    });
    return { adapter: aws([client], noWait), sent };
  };

  it('tells the start, looks until the job has ended, and gives the description', async () => {
    const { adapter, sent } = states(describeWith({ status: 'RUNNING' }), describeWith({ status: 'RUNNING' }), describeWith({ status: 'SUCCEEDED', output: '{"b":2}', stopDate: 2 }));
    const news: Json[] = [];
    const outcome = await callTask(adapter, 'states:startExecution.sync', { StateMachineArn: 'arn:m' }, { news });
    expect(sent.map(({ action }) => action)).toEqual(['StartExecution', 'DescribeExecution', 'DescribeExecution', 'DescribeExecution']);
    expect(news).toMatchObject([{ type: 'submitted', output: { ExecutionArn: 'arn:e', StartDate: 1000, SdkHttpMetadata: {} } }]);
    expect(outcome).toEqual({
      ok: true,
      value: { ExecutionArn: 'arn:e', Input: '{"a":1}', InputDetails: { Included: true }, Name: 'n', Output: '{"b":2}', StartDate: 1000, StateMachineArn: 'arn:m', Status: 'SUCCEEDED', StopDate: 2000 },
    });
  });

  it('of version 2 parses input and output', async () => {
    const { adapter } = states(describeWith({ status: 'SUCCEEDED', output: '{"b":2}' }));
    expect(await callTask(adapter, 'states:startExecution.sync:2', { StateMachineArn: 'arn:m' })).toMatchObject({ ok: true, value: { Input: { a: 1 }, Output: { b: 2 } } });
  });

  it('fails with States.TaskFailed and the description', async () => {
    const { adapter } = states(describeWith({ status: 'FAILED', error: 'E', cause: 'C' }));
    expect(await callTask(adapter, 'states:startExecution.sync:2', { StateMachineArn: 'arn:m' })).toEqual({
      ok: false,
      error: { Error: 'States.TaskFailed', Cause: '{"Cause":"C","Error":"E","ExecutionArn":"arn:e","Input":"{\\"a\\":1}","InputDetails":{"Included":true},"Name":"n","StartDate":1000,"StateMachineArn":"arn:m","Status":"FAILED"}' },
    });
  });

  it('does not wait for a callback', async () => {
    const { adapter, sent } = states();
    expect(await callTask(adapter, 'states:startExecution.waitForTaskToken', { StateMachineArn: 'arn:m' })).toMatchObject({ ok: true, value: { ExecutionArn: 'arn:e' } });
    expect(sent).toHaveLength(1);
  });

  it('stops the job when the Task is given up', async () => {
    const { client, sent } = scripted({ startQueryExecution: [{ QueryExecutionId: 'q' }], getQueryExecution: [{ QueryExecution: { Status: { State: 'RUNNING' } } }], stopQueryExecution: [{}] });
    const given = new AbortController();
    const wait = vi.fn(async () => given.abort());
    const outcome = await callTask(aws({ athena: client }, { wait }), 'athena:startQueryExecution.sync', { QueryString: 'select 1' }, { signal: given.signal });
    expect(outcome).toMatchObject({ ok: false });
    expect(sent.at(-1)).toEqual(['stopQueryExecution', { QueryExecutionId: 'q' }]);
  });

  it('waits with a timer that a withdrawn Task does not keep', async () => {
    const { client } = scripted({ startQueryExecution: [{ QueryExecutionId: 'q' }], getQueryExecution: [{ QueryExecution: { Status: { State: 'RUNNING' } } }], stopQueryExecution: [{}] });
    const given = new AbortController();
    const pending = callTask(aws({ athena: client }, { pollIntervalSeconds: 3600 }), 'athena:startQueryExecution.sync', {}, { signal: given.signal });
    setImmediate(() => given.abort());
    expect(await pending).toMatchObject({ ok: false });
  });

  it('of a deletion ends when the thing is gone', async () => {
    const { client } = scripted({ deleteCluster: [{ cluster: { name: 'c', status: 'DELETING' } }], describeCluster: [{ cluster: { status: 'DELETING' } }, serviceError('ResourceNotFoundException', 'gone', 404)] });
    const adapter = aws({ eks: client }, { ...noWait, casing: { eks: 'camelCase' } });
    expect(await callTask(adapter, 'eks:deleteCluster.sync', { Name: 'c' })).toMatchObject({ ok: true, value: { Cluster: { Name: 'c' } } });
  });

  it('fails where the job can no longer be described, and where there is no .sync', async () => {
    const { client } = scripted({ submitJob: [{ jobId: 'j' }], describeJobs: [serviceError('ServerException', 'down', 500)] });
    expect(await callTask(aws({ batch: client }, { ...noWait, casing: { batch: 'camelCase' } }), 'batch:submitJob.sync', {})).toMatchObject({ ok: false, error: { Error: 'Batch.ServerException' } });
    const sqs = scripted({ sendMessage: [{}] });
    expect(await callTask(aws({ sqs: sqs.client }), 'sqs:sendMessage.sync', {})).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
  });

  const jobs: readonly [resource: string, client: string, answers: Record<string, object[]>, parameters: Json, ok: boolean, part: object][] = [
    ['ecs:runTask.sync', 'ecs', { runTask: [{ Tasks: [{ TaskArn: 't' }] }], describeTasks: [{ Tasks: [{ LastStatus: 'RUNNING' }] }, { Tasks: [{ LastStatus: 'STOPPED', Containers: [{ ExitCode: 0 }] }] }] }, { Cluster: 'c' }, true, { LastStatus: 'STOPPED' }],
    ['ecs:runTask.sync', 'ecs', { runTask: [{ Tasks: [{ TaskArn: 't' }] }], describeTasks: [{ Tasks: [{ LastStatus: 'STOPPED', Containers: [{ ExitCode: 1 }] }] }] }, {}, false, { Containers: [{ ExitCode: 1 }] }],
    ['ecs:runTask.sync', 'ecs', { runTask: [{ Tasks: [{ TaskArn: 't' }] }], describeTasks: [{ Tasks: [{ LastStatus: 'STOPPED', StopCode: 'TaskFailedToStart', Containers: [{}] }] }] }, {}, false, { StopCode: 'TaskFailedToStart' }],
    ['batch:submitJob.sync', 'batch', { submitJob: [{ JobId: 'j' }], describeJobs: [{ Jobs: [{ Status: 'RUNNABLE' }] }, { Jobs: [{ Status: 'SUCCEEDED', JobId: 'j' }] }] }, {}, true, { JobId: 'j' }],
    ['glue:startJobRun.sync', 'glue', { startJobRun: [{ JobRunId: 'r' }], getJobRun: [{ JobRun: { JobRunState: 'TIMEOUT' } }] }, { JobName: 'n' }, false, { JobRunState: 'TIMEOUT' }],
    ['databrew:startJobRun.sync', 'databrew', { startJobRun: [{ RunId: 'r' }], describeJobRun: [{ State: 'SUCCEEDED' }] }, { Name: 'n' }, true, { State: 'SUCCEEDED' }],
    ['athena:startQueryExecution.sync', 'athena', { startQueryExecution: [{ QueryExecutionId: 'q' }], getQueryExecution: [{ QueryExecution: { Status: { State: 'SUCCEEDED' } } }] }, {}, true, { QueryExecution: { Status: { State: 'SUCCEEDED' } } }],
    ['codebuild:startBuild.sync', 'codebuild', { startBuild: [{ Build: { Id: 'b' } }], batchGetBuilds: [{ Builds: [{ BuildStatus: 'IN_PROGRESS' }] }, { Builds: [{ BuildStatus: 'SUCCEEDED' }] }] }, {}, true, { Build: { BuildStatus: 'SUCCEEDED' } }],
    ['codebuild:retryBuildBatch.sync', 'codebuild', { retryBuildBatch: [{ BuildBatch: { Id: 'b' } }], batchGetBuildBatches: [{ BuildBatches: [{ BuildBatchStatus: 'FAULT' }] }] }, {}, false, { BuildBatch: { BuildBatchStatus: 'FAULT' } }],
    ['eks:createNodegroup.sync', 'eks', { createNodegroup: [{}], describeNodegroup: [{ Nodegroup: { Status: 'ACTIVE' } }] }, { ClusterName: 'c', NodegroupName: 'n' }, true, { Nodegroup: { Status: 'ACTIVE' } }],
    ['elasticmapreduce:createCluster.sync', 'emr', { runJobFlow: [{ JobFlowId: 'j' }], describeCluster: [{ Cluster: { Status: { State: 'STARTING' } } }, { Cluster: { Status: { State: 'WAITING' } } }] }, {}, true, { Cluster: { Status: { State: 'WAITING' } } }],
    ['elasticmapreduce:addStep.sync', 'emr', { addJobFlowSteps: [{ StepIds: ['s'] }], describeStep: [{ Step: { Status: { State: 'FAILED' } } }] }, { ClusterId: 'c', Step: {} }, false, { Step: { Status: { State: 'FAILED' } } }],
    ['elasticmapreduce:terminateCluster.sync', 'emr', { terminateJobFlows: [{}], describeCluster: [{ Cluster: { Status: { State: 'TERMINATED' } } }] }, { ClusterId: 'c' }, true, { Cluster: {} }],
    ['emr-containers:startJobRun.sync', 'emrcontainers', { startJobRun: [{ Id: 'j' }], describeJobRun: [{ JobRun: { State: 'COMPLETED' } }] }, { VirtualClusterId: 'v' }, true, { State: 'COMPLETED' }],
    ['emr-serverless:startJobRun.sync', 'emrserverless', { startJobRun: [{ JobRunId: 'j' }], getJobRun: [{ JobRun: { State: 'FAILED' } }] }, { ApplicationId: 'a' }, false, { JobRun: { State: 'FAILED' } }],
    ['sagemaker:createTrainingJob.sync', 'sagemaker', { createTrainingJob: [{}], describeTrainingJob: [{ TrainingJobStatus: 'InProgress' }, { TrainingJobStatus: 'Completed' }] }, { TrainingJobName: 't' }, true, { TrainingJobStatus: 'Completed' }],
    ['mediaconvert:createJob.sync', 'mediaconvert', { createJob: [{ Job: { Id: 'j' } }], getJob: [{ Job: { Status: 'COMPLETE' } }] }, {}, true, { Job: { Status: 'COMPLETE' } }],
    ['bedrock:createModelCustomizationJob.sync', 'bedrock', { createModelCustomizationJob: [{ JobArn: 'j' }], getModelCustomizationJob: [{ Status: 'Failed' }] }, {}, false, { Status: 'Failed' }],
  ];
  for (const [resource, name, answers, parameters, ok, part] of jobs) {
    it(`${resource} ${ok ? 'succeeds' : 'fails'} with ${JSON.stringify(part)}`, async () => {
      const { client } = scripted(answers);
      const outcome = await callTask(aws({ [name]: client }, noWait), resource, parameters);
      expect(outcome.ok).toBe(ok);
      if (!outcome.ok) expect(outcome.error.Error).toBe('States.TaskFailed');
      expect(outcome.ok ? outcome.value : JSON.parse(outcome.error.Cause ?? '')).toMatchObject(part);
    });
  }
});

describe('the table', () => {
  it('holds every optimized service but those that are no SDK calls', () => {
    expect(OPTIMIZED_SERVICES.map(({ service }) => service)).toEqual([
      'lambda', 'sqs', 'sns', 'events', 'dynamodb', 'states', 'ecs', 'batch', 'glue', 'databrew', 'athena', 'codebuild', 'eks', 'elasticmapreduce',
      'emr-containers', 'emr-serverless', 'sagemaker', 'mediaconvert', 'bedrock',
    ]);
  });

  it('has no status that both succeeds and fails', () => {
    for (const { actions } of OPTIMIZED_SERVICES) {
      for (const { sync } of Object.values(actions)) expect(sync?.succeeded.filter((status) => sync.failed.includes(status)) ?? []).toEqual([]);
    }
  });
});
