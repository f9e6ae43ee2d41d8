import { type ApiRequest, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { createTinyHost, checkMachineContract, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sns } from './index.ts';

const adapter = (): ReturnType<typeof sns> => sns({ region: 'us-east-1', account: '123456789012' }, {});
const { directory, services } = adapter();
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:';

interface Sent {
  readonly queue: string;
  readonly body: string;
}

/** A topic with many queues; every third wants only messages of kind `a`. */
function topicOf(queues: number, cut: boolean): { readonly host: TinyHost; readonly ask: (action: string, input: JsonObject) => string; readonly topic: string; readonly sent: Sent[]; readonly subscriptions: readonly string[] } {
  const sent: Sent[] = [];
  const answer = (request: Json, to: string): { outcome: Outcome; afterMs: number } => {
    sent.push({ queue: to.slice(QUEUE.length), body: ((request as JsonObject)['input'] as JsonObject)['MessageBody'] as string });
    return { outcome: { ok: true, value: {} }, afterMs: 1 };
  };
  const host = createTinyHost({ machines: () => adapter().machines, crypto: nodeCrypto, cut, answer });
  host.spawn('sns:directory', directory, { type: 'open', seed: [1, 2, 3, 4] });
  const ask = (action: string, input: JsonObject): string => {
    const to = services[0]!.addressOf(action, input);
    return host.call([...host.machines].some(([address]) => address === to) ? to : directory, { action, input } satisfies ApiRequest);
  };
  const value = (action: string, input: JsonObject): JsonObject => {
    const id = ask(action, input);
    host.run();
    return (host.replies.get(id) as { readonly value: JsonObject }).value;
  };
  const topic = value('CreateTopic', { Name: 't' })['TopicArn'] as string;
  const subscriptions = Array.from({ length: queues }, (_, index) => {
    const Attributes = { RawMessageDelivery: 'true', ...(index % 3 === 2 && { FilterPolicy: '{"kind":["a"]}' }) };
    return value('Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: `${QUEUE}q${index}`, Attributes, ReturnSubscriptionArn: true })['SubscriptionArn'] as string;
  });
  return { host, ask, topic, sent, subscriptions };
}

const publish = (TopicArn: string, Message: string, kind: string): JsonObject => ({ TopicArn, Message, MessageAttributes: { kind: { DataType: 'String', StringValue: kind } } });

describe('a message to more subscriptions than are served in one step', () => {
  it('reaches each that wants it once, however many and wherever the machine is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.boolean(), fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }), (queues, cut, kinds) => {
        const { host, ask, topic, sent } = topicOf(queues, cut);
        for (const [index, kind] of kinds.entries()) ask('Publish', publish(topic, `m${index}`, kind));
        host.run();
        const expected = kinds.flatMap((kind, message) => Array.from({ length: queues }, (_, queue) => ({ queue: `q${queue}`, body: `m${message}` })).filter((_, queue) => kind === 'a' || queue % 3 !== 2));
        const order = ({ queue, body }: Sent): string => `${queue} ${body}`;
        expect(sent.map(order).sort()).toEqual(expected.map(order).sort());
        const kept = [...(adapter().machines[1]!.records(host.stateOf(topic)) as ReadonlyMap<string, Json>).keys()].filter((key) => /^[mcp]:/.test(key));
        expect(kept).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('is for those who were subscribed when it was published', () => {
    const { host, ask, topic, sent, subscriptions } = topicOf(150, false);
    ask('Publish', publish(topic, 'before', 'a'));
    ask('Unsubscribe', { SubscriptionArn: subscriptions[149]! });
    ask('Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: `${QUEUE}late`, Attributes: { RawMessageDelivery: 'true' } });
    ask('Publish', publish(topic, 'after', 'a'));
    host.run();
    const queuesOf = (text: string): string[] => sent.filter(({ body }) => body === text).map(({ queue }) => queue);
    expect(queuesOf('before')).toHaveLength(150);
    expect(queuesOf('before')).toContain('q149');
    expect(queuesOf('after')).toHaveLength(150);
    expect(queuesOf('after')).toContain('late');
    expect(queuesOf('after')).not.toContain('q149');
  });

  it('is finished though the topic is deleted', () => {
    const { host, ask, topic, sent } = topicOf(150, false);
    ask('Publish', publish(topic, 'last', 'a'));
    ask('DeleteTopic', { TopicArn: topic });
    host.run();
    expect(sent).toHaveLength(150);
  });

  it('keeps the machine contract', () => {
    const { host, ask, topic } = topicOf(100, false);
    ask('Publish', publish(topic, 'm', 'b'));
    host.run();
    checkMachineContract({ machine: () => adapter().machines[1]!, script: host.scriptOf(topic), crypto: nodeCrypto });
  });
});
