import { HTTP_ADDRESS, type ApiRequest, type DeliveryEntry, type HttpRequest, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { createKms } from '@interstate/service-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sns, type SnsOptions } from './index.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:';
const LIMITS: SnsOptions['limits'] = { confirmationDays: 1, deduplicationSeconds: 60 };
const PLACE = { region: 'us-east-1', account: '123456789012' };
const kms = createKms({ ...PLACE, seed: () => [1, 2, 3, 4] });
const adapter = (options: SnsOptions = { limits: LIMITS! }): ReturnType<typeof sns> => sns({ ...PLACE, kms }, options);
const { directory, services } = adapter();
const OK: Outcome = { ok: true, value: {} };
const failure = (Error: string): Outcome => ({ ok: false, error: { Error, Cause: `${Error} happened` } });

interface Service {
  readonly host: TinyHost;
  /** Asks, and lets everything that follows happen. */
  readonly call: (action: string, input: JsonObject) => Outcome;
  readonly value: (action: string, input: JsonObject) => JsonObject;
  /** Asks, and lets nothing happen yet. */
  readonly ask: (action: string, input: JsonObject) => void;
}

function service(answer: (request: Json, to: string) => Outcome | undefined = () => OK, cut = false): Service {
  const host = createTinyHost({
    machines: () => adapter().machines,
    crypto: nodeCrypto,
    cut,
    answer: (request, to) => {
      const outcome = answer(request, to);
      return outcome && { outcome, afterMs: 5 };
    },
  });
  host.spawn('sns:directory', directory, { type: 'open', seed: [1, 2, 3, 4] });
  const ask = (action: string, input: JsonObject): string => {
    const to = services[0]!.addressOf(action, input);
    return host.call([...host.machines].some(([address]) => address === to) ? to : directory, { action, input } satisfies ApiRequest);
  };
  const call = (action: string, input: JsonObject): Outcome => {
    const id = ask(action, input);
    host.run();
    return host.replies.get(id)!;
  };
  const value = (action: string, input: JsonObject): JsonObject => {
    const outcome = call(action, input);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    return outcome.value as JsonObject;
  };
  return { host, call, value, ask };
}

function expectContract(host: TinyHost): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const [address, kind] of host.machines) {
    kinds.add(kind);
    checkMachineContract({ machine: () => adapter().machines.find((candidate) => candidate.kind === kind)!, script: host.scriptOf(address), crypto: nodeCrypto });
  }
  return kinds;
}

const PROTECTION = JSON.stringify({ Name: 'p', Version: '2021-06-01', Statement: [{ DataDirection: 'Outbound', DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Deidentify: { RedactConfig: {} } } }] });

describe('the machines of SNS keep the machine contract', () => {
  it('topics and directory, over a script that uses all of it', () => {
    let tries = 0;
    const { host, value, call, ask } = service((request, to) => {
      if (to === `${QUEUE}flaky`) return tries++ % 3 === 0 ? OK : failure('ThrottlingException');
      if (to === `${QUEUE}none`) return failure('QueueDoesNotExist');
      if (to === HTTP_ADDRESS) return { ok: true, value: { status: [200, 500, 429, 404][tries++ % 4]!, headers: {}, body: '' } };
      return OK;
    });
    const { TopicArn } = value('CreateTopic', { Name: 't', Attributes: { SQSSuccessFeedbackRoleArn: 'arn:aws:iam::1:role/r', SQSSuccessFeedbackSampleRate: '50', SQSFailureFeedbackRoleArn: 'arn:aws:iam::1:role/r' }, Tags: [{ Key: 'k', Value: 'v' }], DataProtectionPolicy: PROTECTION });
    value('CreateTopic', { Name: 't' });
    const dead = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${QUEUE}dead` }) };
    const subscribe = (Protocol: string, Endpoint: string, Attributes: JsonObject = {}, topic = TopicArn!): string => value('Subscribe', { TopicArn: topic, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true })['SubscriptionArn'] as string;
    subscribe('sqs', `${QUEUE}q`, { FilterPolicy: '{"kind":["a"]}' });
    subscribe('sqs', `${QUEUE}body`, { FilterPolicy: '{"kind":["a"]}', FilterPolicyScope: 'MessageBody', RawMessageDelivery: 'true' });
    const flaky = subscribe('sqs', `${QUEUE}flaky`, dead);
    subscribe('sqs', `${QUEUE}none`, dead);
    subscribe('lambda', 'arn:aws:lambda:us-east-1:123456789012:function:f');
    subscribe('firehose', 'arn:aws:firehose:us-east-1:123456789012:deliverystream/s');
    subscribe('sms', '+14155550100');
    subscribe('https', 'https://example.com/', { DeliveryPolicy: '{"throttlePolicy":{"maxReceivesPerSecond":1},"healthyRetryPolicy":{"numRetries":5,"minDelayTarget":1,"maxDelayTarget":9,"backoffFunction":"geometric"}}' });
    subscribe('email', 'ada@example.com');
    const posted = host.effects.flatMap(([, effect]) => (effect.type === 'call' && effect.to === HTTP_ADDRESS ? [JSON.parse((effect.request as unknown as HttpRequest).body!) as { Token: string }] : []));
    value('ConfirmSubscription', { TopicArn: TopicArn!, Token: posted[0]!.Token });
    const app = value('CreatePlatformApplication', { Name: 'a', Platform: 'GCM', Attributes: { PlatformCredential: 'c', EventEndpointCreated: TopicArn! } });
    const { EndpointArn } = value('CreatePlatformEndpoint', { ...app, Token: 'd' });
    subscribe('application', EndpointArn as string);
    for (const Message of ['{"kind":"a"}', 'ada@example.com', '{"kind":"b"}']) value('Publish', { TopicArn: TopicArn!, Message, MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' } } });
    value('PublishBatch', { TopicArn: TopicArn!, PublishBatchRequestEntries: [{ Id: '1', Message: 'a' }, { Id: '2', Message: '{"default":"b"}', MessageStructure: 'json' }] });
    value('Publish', { PhoneNumber: '+14155550101', Message: 'm' });
    value('Publish', { TargetArn: EndpointArn!, Message: 'm' });
    host.notify(directory, { type: 'optOut', phoneNumber: '+14155550101' });
    value('OptInPhoneNumber', { phoneNumber: '+14155550101' });
    value('CreateSMSSandboxPhoneNumber', { PhoneNumber: '+14155550102' });
    // Under way when the subscription and the topic end.
    for (let count = 0; count < 3; count++) ask('Publish', { TopicArn: TopicArn!, Message: 'late' });
    ask('Unsubscribe', { SubscriptionArn: flaky });
    ask('Publish', { TopicArn: TopicArn!, Message: 'later' });
    ask('DeleteTopic', { TopicArn: TopicArn! });
    value('CreateTopic', { Name: 't' });
    const fifo = value('CreateTopic', { Name: 'f.fifo', Attributes: { FifoTopic: 'true', KmsMasterKeyId: 'alias/aws/sns', ContentBasedDeduplication: 'true', ArchivePolicy: '{"MessageRetentionPeriod":"1"}' } })['TopicArn'] as string;
    const ordered = subscribe('sqs', `${QUEUE}flaky`, {}, fifo);
    for (let count = 0; count < 12; count++) ask('Publish', { TopicArn: fifo, Message: `${count % 10}`, MessageGroupId: `g${count % 3}` });
    host.run();
    value('SetSubscriptionAttributes', { SubscriptionArn: ordered, AttributeName: 'ReplayPolicy', AttributeValue: '{"PointType":"Timestamp","StartingPoint":"2026-01-01T00:00:00Z"}' });
    ask('Publish', { TopicArn: fifo, Message: 'meanwhile', MessageGroupId: 'g1' });
    host.run();
    expect((value('GetSubscriptionAttributes', { SubscriptionArn: ordered })['Attributes'] as JsonObject)['ReplayStatus']).toBe('Completed');
    expect(call('DeleteTopic', { TopicArn: fifo }).ok).toBe(false);
    value('SetTopicAttributes', { TopicArn: fifo, AttributeName: 'KmsMasterKeyId', AttributeValue: 'alias/mine' });
    value('Publish', { TopicArn: fifo, Message: 'under another key', MessageGroupId: 'g1' });
    value('SetTopicAttributes', { TopicArn: fifo, AttributeName: 'ArchivePolicy', AttributeValue: '{}' });
    value('DeleteTopic', { TopicArn: fifo });
    expect(expectContract(host)).toEqual(new Set(['sns:directory', 'sns:topic']));
    // Nothing is kept of what is over.
    const left = [...(adapter().machines[1]!.records(host.stateOf(fifo)) as ReadonlyMap<string, Json>).keys()];
    expect(left).toEqual(['root']);
    // Signatures take most of it: every message is signed five times over.
  }, 20_000);
});

describe('an encrypted topic', () => {
  it.each(['t', 't.fifo'])('%s puts no message away as plain text, and delivers what it put away', (Name) => {
    const SECRET = 'hunter2-hunter2';
    let tries = 0;
    const arrived: string[] = [];
    const answer = (request: Json): Outcome => {
      if (tries++ % 3 < 2) return failure('ThrottlingException');
      arrived.push(((request as unknown as ApiRequest).input as { readonly MessageBody: string }).MessageBody);
      return OK;
    };
    const { host, value } = service(answer, true);
    const fifo = Name.endsWith('.fifo');
    const { TopicArn } = value('CreateTopic', { Name, Attributes: { KmsMasterKeyId: 'alias/mine', ...(fifo && { FifoTopic: 'true', ContentBasedDeduplication: 'true', ArchivePolicy: '{"MessageRetentionPeriod":"1"}' }) } });
    value('Subscribe', { TopicArn: TopicArn!, Protocol: 'sqs', Endpoint: `${QUEUE}q${fifo ? '.fifo' : ''}`, Attributes: { RawMessageDelivery: 'true' } });
    for (const n of [1, 2]) value('Publish', { TopicArn: TopicArn!, Message: `${SECRET} ${n}`, MessageAttributes: { a: { DataType: 'String', StringValue: SECRET } }, ...(fifo && { MessageGroupId: 'g' }) });
    expect(arrived).toEqual([`${SECRET} 1`, `${SECRET} 2`]);
    const machine = adapter().machines[1]!;
    const state = machine.load(new Map());
    let sealed = 0;
    for (const { message, now } of host.scriptOf(TopicArn as string)) {
      machine.step(state, message, { now, crypto: nodeCrypto });
      const text = JSON.stringify([...machine.records(state)]) + JSON.stringify(machine.changes(state));
      expect(text).not.toContain(SECRET);
      if (text.includes('$sealed')) sealed++;
    }
    expect(sealed).toBeGreaterThan(3);
  });
});

/** What an endpoint does with the calls it gets, one after another; then it takes them. */
const behaviour = fc.array(fc.constantFrom('ok', 'ThrottlingException', 'InternalError', 'QueueDoesNotExist', 'AccessDenied'), { maxLength: 6 });

describe('whatever endpoints do', () => {
  it('every message ends delivered, filtered, dead-lettered or given up, as the journal says', () => {
    fc.assert(
      fc.property(fc.array(behaviour, { minLength: 1, maxLength: 4 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), behaviour, fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.boolean(), (endpoints, withQueue, deadQueue, messages, fifo, cut) => {
        const calls = new Map<string, number>();
        const arrived = new Map<string, string[]>();
        const { host, value } = service((request, to) => {
          const name = to.slice(QUEUE.length);
          const behaviours = name.startsWith('dead') ? deadQueue : endpoints[Number(name.split('.')[0])]!;
          const count = calls.get(to) ?? 0;
          calls.set(to, count + 1);
          const does = behaviours[count] ?? 'ok';
          if (does !== 'ok') return failure(does);
          const { MessageBody } = (request as unknown as ApiRequest).input as { readonly MessageBody: string };
          arrived.set(to, [...(arrived.get(to) ?? []), MessageBody]);
          return OK;
        }, cut);
        const suffix = fifo ? '.fifo' : '';
        const { TopicArn } = value('CreateTopic', { Name: `t${suffix}`, ...(fifo && { Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } }) });
        const arns = endpoints.map((_, index) => {
          const Attributes = { RawMessageDelivery: 'true', ...(index === 0 && { FilterPolicy: '{"odd":["true"]}' }), ...(withQueue[index] && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${QUEUE}dead${suffix}` }) }) };
          return value('Subscribe', { TopicArn: TopicArn!, Protocol: 'sqs', Endpoint: `${QUEUE}${index}${suffix}`, Attributes })['SubscriptionArn'] as string;
        });
        const ids = Array.from({ length: messages }, (_, index) => {
          const odd = { DataType: 'String', StringValue: String(index % 2 === 1) };
          return value('Publish', { TopicArn: TopicArn!, Message: `${index}`, MessageAttributes: { odd }, ...(fifo && { MessageGroupId: 'g' }) })['MessageId'] as string;
        });
        const journal = host.journalOf(TopicArn as string) as readonly DeliveryEntry[];
        const dead = new Map<string, number>();
        for (const [index, by] of arns.entries()) {
          const delivered: string[] = [];
          for (const [number, messageId] of ids.entries()) {
            const entries = journal.filter((entry) => entry.by === by && entry.messageId === messageId);
            const ends = entries.filter(({ status }) => status !== 'retrying');
            expect(ends).toHaveLength(1);
            expect(entries.at(-1)).toBe(ends[0]);
            const { status } = ends[0]!;
            if (index === 0 && number % 2 === 0) expect(status).toBe('filtered');
            if (status === 'delivered') delivered.push(`${number}`);
            if (status === 'deadLettered') dead.set(`${number}`, (dead.get(`${number}`) ?? 0) + 1);
          }
          const got = arrived.get(`${QUEUE}${index}${suffix}`) ?? [];
          // In order of the group where there is one.
          expect(fifo ? got : [...got].sort()).toEqual(delivered);
        }
        const deadLetters = arrived.get(`${QUEUE}dead${suffix}`) ?? [];
        for (const [text, count] of dead) expect(deadLetters.filter((body) => body === text)).toHaveLength(count);
        expect(deadLetters).toHaveLength([...dead.values()].reduce((a, b) => a + b, 0));
        const records = adapter().machines[1]!.records(host.stateOf(TopicArn as string)) as ReadonlyMap<string, Json>;
        expect([...records.keys()].filter((key) => /^[mcrf]:|^gone/.test(key))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('groups of a FIFO topic keep their order, and a group that waits holds up no other', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }), fc.array(fc.boolean(), { maxLength: 20 }), fc.boolean(), (groups, fails, cut) => {
        let count = 0;
        const arrived: { readonly group: string; readonly text: string }[] = [];
        const { host, value, ask } = service((request) => {
          if (fails[count++]) return failure('ServiceUnavailable');
          const { MessageBody, MessageGroupId } = (request as unknown as ApiRequest).input as { readonly MessageBody: string; readonly MessageGroupId: string };
          arrived.push({ group: MessageGroupId, text: MessageBody });
          return OK;
        }, cut);
        const { TopicArn } = value('CreateTopic', { Name: 't.fifo', Attributes: { FifoTopic: 'true' } });
        value('Subscribe', { TopicArn: TopicArn!, Protocol: 'sqs', Endpoint: `${QUEUE}q.fifo`, Attributes: { RawMessageDelivery: 'true' } });
        groups.forEach((MessageGroupId, index) => ask('Publish', { TopicArn: TopicArn!, Message: `${index}`, MessageGroupId, MessageDeduplicationId: `${index}` }));
        host.run();
        for (const group of ['a', 'b', 'c']) {
          const sent = groups.flatMap((each, index) => (each === group ? [`${index}`] : []));
          expect(arrived.filter((message) => message.group === group).map(({ text }) => text)).toEqual(sent);
        }
      }),
      { numRuns: 40 },
    );
  });
});
