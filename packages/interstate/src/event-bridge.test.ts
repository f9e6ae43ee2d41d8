import type { ConnectorCall, JsonObject, Outcome } from '@interstate/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud, type CloudOptions } from './index.ts';

const ROLE = 'arn:aws:iam::123456789012:role/r';
const PASS = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
/** A resource of an adapter of one's own. */
const TAKER = 'arn:aws:mine:us-east-1:123456789012:taker';

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function cloudOf(options: CloudOptions = {}): Cloud {
  const cloud = createCloud({ clock: 'virtual', seed: 1, ...options });
  clouds.push(cloud);
  return cloud;
}

function taking(taken: JsonObject[]): Pick<CloudOptions, 'adapters'> {
  const take = ({ request }: ConnectorCall): Outcome => {
    taken.push((request as { input: { Payload: JsonObject } }).input.Payload);
    return { ok: true, value: null };
  };
  return { adapters: [{ service: 'mine', connectors: { [TAKER]: take } }] };
}

describe('events', () => {
  it('reach state machines, sinks and further adapters', async () => {
    const taken: JsonObject[] = [];
    const cloud = cloudOf(taking(taken));
    const { stateMachineArn } = await cloud.sfn.createStateMachine({ name: 'm', definition: PASS, roleArn: ROLE });
    const logGroup = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/all';
    await cloud.eventBridge.putRule({ Name: 'orders', EventPattern: JSON.stringify({ source: ['shop'] }) });
    await cloud.eventBridge.putTargets({
      Rule: 'orders',
      Targets: [
        { Id: 'f', Arn: TAKER },
        { Id: 'm', Arn: stateMachineArn!, InputPath: '$.detail' },
        { Id: 'l', Arn: logGroup, InputTransformer: { InputPathsMap: { id: '$.detail.orderId' }, InputTemplate: '"order <id>"' } },
      ],
    });
    const { Entries, FailedEntryCount } = await cloud.eventBridge.putEvents({
      Entries: [
        { Source: 'shop', DetailType: 'placed', Detail: '{"orderId":42}' },
        { Source: 'bank', DetailType: 'paid', Detail: '{}' },
        { Source: 'shop', DetailType: 'broken', Detail: '[]' },
      ],
    });
    expect(FailedEntryCount).toBe(1);
    expect(Entries[2]).toEqual({ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' });
    await cloud.runUntilIdle();
    expect(taken).toEqual([
      { version: '0', id: Entries[0]!.EventId, 'detail-type': 'placed', source: 'shop', account: '123456789012', time: '2026-01-01T00:00:00Z', region: 'us-east-1', resources: [], detail: { orderId: 42 } },
    ]);
    const { executions } = await cloud.sfn.listExecutions({ stateMachineArn: stateMachineArn! });
    const { input } = await cloud.sfn.describeExecution({ executionArn: executions[0]!.executionArn });
    expect(JSON.parse(input!)).toEqual({ orderId: 42 });
    expect(cloud.sinks.records(logGroup)).toHaveLength(1);
    expect(cloud.deliveries().map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('tell of executions that change their status, to a rule that listens', async () => {
    const taken: JsonObject[] = [];
    const cloud = cloudOf(taking(taken));
    const { stateMachineArn = '' } = await cloud.sfn.createStateMachine({ name: 'm', definition: PASS, roleArn: ROLE });
    await cloud.sfn.startExecution({ stateMachineArn, name: 'unheard' });
    await cloud.eventBridge.putRule({ Name: 'ended', EventPattern: JSON.stringify({ source: ['aws.states'], detail: { status: ['SUCCEEDED'] } }) });
    await cloud.eventBridge.putTargets({ Rule: 'ended', Targets: [{ Id: 'f', Arn: TAKER }] });
    const { executionArn } = await cloud.sfn.startExecution({ stateMachineArn, name: 'heard' });
    await cloud.runUntilIdle();
    expect(taken).toMatchObject([{ source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', resources: [executionArn], detail: { status: 'SUCCEEDED', name: 'heard' } }]);
    await cloud.eventBridge.disableRule({ Name: 'ended' });
    await cloud.sfn.startExecution({ stateMachineArn, name: 'unheard-too' });
    await cloud.runUntilIdle();
    expect(taken).toHaveLength(1);
  });

  it('come by the minute', async () => {
    const taken: JsonObject[] = [];
    const cloud = cloudOf(taking(taken));
    await cloud.eventBridge.putRule({ Name: 'minute', ScheduleExpression: 'rate(1 minute)' });
    await cloud.eventBridge.putTargets({ Rule: 'minute', Targets: [{ Id: 'f', Arn: TAKER }] });
    await cloud.runUntilIdle();
    expect(taken).toEqual([]);
    await cloud.advance(180_000);
    expect(taken.map(({ time }) => time)).toEqual(['2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z', '2026-01-01T00:03:00Z']);
  });

  it('that set off their own rule again come to an end, which is reported', async () => {
    const cloud = cloudOf();
    const { eventBridge, sfn } = cloud;
    const { stateMachineArn = '' } = await sfn.createStateMachine({ name: 'again', definition: PASS, roleArn: ROLE });
    await eventBridge.putRule({ Name: 'again', EventPattern: JSON.stringify({ source: ['aws.states'], detail: { status: ['SUCCEEDED'] } }) });
    await eventBridge.putTargets({ Rule: 'again', Targets: [{ Id: 'm', Arn: stateMachineArn }] });
    await sfn.startExecution({ stateMachineArn });
    await cloud.runUntilIdle();
    const { executions } = await sfn.listExecutions({ stateMachineArn });
    expect(executions).toHaveLength(17);
    expect(cloud.deliveries().at(-1)).toMatchObject({ status: 'failed', error: 'LOOP_DETECTED', to: stateMachineArn });
  });

  it('that a Task sends to the rule that started it come to an end', async () => {
    const cloud = cloudOf();
    const { eventBridge, sfn } = cloud;
    const task = { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ Source: 'me', DetailType: 't', 'Detail.$': '$' }] }, End: true };
    const { stateMachineArn = '' } = await sfn.createStateMachine({ name: 'again', definition: JSON.stringify({ StartAt: 'A', States: { A: task } }), roleArn: ROLE });
    await eventBridge.putRule({ Name: 'again', EventPattern: '{"source":["me"]}' });
    await eventBridge.putTargets({ Rule: 'again', Targets: [{ Id: 'm', Arn: stateMachineArn, InputPath: '$.detail' }] });
    await sfn.startExecution({ stateMachineArn, input: '{"n":1}' });
    await cloud.runUntilIdle();
    expect((await sfn.listExecutions({ stateMachineArn })).executions).toHaveLength(17);
    expect(cloud.deliveries().at(-1)).toMatchObject({ status: 'failed', error: 'LOOP_DETECTED' });
  });

  it('that a function sends when it is told of them come to an end under the real clock too', async () => {
    let told = 0;
    const last = new Promise<void>((resolve) => {
      const take = async (): Promise<void> => {
        told++;
        await cloud.eventBridge.putEvents({ Entries: [{ Source: 'me', DetailType: 't', Detail: '{}' }] });
        // The rule's decision is made when the event is taken.
        if (cloud.deliveries().some(({ status }) => status === 'failed')) resolve();
      };
      const cloud = cloudOf({ clock: 'real', functions: { take } });
      void (async () => {
        await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["me"]}' });
        await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 't', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:take' }] });
        await cloud.eventBridge.putEvents({ Entries: [{ Source: 'me', DetailType: 't', Detail: '{}' }] });
      })();
    });
    await last;
    expect(told).toBe(16);
  });

  it('that code sends when it is told of them come to an end', async () => {
    let told = 0;
    const take = async (): Promise<Outcome> => {
      told++;
      await cloud.eventBridge.putEvents({ Entries: [{ Source: 'me', DetailType: 't', Detail: '{}' }] });
      return { ok: true, value: null };
    };
    const cloud = cloudOf({ adapters: [{ service: 'mine', connectors: { [TAKER]: take } }] });
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["me"]}' });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 't', Arn: TAKER }] });
    await cloud.eventBridge.putEvents({ Entries: [{ Source: 'me', DetailType: 't', Detail: '{}' }] });
    await cloud.runUntilIdle();
    expect(told).toBe(16);
    expect(cloud.deliveries().find(({ status }) => status === 'failed')).toMatchObject({ error: 'LOOP_DETECTED' });
  });

  it('are sent and managed by Tasks', async () => {
    const answer = (event: unknown): Promise<unknown> => cloud.sfn.sendTaskSuccess({ taskToken: (event as { token: string }).token, output: '"done"' });
    const cloud = cloudOf({ functions: { answer } });
    const task = (resource: string, parameters: object): ReturnType<Cloud['run']> => cloud.run({ StartAt: 'A', States: { A: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true } } } as never);
    expect((await task('aws-sdk:eventbridge:putRule', { Name: 'r', EventPattern: '{"source":["me"]}' })).output).toEqual({ RuleArn: 'arn:aws:events:us-east-1:123456789012:rule/r' });
    const { error, cause } = await task('aws-sdk:eventbridge:describeRule', { Name: 'none' });
    expect(error).toBe('EventBridge.ResourceNotFoundException');
    expect(cause).toMatch(/^Rule none does not exist on EventBus default\. \(Service: EventBridge, Status Code: 400, Request ID: /);
    expect((await task('aws-sdk:eventbridge:putEvents', { Entries: [{ Source: 's', DetailType: 't', Detail: '{}', Time: '2026-01-01T00:00:00Z' }] })).output).toMatchObject({ FailedEntryCount: 0 });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 't', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:answer', InputPath: '$.detail' }] });
    expect((await task('events:putEvents.waitForTaskToken', { Entries: [{ Source: 'me', DetailType: 't', Detail: { 'token.$': '$$.Task.Token' } }] })).output).toBe('done');
    const failed = await task('events:putEvents', { Entries: [{ Source: 'me', DetailType: 't' }] });
    expect(failed.error).toBe('EventBridge.FailedEntry');
    expect(failed.cause).toBe('{"Entries":[{"ErrorCode":"InvalidArgument","ErrorMessage":"Parameter Detail is not valid. Reason: Detail is a required argument."}],"FailedEntryCount":1}');
  });

  it('go from a bus to another, and no further', async () => {
    const taken: JsonObject[] = [];
    const cloud = cloudOf(taking(taken));
    const { eventBridge } = cloud;
    const arn = (bus: string): string => `arn:aws:events:us-east-1:123456789012:event-bus/${bus}`;
    await eventBridge.createEventBus({ Name: 'b' });
    for (const [bus, next] of [['default', 'b'], ['b', 'default']] as const) {
      await eventBridge.putRule({ Name: 'on', EventBusName: bus, EventPattern: '{"source":["me"]}' });
      await eventBridge.putTargets({ Rule: 'on', EventBusName: bus, Targets: [{ Id: 'next', Arn: arn(next) }, { Id: 't', Arn: TAKER }] });
    }
    await eventBridge.putEvents({ Entries: [{ Source: 'me', DetailType: 't', Detail: '{"n":1}', Time: new Date(1000) }] });
    await cloud.runUntilIdle();
    expect(taken).toHaveLength(2);
    expect(taken[1]).toMatchObject({ source: 'me', account: '123456789012', time: '1970-01-01T00:00:01Z', detail: { n: 1 } });
    expect(cloud.deliveries(arn('b'))).toContainEqual(expect.objectContaining({ status: 'failed', error: 'THIRD_ACCOUNT_HOP_DETECTED' }));
  });

  it('that a function sends when it is told of them come to an end', async () => {
    let told = 0;
    const again = async (): Promise<void> => {
      told++;
      await cloud.eventBridge.putEvents({ Entries: [{ Source: 'me', DetailType: 't', Detail: '{}' }] });
    };
    const cloud = cloudOf({ functions: { again } });
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["me"]}' });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 't', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:again' }] });
    await cloud.eventBridge.putEvents({ Entries: [{ Source: 'me', DetailType: 't', Detail: '{}' }] });
    await cloud.runUntilIdle();
    expect(told).toBe(16);
    expect(cloud.deliveries()).toContainEqual(expect.objectContaining({ status: 'failed', error: 'LOOP_DETECTED' }));
  });

  it('reach functions, FIFO queues and topics; what finds nobody goes to the dead-letter queue', async () => {
    const taken: unknown[] = [];
    const cloud = cloudOf({ functions: { take: (event) => void taken.push(event) } });
    const { eventBridge, sqs, sns } = cloud;
    const arn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
    const create = async (QueueName: string, Attributes: Record<string, string> = {}): Promise<string> => (await sqs.createQueue({ QueueName, Attributes })).QueueUrl!;
    const fifo = await create('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    const [heard, dead] = [await create('heard'), await create('dead')];
    const { TopicArn = '' } = await sns.createTopic({ Name: 'topic' });
    await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: arn('heard'), Attributes: { RawMessageDelivery: 'true' } });
    await eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["shop"]}' });
    await eventBridge.putTargets({
      Rule: 'r',
      Targets: [
        { Id: 'fifo', Arn: arn('orders.fifo'), SqsParameters: { MessageGroupId: 'g' }, InputPath: '$.detail' },
        { Id: 'topic', Arn: TopicArn, InputPath: '$.detail' },
        { Id: 'function', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:take', InputPath: '$.detail' },
        { Id: 'nobody', Arn: arn('gone'), DeadLetterConfig: { Arn: arn('dead') } },
      ],
    });
    await eventBridge.putEvents({ Entries: [{ Source: 'shop', DetailType: 't', Detail: '{"n":1}' }] });
    await cloud.runUntilIdle();
    const bodies = async (QueueUrl: string): Promise<unknown[]> => ((await sqs.receiveMessage({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['MessageGroupId'] })).Messages ?? []).map(({ Body, Attributes, MessageAttributes }) => ({ Body: JSON.parse(Body!), Attributes, MessageAttributes }));
    expect(await bodies(fifo)).toMatchObject([{ Body: { n: 1 }, Attributes: { MessageGroupId: 'g' } }]);
    expect(await bodies(heard)).toMatchObject([{ Body: { n: 1 } }]);
    expect(await bodies(dead)).toMatchObject([{ Body: { source: 'shop', detail: { n: 1 } }, MessageAttributes: { ERROR_CODE: { StringValue: 'NO_RESOURCE' }, TARGET_ARN: { StringValue: arn('gone') } } }]);
    expect(taken).toEqual([{ n: 1 }]);
  });

  it('are looked at by schema discovery', async () => {
    const cloud = cloudOf();
    const { eventBridge, schemas } = cloud;
    await schemas.createDiscoverer({ SourceArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default' });
    for (const Detail of ['{"n":1}', '{"n":2}', '{"n":3,"note":"x"}']) await eventBridge.putEvents({ Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail }] });
    await cloud.advance(0);
    const name = { RegistryName: 'discovered-schemas', SchemaName: 'shop@OrderPlaced' };
    expect((await schemas.listSchemas({ RegistryName: 'discovered-schemas' })).Schemas).toMatchObject([{ SchemaName: 'shop@OrderPlaced', VersionCount: 2 }]);
    expect((await schemas.listSchemaVersions(name)).SchemaVersions.map(({ SchemaVersion }) => SchemaVersion)).toEqual(['2', '1']);
    expect(JSON.parse((await schemas.describeSchema(name)).Content)).toMatchObject({ openapi: '3.0.0', components: { schemas: { OrderPlaced: { required: ['n'] } } } });
    const { Body } = await schemas.getCodeBindingSource({ ...name, SchemaVersion: '1', Language: 'TypeScript3' });
    expect(new TextDecoder().decode(Body)).toContain('export interface OrderPlaced {\n  n: number;\n}');
    expect(JSON.parse((await schemas.exportSchema({ ...name, Type: 'JSONSchemaDraft4' })).Content)).toMatchObject({ title: 'OrderPlaced' });
    expect(JSON.parse((await schemas.getDiscoveredSchema({ Type: 'JSONSchemaDraft4', Events: ['{"source":"a","detail-type":"b","detail":{"x":true}}'] })).Content)).toMatchObject({ definitions: { B: { properties: { x: { type: 'boolean' } } } } });
    const { Discoverers } = await schemas.listDiscoverers({});
    const { DiscovererId } = Discoverers[0]!;
    await schemas.stopDiscoverer({ DiscovererId });
    expect((await eventBridge.listRules({})).Rules).toEqual([]);
    await schemas.startDiscoverer({ DiscovererId });
    expect((await eventBridge.listRules({})).Rules).toMatchObject([{ Name: 'Schemas-events-event-bus-default', ManagedBy: 'schemas.amazonaws.com' }]);
    await schemas.deleteDiscoverer({ DiscovererId });
    await expect(schemas.describeDiscoverer({ DiscovererId })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(schemas.describeSchema({ ...name, SchemaVersion: '9' })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(schemas.createDiscoverer({ SourceArn: 'x' })).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(schemas.getDiscoveredSchema({ Type: 'OpenApi3', Events: ['{'] })).rejects.toMatchObject({ name: 'BadRequestException' });
  });
});
