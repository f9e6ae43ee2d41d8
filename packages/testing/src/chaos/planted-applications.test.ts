import type { JsonObject } from '@interstate/kernel';
import type { Handler } from 'interstate';
import { describe, expect, it } from 'vitest';
import type { TestCloud } from '../test-cloud.ts';
import { chaos } from './chaos.ts';
import type { Application } from './scenario.ts';

/** A small application with a bug in it that only deliveries bring out, and the same without. */
interface PlantedApplication {
  readonly name: string;
  /** The property that must not hold, and a piece of the shortest story. */
  readonly shows: { readonly property: string; readonly story: string };
  readonly bug: Application;
  readonly fixed: Application;
}

interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string; readonly attributes: Readonly<Record<string, string>> }[];
}

interface SnsEvent {
  readonly Records: readonly { readonly Sns: { readonly MessageId: string; readonly Message: string } }[];
}

const ARN = 'us-east-1:123456789012';
const queueArn = (name: string): string => `arn:aws:sqs:${ARN}:${name}`;
const functionArn = (name: string): string => `arn:aws:lambda:${ARN}:function:${name}`;

/** A queue with a dead-letter queue; FIFO by its name. */
async function createQueue({ sqs }: TestCloud, name: string, attributes: Readonly<Record<string, string>> = {}): Promise<string> {
  const { QueueUrl: deadUrl } = await sqs.createQueue({ QueueName: name.replace(/^[^.]*/, '$&-dead'), Attributes: name.endsWith('.fifo') ? { FifoQueue: 'true' } : {} });
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: deadUrl!, AttributeNames: ['QueueArn'] });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes!['QueueArn'], maxReceiveCount: 5 });
  const { QueueUrl } = await sqs.createQueue({ QueueName: name, Attributes: { ...(name.endsWith('.fifo') && { FifoQueue: 'true' }), RedrivePolicy, ...attributes } });
  return QueueUrl!;
}

function send({ sqs }: TestCloud, QueueUrl: string, ...bodies: readonly string[]): Promise<unknown> {
  const fifo = (body: string) => QueueUrl.endsWith('.fifo') && { MessageGroupId: 'g', MessageDeduplicationId: body };
  return sqs.sendMessageBatch({ QueueUrl, Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody, ...fifo(MessageBody) })) });
}

/** A queue whose messages a function gets. */
async function consumedQueue(cloud: TestCloud, name: string, handler: Handler<SqsEvent>): Promise<string> {
  const QueueUrl = await createQueue(cloud, name);
  cloud.lambda.register('consumer', handler);
  await cloud.lambda.createEventSourceMapping({ EventSourceArn: queueArn(name), FunctionName: 'consumer' });
  return QueueUrl;
}

const charges =
  (isIdempotent: boolean): Application =>
  async (cloud) => {
    const seen = new Set<string>();
    let charged = 0;
    const QueueUrl = await consumedQueue(cloud, 'charges.fifo', ({ Records }) => {
      for (const { messageId, body } of Records) {
        if (isIdempotent && seen.has(messageId)) continue;
        seen.add(messageId);
        charged += Number(body);
      }
    });
    return { stimulus: () => send(cloud, QueueUrl, '10'), outcome: () => ({ charged }) };
  };

/** Work that is done by an execution: one of the same name is done once, however often it is asked for. */
async function jobs(cloud: TestCloud) {
  const { stateMachineArn } = await cloud.states.create({ name: 'job', definition: { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } } });
  return {
    do: async (input: string, name?: string): Promise<void> => {
      try {
        await cloud.sfn.startExecution({ stateMachineArn, input: JSON.stringify(input), ...(name !== undefined && { name }) });
      } catch (error) {
        if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
      }
    },
    done: async (): Promise<number> => (await cloud.sfn.listExecutions({ stateMachineArn })).executions!.length,
  };
}

const batches =
  (isIdempotent: boolean): Application =>
  async (cloud) => {
    const { do: work, done } = await jobs(cloud);
    const QueueUrl = await consumedQueue(cloud, 'orders.fifo', async ({ Records }) => {
      for (const { messageId, body } of Records) await work(body, isIdempotent ? messageId : undefined);
    });
    return { stimulus: () => send(cloud, QueueUrl, 'a', 'b'), outcome: done };
  };

const account =
  (suffix: '' | '.fifo'): Application =>
  async (cloud) => {
    let balance: number | undefined;
    const done = new Set<string>();
    const QueueUrl = await consumedQueue(cloud, `account${suffix}`, ({ Records }) => {
      for (const { messageId, body } of Records) {
        if (done.has(messageId)) continue;
        done.add(messageId);
        if (body === 'open') balance = 0;
        else if (balance !== undefined) balance += Number(body);
      }
    });
    return { stimulus: () => send(cloud, QueueUrl, 'open', '100'), outcome: () => ({ balance: balance ?? null }) };
  };

const ordered =
  (key: string): Application =>
  async (cloud) => {
    const definition: JsonObject = {
      StartAt: 'Charge',
      States: {
        Charge: {
          Type: 'Task',
          Resource: functionArn('charge'),
          Parameters: { 'IdempotencyKey.$': key, 'order.$': '$.detail' },
          Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 2, MaxAttempts: 6 }],
          End: true,
        },
      },
    };
    cloud.lambda.register('charge', () => ({ ok: true }));
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'dead' });
    const { stateMachineArn } = await cloud.states.create({ name: 'ordered', definition });
    await cloud.eventBridge.putRule({ Name: 'on-order', EventPattern: '{"source":["shop"]}' });
    await cloud.eventBridge.putTargets({ Rule: 'on-order', Targets: [{ Id: '1', Arn: stateMachineArn, RoleArn: `arn:aws:iam::123456789012:role/r`, DeadLetterConfig: { Arn: queueArn(QueueUrl!.split('/').at(-1)!) } }] });
    return { stimulus: () => cloud.eventBridge.putEvents({ Entries: [{ Source: 'shop', DetailType: 'Ordered', Detail: '{"orderId":42}' }] }) };
  };

/** A function that a topic calls, with somewhere for what it cannot deal with. */
async function subscribed(cloud: TestCloud, handler: Handler<SnsEvent>, isSafe = true): Promise<string> {
  const { TopicArn } = await cloud.sns.createTopic({ Name: 'prices' });
  await createQueue(cloud, 'unpriced');
  cloud.lambda.register('price', handler, isSafe ? { deadLetterTargetArn: queueArn('unpriced') } : {});
  await cloud.sns.subscribe({ TopicArn: TopicArn!, Protocol: 'lambda', Endpoint: functionArn('price') });
  return TopicArn!;
}

const prices =
  (isVersioned: boolean): Application =>
  async (cloud) => {
    let latest = { version: 0, price: 0 };
    const TopicArn = await subscribed(cloud, ({ Records }) => {
      for (const { Sns } of Records) {
        const news = JSON.parse(Sns.Message) as typeof latest;
        if (!isVersioned || news.version > latest.version) latest = news;
      }
    });
    const stimulus = async (): Promise<void> => {
      for (const version of [1, 2]) {
        await cloud.sns.publish({ TopicArn, Message: JSON.stringify({ version, price: version * 10 }) });
        await cloud.advance(60_000);
      }
    };
    return { stimulus, outcome: () => latest };
  };

const shipping =
  (isMarkedFirst: boolean): Application =>
  async (cloud) => {
    const seen = new Set<string>();
    const { do: ship, done } = await jobs(cloud);
    const QueueUrl = await consumedQueue(cloud, 'shipping', async ({ Records }) => {
      for (const { messageId, body } of Records) {
        if (seen.has(messageId)) continue;
        if (isMarkedFirst) seen.add(messageId);
        await ship(body, messageId);
        seen.add(messageId);
      }
    });
    return { stimulus: () => send(cloud, QueueUrl, 'order 42'), outcome: done };
  };

const approval =
  (isMarkedFirst: boolean): Application =>
  async (cloud) => {
    const approved = new Set<string>();
    const QueueUrl = await consumedQueue(cloud, 'approvals', async ({ Records }) => {
      for (const { body } of Records) {
        const { taskToken, order } = JSON.parse(body) as { taskToken: string; order: string };
        if (isMarkedFirst && approved.has(order)) continue;
        approved.add(order);
        await cloud.sfn.sendTaskSuccess({ taskToken, output: '"approved"' }).catch((error: Error) => {
          if (error.name !== 'TaskTimedOut') throw error;
        });
      }
    });
    const definition: JsonObject = {
      StartAt: 'Approve',
      States: {
        Approve: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          HeartbeatSeconds: 3600,
          Parameters: { QueueUrl, MessageBody: { 'taskToken.$': '$$.Task.Token', 'order.$': '$$.Execution.Name' } },
          Retry: [{ ErrorEquals: ['States.TaskFailed', 'States.Timeout'], IntervalSeconds: 60, MaxAttempts: 6 }],
          End: true,
        },
      },
    };
    const { stateMachineArn } = await cloud.states.create({ name: 'approval', definition });
    const status = async () => (await cloud.sfn.listExecutions({ stateMachineArn })).executions![0]!.status!;
    return { stimulus: () => cloud.sfn.startExecution({ stateMachineArn }), outcome: status };
  };

const notices =
  (isSafe: boolean): Application =>
  async (cloud) => {
    const TopicArn = await subscribed(cloud, () => undefined, isSafe);
    return { stimulus: () => cloud.sns.publish({ TopicArn, Message: 'hello' }) };
  };

const drained =
  (isDeletedFirst: boolean): Application =>
  async (cloud) => {
    const QueueUrl = await createQueue(cloud, 'jobs');
    const { do: work, done } = await jobs(cloud);
    const drain = async (): Promise<void> => {
      const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl });
      for (const { MessageId, ReceiptHandle, Body } of Messages) {
        if (isDeletedFirst) await cloud.sqs.deleteMessage({ QueueUrl, ReceiptHandle: ReceiptHandle! });
        await work(Body!, MessageId!);
        if (!isDeletedFirst) await cloud.sqs.deleteMessage({ QueueUrl, ReceiptHandle: ReceiptHandle! });
      }
    };
    cloud.lambda.register('drain', drain, { deadLetterTargetArn: queueArn('jobs-dead') });
    const target = { Arn: functionArn('drain'), RoleArn: 'arn:aws:iam::123456789012:role/r', DeadLetterConfig: { Arn: queueArn('jobs-dead') } };
    const stimulus = async (): Promise<void> => {
      await send(cloud, QueueUrl, 'job 1');
      for (const hour of ['01', '02', '03']) await cloud.scheduler.createSchedule({ Name: `at-${hour}`, ScheduleExpression: `at(2026-01-01T${hour}:00:00)`, FlexibleTimeWindow: { Mode: 'OFF' }, Target: target });
    };
    return { stimulus, outcome: done };
  };

const plantedApplications: readonly PlantedApplication[] = [
  { name: 'a charge that is made again when its message comes again', shows: { property: 'comesToTheSame', story: 'is not told that a message was dealt with' }, bug: charges(false), fixed: charges(true) },
  { name: 'a batch that is begun anew when its worker dies half-way', shows: { property: 'comesToTheSame', story: 'half-way' }, bug: batches(false), fixed: batches(true) },
  { name: 'a consumer that takes the order of a standard queue for granted', shows: { property: 'comesToTheSame', story: 'overtaken' }, bug: account(''), fixed: account('.fifo') },
  { name: 'an event that starts two executions, each of which charges', shows: { property: 'worksOnce', story: 'twice' }, bug: ordered('$$.Execution.Name'), fixed: ordered('$.id') },
  { name: 'a late message that overwrites newer state', shows: { property: 'comesToTheSame', story: 'late' }, bug: prices(false), fixed: prices(true) },
  { name: 'an item that is marked as done before it is', shows: { property: 'comesToTheSame', story: 'dies in its work' }, bug: shipping(true), fixed: shipping(false) },
  { name: 'a job that is deleted before it is done', shows: { property: 'comesToTheSame', story: 'dies in its work' }, bug: drained(true), fixed: drained(false) },
  { name: 'an approval that is not given again when its worker dies before it says so', shows: { property: 'comesToTheSame', story: 'dies in its work' }, bug: approval(true), fixed: approval(false) },
  { name: 'a notice that nobody keeps when its function is down', shows: { property: 'losesNothing', story: 'again and again' }, bug: notices(false), fixed: notices(true) },
];

describe.each(plantedApplications.map((planted) => [planted.name, planted] as const))('%s', { timeout: 60_000 }, (_name, { shows, bug, fixed }) => {
  it('is found by chaos without being told what to look for', async () => {
    const { findings } = await chaos({ application: bug, seeds: { from: 1, to: 10 } });
    const found = findings.filter(({ property }) => property === shows.property).map(({ story }) => story.join('\n'));
    expect(found).toEqual([expect.stringContaining(shows.story)]);
  });

  it('is gone from its fixed twin', async () => {
    const { findings } = await chaos({ application: fixed, seeds: { from: 1, to: 10 } });
    expect(findings.map(({ story }) => story)).toEqual([]);
  });
});
