import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud, type CloudOptions } from './index.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:q';
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';
const ROLE = 'arn:aws:iam::123456789012:role/r';
const EVENT = { Source: 'me', DetailType: 't', Detail: '{}' };

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

/** A queue that is emptied into a target, or into the function `take`; what it cannot get rid of goes to `dead`. */
async function polled(clock: 'virtual' | 'real', take: (cloud: Cloud, url: string) => Promise<unknown>, target?: (cloud: Cloud) => Promise<string>) {
  let taken = 0;
  const options: CloudOptions = { clock, seed: 1, functions: { take: async () => void (taken++, await take(cloud, QueueUrl!)) } };
  const cloud = createCloud(options);
  clouds.push(cloud);
  await cloud.sqs.createQueue({ QueueName: 'dead' });
  const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q', Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD, maxReceiveCount: 2 }) } });
  await cloud.lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: (await target?.(cloud)) ?? 'take', BatchSize: 1 });
  return { cloud, url: QueueUrl!, taken: () => taken, failed: () => cloud.deliveries().filter(({ error }) => error !== undefined).map(({ error }) => error) };
}

/** Lets everything happen that will. */
async function settle(cloud: Cloud, clock: 'virtual' | 'real', isOver: () => boolean): Promise<void> {
  if (clock === 'virtual') return cloud.runUntilIdle();
  await new Promise<void>((resolve) => {
    const look = (): void => void (isOver() ? resolve() : setImmediate(look));
    look();
  });
}

describe.each(['virtual', 'real'] as const)('under a %s clock', (clock) => {
  it('a function that sends the events a queue brings it to the rule that fills the queue comes to an end', async () => {
    const { cloud, taken, failed } = await polled(clock, ({ eventBridge }) => eventBridge.putEvents({ Entries: [EVENT] }));
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["me"]}' });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 'q', Arn: QUEUE }] });
    await cloud.eventBridge.putEvents({ Entries: [EVENT] });
    await settle(cloud, clock, () => failed().length > 0);
    expect([taken(), failed()]).toEqual([16, ['LOOP_DETECTED']]);
  });

  it('a function that sends messages to its own queue is stopped; the last goes to the dead-letter queue', async () => {
    const { cloud, url, taken, failed } = await polled(clock, ({ sqs }, QueueUrl) => sqs.sendMessage({ QueueUrl, MessageBody: 'again' }));
    await cloud.sqs.sendMessage({ QueueUrl: url, MessageBody: 'first' });
    await settle(cloud, clock, () => failed().length > 0);
    expect([taken(), new Set(failed())]).toEqual([16, new Set(['RecursiveInvocationException'])]);
    // Nobody waits for a timeout under the real clock.
    if (clock === 'real') return;
    const { QueueUrl } = await cloud.sqs.getQueueUrl({ QueueName: 'dead' });
    const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 1, MessageSystemAttributeNames: ['AWSTraceHeader'] });
    expect(Messages.map(({ Body, Attributes }) => [Body, Attributes?.['AWSTraceHeader']?.replace(/.*:/, '')])).toEqual([['again', '17']]);
  });

  it('so is one that publishes to a topic which sends to its queue', async () => {
    const publish = ({ sns }: Cloud): Promise<unknown> => sns.publish({ TopicArn, Message: 'again' });
    const { cloud, taken, failed } = await polled(clock, publish);
    const { TopicArn = '' } = await cloud.sns.createTopic({ Name: 't' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE });
    await cloud.sns.publish({ TopicArn, Message: 'first' });
    await settle(cloud, clock, () => failed().length > 0);
    expect([taken(), failed()[0]]).toEqual([16, 'RecursiveInvocationException']);
  });

  it('a function that calls itself, waiting or not, is stopped', async () => {
    for (const InvocationType of ['RequestResponse', 'Event'] as const) {
      let called = 0;
      const failures: string[] = [];
      const again = async (): Promise<void> => {
        called++;
        await cloud.lambda.invoke({ FunctionName: 'again', InvocationType }).catch(({ name }: Error) => failures.push(name));
      };
      const cloud: Cloud = createCloud({ clock, seed: 1, functions: { again } });
      clouds.push(cloud);
      await cloud.lambda.invoke({ FunctionName: 'again', InvocationType });
      await settle(cloud, clock, () => failures.length > 0 || cloud.deliveries().some(({ error }) => error !== undefined));
      expect([called, ...failures, ...cloud.deliveries().flatMap(({ error }) => error ?? [])]).toEqual([16, 'RecursiveInvocationException']);
    }
  });

  it('a function that may is not', async () => {
    const { cloud, url, taken } = await polled(clock, async ({ sqs }, QueueUrl) => taken() < 40 && sqs.sendMessage({ QueueUrl, MessageBody: 'again' }));
    expect(await cloud.lambda.getFunctionRecursionConfig({ FunctionName: 'take' })).toMatchObject({ RecursiveLoop: 'Terminate' });
    await cloud.lambda.putFunctionRecursionConfig({ FunctionName: 'take', RecursiveLoop: 'Allow' });
    expect(await cloud.lambda.getFunctionRecursionConfig({ FunctionName: 'take' })).toMatchObject({ RecursiveLoop: 'Allow' });
    await cloud.sqs.sendMessage({ QueueUrl: url, MessageBody: 'first' });
    await settle(cloud, clock, () => taken() === 40);
    expect(taken()).toBe(40);
    await expect(cloud.lambda.putFunctionRecursionConfig({ FunctionName: 'take:1', RecursiveLoop: 'Allow' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  const loops = {
    'its own queue': { Target: QUEUE, TargetParameters: { InputTemplate: '{}' } },
    'the bus whose rule fills its queue': { Target: 'arn:aws:events:us-east-1:123456789012:event-bus/default', TargetParameters: { EventBridgeEventBusParameters: { Source: 'me', DetailType: 't' } } },
    'a topic that fills its queue': { Target: 'arn:aws:sns:us-east-1:123456789012:t', TargetParameters: { InputTemplate: '{}' } },
    'a state machine that sends to its queue': { Target: 'arn:aws:states:us-east-1:123456789012:stateMachine:m', TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' as const } } },
    'a function that sends to its queue': { Target: 'arn:aws:lambda:us-east-1:123456789012:function:send' },
  };
  it.each(Object.entries(loops))('a pipe into %s comes to an end', async (_, target) => {
    const cloud: Cloud = createCloud({ clock, seed: 1, functions: { send: async () => void (await cloud.sqs.sendMessage({ QueueUrl, MessageBody: '{}' })) } });
    clouds.push(cloud);
    await cloud.sqs.createQueue({ QueueName: 'dead' });
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q', Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD, maxReceiveCount: 1 }) } });
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["me"]}' });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 'q', Arn: QUEUE }] });
    const { TopicArn = '' } = await cloud.sns.createTopic({ Name: 't' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE });
    const send = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl, MessageBody: '{}' }, End: true };
    await cloud.sfn.createStateMachine({ name: 'm', definition: JSON.stringify({ StartAt: 'A', States: { A: send } }), roleArn: ROLE });
    await cloud.pipes.createPipe({ Name: 'p', Source: QUEUE, RoleArn: ROLE, ...target });
    await cloud.sqs.sendMessage({ QueueUrl, MessageBody: '{}' });
    const errors = (): (string | undefined)[] => cloud.deliveries().flatMap(({ error }) => error ?? []);
    await settle(cloud, clock, () => errors().length > 0);
    expect(new Set(errors())).toEqual(new Set([target.Target.includes(':lambda:') ? 'RecursiveInvocationException' : 'LOOP_DETECTED']));
    const times = cloud.deliveries('arn:aws:pipes:us-east-1:123456789012:pipe/p').filter(({ status }) => status === 'delivered').length;
    expect(times).toBe(target.Target.includes(':events:') ? 8 : 16);
  });

  it('a state machine that a Task of its own sends to again is not started once more', async () => {
    const task = (url: string) => JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: url, MessageBody: 'again' }, End: true } } });
    let stateMachineArn = '';
    const { cloud, url, failed } = await polled(clock, async () => {}, async ({ sfn, sqs }) => {
      const { QueueUrl = '' } = await sqs.getQueueUrl({ QueueName: 'q' });
      ({ stateMachineArn = '' } = await sfn.createStateMachine({ name: 'm', definition: task(QueueUrl), roleArn: ROLE }));
      return stateMachineArn;
    });
    await cloud.sqs.sendMessage({ QueueUrl: url, MessageBody: 'first' });
    await settle(cloud, clock, () => failed().length > 0);
    expect((await cloud.sfn.listExecutions({ stateMachineArn })).executions).toHaveLength(16);
    expect(new Set(failed())).toEqual(new Set(['RecursiveInvocationException']));
  });
});

it('what the application itself sends bears no mark of it', async () => {
  const { cloud } = await polled('virtual', async () => {});
  const { QueueUrl = '' } = await cloud.sqs.createQueue({ QueueName: 'other' });
  await cloud.sqs.sendMessage({ QueueUrl, MessageBody: 'x' });
  const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ['All'] });
  expect(Object.keys(Messages[0]!.Attributes!)).not.toContain('AWSTraceHeader');
});
