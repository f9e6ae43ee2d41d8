import type { Message } from '@interstate/kernel';
import { checkMachineContract } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import type { Handler } from 'interstate';
import { describe, expect, it } from 'vitest';
import type { TestCloud } from '../test-cloud.ts';
import { runOnce, type ChaosRun } from './chaos-run.ts';
import { courierMachine } from './courier.ts';
import type { DeliveryFaultKind, Fault } from './fault.ts';
import { faultText } from './fault-text.ts';
import type { HandOver } from './opportunity.ts';
import type { Application } from './scenario.ts';
import { StateIndex } from './state-index.ts';

interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** What the consumer saw: seconds since the beginning, and the bodies. */
type Seen = (readonly [seconds: number, ...bodies: string[]])[];

const ARN = 'us-east-1:123456789012';
const FUNCTION = `arn:aws:lambda:${ARN}:function:f`;
const START = Date.UTC(2026, 0, 1);

async function createQueue(cloud: TestCloud, name: string, attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: name, Attributes: { ...(name.endsWith('.fifo') && { FifoQueue: 'true', ContentBasedDeduplication: 'true' }), ...attributes } });
  return QueueUrl!;
}

/** A queue, a function behind it, and messages that are sent one by one. */
function queued(seen: Seen, name: string, bodies: readonly string[], { attributes = {}, handler = (_cloud: TestCloud): Handler<SqsEvent> => () => undefined } = {}): Application {
  return async (cloud) => {
    const QueueUrl = await createQueue(cloud, name, attributes);
    const work = handler(cloud);
    cloud.lambda.register('f', (event: SqsEvent, context) => {
      seen.push([(cloud.now() - START) / 1000, ...event.Records.map(({ body }) => body)]);
      return work(event, context, () => undefined);
    });
    const { UUID } = await cloud.lambda.createEventSourceMapping({ EventSourceArn: `arn:aws:sqs:${ARN}:${name}`, FunctionName: 'f', Enabled: false });
    const stimulus = async (): Promise<void> => {
      for (const MessageBody of bodies) await cloud.sqs.sendMessage({ QueueUrl, MessageBody, ...(name.endsWith('.fifo') && { MessageGroupId: 'g' }) });
      await cloud.lambda.updateEventSourceMapping({ UUID: UUID!, Enabled: true });
    };
    return { stimulus };
  };
}

/** A rule that calls a function, and a function that a topic calls. */
function notified(seen: Seen): Application {
  return async (cloud) => {
    cloud.lambda.register('f', (event: { readonly Records?: readonly { readonly Sns: { readonly Message: string } }[]; readonly detail?: { readonly n: number } }) => void seen.push([(cloud.now() - START) / 1000, event.Records?.[0]?.Sns.Message ?? `event ${event.detail!.n}`]));
    const { TopicArn } = await cloud.sns.createTopic({ Name: 't' });
    await cloud.sns.subscribe({ TopicArn: TopicArn!, Protocol: 'lambda', Endpoint: FUNCTION });
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["shop"]}' });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: FUNCTION }] });
    const stimulus = async (): Promise<void> => {
      await cloud.sns.publish({ TopicArn: TopicArn!, Message: 'news' });
      await cloud.eventBridge.putEvents({ Entries: [{ Source: 'shop', DetailType: 'd', Detail: '{"n":1}' }] });
    };
    return { stimulus };
  };
}

interface Shown {
  readonly seen: Seen;
  readonly run: ChaosRun;
  readonly story: readonly string[];
}

/** Runs without faults first, to find the place, and then with the fault there. */
async function shown(application: (seen: Seen) => Application, kind: DeliveryFaultKind, isThere: (place: HandOver) => boolean, delaySeconds?: number): Promise<Shown> {
  const { opportunities } = await runOnce({ application: application([]) }, [], new StateIndex());
  const place = opportunities.find((each) => each.type === 'handOver' && each.kinds.includes(kind) && isThere(each));
  expect(place).toBeDefined();
  const fault: Fault = { at: place!.at, kind, ...(delaySeconds !== undefined && { delaySeconds }) };
  const seen: Seen = [];
  const run = await runOnce({ application: application(seen) }, [fault], new StateIndex());
  expect(run.faults).toEqual([fault]);
  expect(run.problem).toBeUndefined();
  return { seen, run, story: run.faults.map((each) => faultText(each, run.opportunities[each.at]!)) };
}

const isInvoke = ({ action }: HandOver): boolean => action === 'Invoke';
const isSend = ({ action }: HandOver): boolean => action === 'SendMessage';

describe('from a standard queue', () => {
  const ab = (seen: Seen): Application => queued(seen, 'q', ['a', 'b'], { attributes: { VisibilityTimeout: '45' } });

  it('a batch comes twice', async () => {
    expect(await shown(ab, 'duplicate', isInvoke, 10)).toMatchObject({ seen: [[0, 'a', 'b'], [10, 'a', 'b']], story: ["'q' delivers a, b to 'f' twice, the second time 10 s later"] });
  });

  it('a message comes late', async () => {
    expect(await shown(ab, 'late', isSend, 120)).toMatchObject({ seen: [[0, 'b'], [120, 'a']], story: ["a comes to 'q' 2 min late"] });
  });

  it('is late beside the delay of its queue', async () => {
    expect(await shown((seen) => queued(seen, 'q', ['a', 'b'], { attributes: { DelaySeconds: '60' } }), 'outOfOrder', isSend, 1)).toMatchObject({ seen: [[60, 'b'], [61, 'a']] });
  });

  it('a message is overtaken', async () => {
    expect(await shown(ab, 'outOfOrder', isSend, 1)).toMatchObject({ seen: [[0, 'b'], [1, 'a']], story: ["a is overtaken in 'q' by what is sent right after it"] });
  });

  it('what was dealt with comes again after its VisibilityTimeout', async () => {
    expect(await shown(ab, 'redelivered', ({ action }) => action === 'DeleteMessageBatch')).toMatchObject({ seen: [[0, 'a', 'b'], [45, 'a', 'b']], story: ["'q' is not told that a message was dealt with, and delivers it again"] });
  });

  it('a worker dies half-way through a batch, which then comes whole', async () => {
    const { seen, story, run } = await shown(ab, 'died', isInvoke);
    expect({ seen, story }).toEqual({ seen: [[0, 'a'], [45, 'a', 'b']], story: ["'f' dies half-way through a, b"] });
    expect(run.done.map(({ resource, arguments: event }) => [resource, (event as unknown as SqsEvent).Records.length])).toEqual([[FUNCTION, 1], [FUNCTION, 2]]);
  });

  it('a worker dies with its only message at hand, untouched', async () => {
    expect(await shown((seen) => queued(seen, 'q', ['a']), 'died', isInvoke)).toMatchObject({ seen: [[30, 'a']], story: ["'f' dies with a at hand"] });
  });

  it('a worker dies in its work: right before a call, which and all later ones are not made', async () => {
    const calls: string[] = [];
    const handler = (cloud: TestCloud): Handler<SqsEvent> => async () => {
      for (const name of ['one', 'two', 'three']) {
        await cloud.sqs.createQueue({ QueueName: name });
        calls.push(name);
      }
    };
    const { seen, story, run } = await shown((into) => queued(into, 'q', ['a'], { handler }), 'died', ({ by, input }) => by === FUNCTION && input['QueueName'] === 'two');
    expect({ seen, story }).toEqual({ seen: [[0, 'a'], [30, 'a']], story: ["'f' dies in its work, right before it calls CreateQueue of 'sqs'"] });
    expect(calls).toEqual(['one', 'two', 'three', 'one', 'one', 'two', 'three']);
    expect(run.done.length).toBe(1);
  });

  it('a function that fails for good leaves its messages to the dead-letter queue', async () => {
    const { seen, run } = await shown(
      (into) => async (cloud) => {
        await createQueue(cloud, 'dead');
        return queued(into, 'q', ['a'], { attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${ARN}:dead`, maxReceiveCount: 3 }) } })(cloud);
      },
      'failing',
      isInvoke,
    );
    expect([seen, [...run.left]]).toEqual([[], [['dead', 1], ['q', 0]]]);
  });
});

describe('from a FIFO queue', () => {
  const fifo = (seen: Seen): Application => queued(seen, 'q.fifo', ['a', 'b']);

  it('nothing comes twice of itself, late, or in another order', async () => {
    const { opportunities } = await runOnce({ application: fifo([]) }, [], new StateIndex());
    expect(opportunities.map((place) => place.type === 'handOver' && [place.action, ...place.kinds])).toEqual([['Invoke', 'died', 'failing'], ['DeleteMessageBatch', 'redelivered']]);
  });

  it('what was dealt with comes again all the same', async () => {
    expect((await shown(fifo, 'redelivered', () => true)).seen).toEqual([[0, 'a', 'b'], [30, 'a', 'b']]);
  });
});

describe('from a topic or a rule', () => {
  const fromRule = ({ from, action }: HandOver): boolean => isInvoke({ action } as HandOver) && from.endsWith(':rule/r');

  it('an event comes twice', async () => {
    expect(await shown(notified, 'duplicate', fromRule, 0)).toMatchObject({ seen: [[0, 'news'], [0, 'event 1'], [0, 'event 1']] });
  });

  it('a notification comes hours late, and everything else in time', async () => {
    expect(await shown(notified, 'late', ({ from }) => from.endsWith(':t'), 7200)).toMatchObject({ seen: [[0, 'event 1'], [7200, 'news']], story: [expect.stringMatching(/^news comes to 'f' 2 h late$/)] });
  });

  it('what was taken comes again when the answer is lost', async () => {
    const { seen } = await shown(notified, 'redelivered', fromRule);
    expect(seen.map(([, what]) => what)).toEqual(['news', 'event 1', 'event 1']);
  });

  it('a function that dies is called again by Lambda', async () => {
    expect(await shown(notified, 'died', ({ from }) => from === FUNCTION)).toMatchObject({ seen: [[0, 'event 1'], [60, 'news']] });
  });

  it('a rule that is followed twice starts two executions', async () => {
    const application: Application = async (cloud) => {
      const { stateMachineArn } = await cloud.states.create({ name: 'm', definition: { StartAt: 'S', States: { S: { Type: 'Succeed' } } } });
      await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["shop"]}' });
      await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: stateMachineArn }] });
      return { stimulus: () => cloud.eventBridge.putEvents({ Entries: [{ Source: 'shop', DetailType: 'd', Detail: '{}' }] }) };
    };
    const { run } = await shown(() => application, 'duplicate', () => true, 0);
    expect(run.executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(new Set(run.executions.map(({ executionArn }) => executionArn)).size).toBe(2);
  });
});

it('a pipe whose batch is dealt with and not deleted starts its state machine again', async () => {
  const application: Application = async (cloud) => {
    const QueueUrl = await createQueue(cloud, 'q');
    const { stateMachineArn } = await cloud.states.create({ name: 'm', definition: { StartAt: 'S', States: { S: { Type: 'Succeed' } } } });
    await cloud.pipes.createPipe({ Name: 'p', RoleArn: 'arn:aws:iam::123456789012:role/r', Source: `arn:aws:sqs:${ARN}:q`, Target: stateMachineArn, TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } } });
    return { stimulus: () => cloud.sqs.sendMessage({ QueueUrl, MessageBody: 'a' }) };
  };
  const { run } = await shown(() => application, 'redelivered', () => true);
  expect(run.executions.map(({ startTime }) => (startTime - START) / 1000)).toEqual([0, 30]);
});

it('the application loses a delete too: a standard queue may give again what was deleted', async () => {
  const bodies: string[] = [];
  const application = (): Application => async (cloud) => {
    const QueueUrl = await createQueue(cloud, 'q');
    const stimulus = async (): Promise<void> => {
      await cloud.sqs.sendMessage({ QueueUrl, MessageBody: 'a' });
      for (let turn = 0; turn < 2; turn++) {
        const { Messages: [message] = [] } = await cloud.sqs.receiveMessage({ QueueUrl });
        if (!message) break;
        bodies.push(message.Body!);
        await cloud.sqs.deleteMessage({ QueueUrl, ReceiptHandle: message.ReceiptHandle! });
        await cloud.advance(30_000);
      }
    };
    return { stimulus };
  };
  await shown(application, 'redelivered', () => true);
  expect(bodies).toEqual(['a', 'a', 'a']);
});

it('the courier keeps the contract of machines', () => {
  const errand = (delayMs: number) => ({ to: 'arn:aws:lambda:x', request: { action: 'Invoke' }, delayMs });
  const script: { readonly now: number; readonly message: Message }[] = [
    { now: 0, message: { type: 'notice', from: 'outside', notice: null } },
    { now: 0, message: { type: 'call', replyTo: { address: 'a', callId: '1' }, request: errand(5) } },
    { now: 1, message: { type: 'notice', from: 'a', notice: errand(0) } },
    { now: 1, message: { type: 'timer', key: '2' } },
    { now: 2, message: { type: 'reply', callId: '2', outcome: { ok: true, value: 1 } } },
    { now: 5, message: { type: 'timer', key: '1' } },
    { now: 5, message: { type: 'cancelled', replyTo: { address: 'a', callId: '1' } } },
    { now: 6, message: { type: 'reply', callId: '1', outcome: { ok: false, error: { Error: 'E' } } } },
  ];
  checkMachineContract({ machine: () => courierMachine as never, script, crypto: nodeCrypto });
  const state = courierMachine.load(new Map());
  const effects = script.flatMap(({ message, now }) => courierMachine.step(state, message, { now, crypto: nodeCrypto }).effects.map(({ type }) => type));
  expect(effects).toEqual(['timer', 'timer', 'call', 'call', 'reply']);
  expect([...courierMachine.records(state).keys()]).toEqual(['count']);
});
