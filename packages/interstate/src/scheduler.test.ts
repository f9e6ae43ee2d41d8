import * as sdk from '@aws-sdk/client-scheduler';
import { MemoryStore } from '@interstate/runtime';
import { aws } from '@interstate/aws';
import type { Scheduler } from '@interstate/eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud, type CloudOptions } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type Commands = keyof typeof sdk;
type SdkOperation = { [K in keyof sdk.Scheduler]-?: K extends string ? (`${Capitalize<K>}Command` extends Commands ? K : never) : never }[keyof sdk.Scheduler];
type SdkMethods = { readonly [K in SdkOperation]: SdkMethod<sdk.Scheduler[K]> };

// What the compiler checks: our client stands where the SDK's methods are wanted, and no operation is missing.
const stands = (scheduler: Scheduler): SdkMethods => scheduler;
const same: SdkOperation extends keyof Scheduler ? (keyof Scheduler extends SdkOperation ? true : never) : never = true;

const RoleArn = 'arn:aws:iam::123456789012:role/scheduler';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:reminders';
const OFF = { Mode: 'OFF' } as const;

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function virtualCloud(options: CloudOptions = {}): Cloud {
  const cloud = createCloud({ clock: 'virtual', seed: 1, ...options });
  clouds.push(cloud);
  return cloud;
}

async function withQueue(name = 'reminders', options: CloudOptions = {}): Promise<{ readonly cloud: Cloud; readonly bodies: () => Promise<readonly (string | undefined)[]> }> {
  const cloud = virtualCloud(options);
  const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: name });
  const bodies = async (): Promise<readonly (string | undefined)[]> => {
    const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    return Messages.map(({ Body }) => Body);
  };
  return { cloud, bodies };
}

describe('cloud.scheduler', () => {
  it('stands where the methods of Scheduler are wanted', async () => {
    expect(same).toBe(true);
    const scheduler = stands(virtualCloud().scheduler);
    expect(await scheduler.listSchedules({})).toMatchObject({ Schedules: [], $metadata: { httpStatusCode: 200 } });
    await expect(scheduler.getSchedule({ Name: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException', $fault: 'client', message: 'Schedule none does not exist.', $metadata: { httpStatusCode: 404 } });
  });

  it('a one-time schedule sends its message at its time, and no run ends before', async () => {
    const { cloud, bodies } = await withQueue();
    const Input = 'at <aws.scheduler.scheduled-time>, attempt <aws.scheduler.attempt-number> of <aws.scheduler.schedule-arn>';
    await cloud.scheduler.createSchedule({ Name: 'call-mum', ScheduleExpression: 'at(2026-03-01T09:00:00)', ScheduleExpressionTimezone: 'Europe/Berlin', FlexibleTimeWindow: OFF, Target: { Arn: QUEUE, RoleArn, Input } });
    await cloud.runUntilIdle();
    expect(new Date(cloud.now()).toISOString()).toBe('2026-03-01T08:00:00.000Z');
    expect(await bodies()).toEqual(['at 2026-03-01T08:00:00Z, attempt 1 of arn:aws:scheduler:us-east-1:123456789012:schedule/default/call-mum']);
    expect(cloud.deliveries()).toMatchObject([{ by: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/call-mum', to: QUEUE, attempt: 1, status: 'delivered' }]);
  });

  it('a minute rule is housekeeping: it keeps no run alive, and fires while time passes', async () => {
    const { cloud, bodies } = await withQueue();
    await cloud.scheduler.createSchedule({ Name: 'tick', ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: OFF, Target: { Arn: QUEUE, RoleArn, Input: 'tick' } });
    await cloud.runUntilIdle();
    await cloud.advance(5 * 60_000);
    expect(await bodies()).toEqual(Array.from({ length: 6 }, () => 'tick'));
  });
});

describe('an attached SchedulerClient', () => {
  function attached(): sdk.Scheduler {
    return virtualCloud().attach(new sdk.Scheduler({}));
  }
  const schedule = (Name: string, more: Partial<sdk.CreateScheduleCommandInput> = {}): sdk.CreateScheduleCommandInput => ({ Name, ScheduleExpression: 'at(2026-03-01T09:00:00)', FlexibleTimeWindow: OFF, Target: { Arn: QUEUE, RoleArn, Input: 'x' }, ...more });

  it('runs every operation', async () => {
    const client = attached();
    const tried = new Set<string>();
    const scheduler = new Proxy(client, {
      get(target, name) {
        if (typeof name === 'string') tried.add(name);
        return (target[name as keyof sdk.Scheduler] as (...args: unknown[]) => unknown).bind(target);
      },
    });
    const group = await scheduler.createScheduleGroup({ Name: 'g', Tags: [{ Key: 'a', Value: 'b' }] });
    expect(group).toMatchObject({ ScheduleGroupArn: 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/g', $metadata: { httpStatusCode: 200, attempts: 1 } });
    const ResourceArn = group.ScheduleGroupArn!;
    await scheduler.tagResource({ ResourceArn, Tags: [{ Key: 'c', Value: 'd' }] });
    await scheduler.untagResource({ ResourceArn, TagKeys: ['a'] });
    expect((await scheduler.listTagsForResource({ ResourceArn })).Tags).toEqual([{ Key: 'c', Value: 'd' }]);
    expect(await scheduler.createSchedule(schedule('s', { GroupName: 'g', StartDate: new Date('2026-02-01T00:00:00Z') }))).toMatchObject({ ScheduleArn: 'arn:aws:scheduler:us-east-1:123456789012:schedule/g/s' });
    await scheduler.updateSchedule(schedule('s', { GroupName: 'g', EndDate: new Date('2027-01-01T00:00:00Z') }));
    expect(await scheduler.getSchedule({ Name: 's', GroupName: 'g' })).toMatchObject({ EndDate: new Date('2027-01-01T00:00:00Z'), CreationDate: new Date('2026-01-01T00:00:00Z'), Target: { Arn: QUEUE } });
    expect(await scheduler.getScheduleGroup({ Name: 'g' })).toMatchObject({ State: 'ACTIVE', CreationDate: new Date('2026-01-01T00:00:00Z') });
    expect((await scheduler.listSchedules({})).Schedules).toMatchObject([{ Name: 's' }]);
    expect((await scheduler.listScheduleGroups({})).ScheduleGroups).toMatchObject([{ Name: 'default' }, { Name: 'g' }]);
    await scheduler.deleteSchedule({ Name: 's', GroupName: 'g' });
    await scheduler.deleteScheduleGroup({ Name: 'g' });
    const operations = Object.keys(sdk).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
    expect([...tried].sort()).toEqual(operations.map((name) => name[0]!.toLowerCase() + name.slice(1)).sort());
  });

  it('pages', async () => {
    const client = attached();
    for (const Name of ['a', 'b', 'c']) await client.createScheduleGroup({ Name });
    for (let index = 0; index < 9; index++) await client.createSchedule(schedule(`s${index}`, { GroupName: ['a', 'b', 'c'][index % 3]! }));
    const names: (string | undefined)[] = [];
    for await (const { Schedules = [] } of sdk.paginateListSchedules({ client, pageSize: 2 }, {})) names.push(...Schedules.map(({ Name }) => Name));
    expect(names).toEqual(['s0', 's3', 's6', 's1', 's4', 's7', 's2', 's5', 's8']);
    const groups: (string | undefined)[] = [];
    for await (const { ScheduleGroups = [] } of sdk.paginateListScheduleGroups({ client, pageSize: 3 }, {})) groups.push(...ScheduleGroups.map(({ Name }) => Name));
    expect(groups).toEqual(['a', 'b', 'c', 'default']);
  });

  it('throws the exceptions of the SDK', async () => {
    const client = attached();
    const failed = client.send(new sdk.GetScheduleCommand({ Name: 'none' }));
    await expect(failed).rejects.toBeInstanceOf(sdk.ResourceNotFoundException);
    await expect(failed).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Schedule none does not exist.', $fault: 'client', $metadata: { httpStatusCode: 404 } });
    await client.createSchedule(schedule('s'));
    await expect(client.createSchedule(schedule('s'))).rejects.toBeInstanceOf(sdk.ConflictException);
    await expect(client.createSchedule(schedule('t', { ScheduleExpression: 'rate(1 century)' }))).rejects.toBeInstanceOf(sdk.ValidationException);
  });
});

describe('targets', () => {
  const ACCOUNT = 'us-east-1:123456789012';

  async function fired(target: Omit<Parameters<Scheduler['createSchedule']>[0]['Target'] & object, 'RoleArn'>, cloud = virtualCloud()): Promise<Cloud> {
    await cloud.scheduler.createSchedule({ Name: 's', ScheduleExpression: 'at(2026-01-02T00:00:00)', FlexibleTimeWindow: OFF, Target: { RoleArn, ...target } });
    await cloud.runUntilIdle();
    expect(cloud.deliveries('arn:aws:scheduler:us-east-1:123456789012:schedule-group/default').map(({ status, error, reason }) => ({ status, error, reason }))).toEqual([{ status: 'delivered', error: undefined, reason: undefined }]);
    return cloud;
  }

  it('a FIFO queue, with its group', async () => {
    const cloud = virtualCloud();
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'f.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } });
    await fired({ Arn: `arn:aws:sqs:${ACCOUNT}:f.fifo`, Input: 'x', SqsParameters: { MessageGroupId: 'g' } }, cloud);
    const { Messages } = await cloud.sqs.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ['MessageGroupId'] });
    expect(Messages).toMatchObject([{ Body: 'x', Attributes: { MessageGroupId: 'g' } }]);
  });

  it('a queue, without input: what Scheduler sends by default', async () => {
    const { cloud, bodies } = await withQueue();
    await fired({ Arn: QUEUE }, cloud);
    expect(JSON.parse((await bodies())[0]!)).toMatchObject({ version: '0', 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account: '123456789012', region: 'us-east-1', time: '2026-01-02T00:00:00Z', resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/s'], detail: '{}' });
  });

  it('a state machine', async () => {
    const cloud = virtualCloud();
    const { stateMachineArn } = await cloud.sfn.createStateMachine({ name: 'm', definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }), roleArn: RoleArn });
    await fired({ Arn: stateMachineArn!, Input: '{"at":"<aws.scheduler.scheduled-time>"}' }, cloud);
    const { executions } = await cloud.sfn.listExecutions({ stateMachineArn: stateMachineArn! });
    expect(await cloud.sfn.describeExecution({ executionArn: executions![0]!.executionArn! })).toMatchObject({ status: 'SUCCEEDED', input: '{"at":"2026-01-02T00:00:00Z"}' });
  });

  it('a function, with its input or what Scheduler sends by default', async () => {
    const events: unknown[] = [];
    const functions = { f: async (event: unknown) => void events.push(event) };
    await fired({ Arn: `arn:aws:lambda:${ACCOUNT}:function:f`, Input: '{"n":"<aws.scheduler.attempt-number>"}' }, virtualCloud({ functions }));
    await fired({ Arn: `arn:aws:lambda:${ACCOUNT}:function:f` }, virtualCloud({ functions }));
    expect(events).toMatchObject([{ n: '1' }, { source: 'aws.scheduler', detail: '{}' }]);
  });

  it('a topic', async () => {
    const { cloud, bodies } = await withQueue();
    const { TopicArn } = await cloud.sns.createTopic({ Name: 't' });
    await cloud.sns.subscribe({ TopicArn: TopicArn!, Protocol: 'sqs', Endpoint: QUEUE, Attributes: { RawMessageDelivery: 'true' } });
    await cloud.scheduler.createSchedule({ Name: 's', ScheduleExpression: 'at(2026-01-02T00:00:00)', FlexibleTimeWindow: OFF, Target: { Arn: TopicArn!, RoleArn, Input: 'news' } });
    await cloud.runUntilIdle();
    expect(await bodies()).toEqual(['news']);
  });

  it('an event bus', async () => {
    const { cloud, bodies } = await withQueue();
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: JSON.stringify({ source: ['my.app'] }) });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 'q', Arn: QUEUE }] });
    await fired({ Arn: `arn:aws:events:${ACCOUNT}:event-bus/default`, Input: '{"n":1}', EventBridgeParameters: { Source: 'my.app', DetailType: 'reminder' } }, cloud);
    expect(JSON.parse((await bodies())[0]!)).toMatchObject({ source: 'my.app', 'detail-type': 'reminder', detail: { n: 1 }, resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/s'] });
  });

  it('streams', async () => {
    const kinesis = `arn:aws:kinesis:${ACCOUNT}:stream/clicks`;
    expect((await fired({ Arn: kinesis, Input: 'x', KinesisParameters: { PartitionKey: 'p' } })).sinks.records(kinesis)).toMatchObject([{ data: 'x', partitionKey: 'p' }]);
    const firehose = `arn:aws:firehose:${ACCOUNT}:deliverystream/logs`;
    expect((await fired({ Arn: firehose, Input: 'x' })).sinks.records(firehose)).toMatchObject([{ data: 'x' }]);
  });

  it('any operation of a modelled service', async () => {
    const { cloud, bodies } = await withQueue();
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/reminders';
    await fired({ Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', Input: JSON.stringify({ QueueUrl, MessageBody: 'attempt <aws.scheduler.attempt-number>', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }) }, cloud);
    expect(await bodies()).toEqual(['attempt 1']);
    const other = virtualCloud();
    await fired({ Arn: 'arn:aws:scheduler:::aws-sdk:scheduler:createScheduleGroup', Input: '{"Name":"made"}' }, other);
    expect(await other.scheduler.getScheduleGroup({ Name: 'made' })).toMatchObject({ State: 'ACTIVE' });
    const third = virtualCloud();
    await fired({ Arn: 'arn:aws:scheduler:::aws-sdk:sfn:createActivity', Input: '{"Name":"pack"}' }, third);
    expect((await third.sfn.listActivities({})).activities).toMatchObject([{ name: 'pack' }]);
  });

  it('any operation of a client that the application brings, and templated targets no model stands for', async () => {
    const asked: unknown[] = [];
    const note = (name: string) => async (input: object) => void asked.push([name, input]);
    const cloud = virtualCloud({ adapters: [aws({ ecs: { runTask: note('runTask') }, dynamodb: { putItem: note('putItem') } })] });
    for (const [Name, Target] of Object.entries({
      ecs: { Arn: `arn:aws:ecs:${ACCOUNT}:cluster/c`, RoleArn, EcsParameters: { TaskDefinitionArn: 'arn:t', LaunchType: 'FARGATE' as const } },
      dynamo: { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:putItem', RoleArn, Input: '{"TableName":"t"}' },
    })) {
      await cloud.scheduler.createSchedule({ Name, ScheduleExpression: 'at(2026-01-02T00:00:00)', FlexibleTimeWindow: OFF, Target });
    }
    await cloud.runUntilIdle();
    expect(asked).toEqual([['putItem', { TableName: 't' }], ['runTask', { Cluster: `arn:aws:ecs:${ACCOUNT}:cluster/c`, TaskDefinition: 'arn:t', Count: 1, LaunchType: 'FARGATE' }]]);
    expect(cloud.deliveries().map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  });

  it('refusals and throttles of a service come through as they are', async () => {
    const busy = Object.assign(new Error('Slow down.'), { name: 'ThrottlingException', $metadata: {}, $fault: 'client' });
    const cloud = virtualCloud({ adapters: [aws({ dynamodb: { putItem: async () => Promise.reject(busy) } })] });
    const Target = { Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:putItem', RoleArn, Input: '{}', RetryPolicy: { MaximumRetryAttempts: 1 } };
    await cloud.scheduler.createSchedule({ Name: 'busy', ScheduleExpression: 'at(2026-01-02T00:00:00)', FlexibleTimeWindow: OFF, Target });
    await cloud.scheduler.createSchedule({ Name: 'unknown', ScheduleExpression: 'at(2026-01-03T00:00:00)', FlexibleTimeWindow: OFF, Target: { ...Target, Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:putItems' } });
    await cloud.scheduler.createSchedule({ Name: 'unbound', ScheduleExpression: 'at(2026-01-04T00:00:00)', FlexibleTimeWindow: OFF, Target: { ...Target, Arn: 'arn:aws:scheduler:::aws-sdk:ec2:runInstances' } });
    await cloud.runUntilIdle();
    expect(cloud.deliveries().map(({ status, error, reason }) => [status, error, reason])).toEqual([
      ['retrying', 'ThrottlingException', 'Slow down.'],
      ['failed', 'ThrottlingException', 'Slow down.'],
      ['failed', 'ValidationException', 'The client has no action "putItems". Did you mean "putItem"?'],
      ['failed', 'States.TaskFailed', expect.stringContaining('Nothing answers')],
    ]);
  });
});

describe('from Step Functions', () => {
  it('aws-sdk:scheduler creates a schedule, and says what is wrong', async () => {
    const { cloud, bodies } = await withQueue();
    const Arguments = { Name: '{% $states.input.name %}', ScheduleExpression: 'at(2026-01-05T00:00:00)', FlexibleTimeWindow: OFF, Target: { Arn: QUEUE, RoleArn, Input: 'from a Task' } };
    const definition = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:scheduler:createSchedule', Arguments, End: true } } } as const;
    expect(await cloud.run(definition, { name: 's' })).toMatchObject({ status: 'SUCCEEDED', output: { ScheduleArn: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/s' } });
    expect(await cloud.run(definition, { name: 's' })).toMatchObject({ status: 'FAILED', error: 'Scheduler.ConflictException', cause: expect.stringContaining('Schedule s already exists. (Service: Scheduler, Status Code: 409') });
    await cloud.runUntilIdle();
    expect(await bodies()).toEqual(['from a Task']);
  });
});

describe('a host that forgets its memory after every step and delivers twice', () => {
  it('loses and doubles nothing', async () => {
    const { cloud, bodies } = await withQueue('reminders', { store: new MemoryStore(), crashes: { deliveries: 2 } });
    for (let index = 0; index < 5; index++) {
      await cloud.scheduler.createSchedule({ Name: `s${index}`, ScheduleExpression: `at(2026-01-0${index + 1}T12:00:00)`, FlexibleTimeWindow: OFF, ActionAfterCompletion: 'DELETE', Target: { Arn: QUEUE, RoleArn, Input: `n${index}` } });
    }
    await cloud.runUntilIdle();
    expect([...(await bodies())].sort()).toEqual(['n1', 'n2', 'n3', 'n4']);
    expect((await cloud.scheduler.listSchedules({})).Schedules).toEqual([]);
  });
});
