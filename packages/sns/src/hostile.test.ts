import fc from 'fast-check';
import type { Json, JsonObject } from '@interstate/kernel';
import { createTinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { addressOf } from './arns.ts';
import { compileLinearRegex } from './data-protection/linear-regex.ts';
import { MANAGED_IDENTIFIERS } from './data-protection/identifiers.ts';
import { waitBeforeRetry, PERSON_PHASES, SERVICE_PHASES } from './delivery/phases.ts';
import { httpPhases, parseTopicPolicy } from './delivery/http-policy.ts';
import { INPUT_SHAPES, requestOfUrl, sns } from './index.ts';
import { decodeToken } from './token.ts';

const adapter = sns({ region: 'us-east-1', account: '123456789012' });
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:t';

function ask(requests: readonly { readonly action: string; readonly input: Json }[]): readonly (string | undefined)[] {
  const host = createTinyHost({ machines: () => sns({ region: 'us-east-1', account: '123456789012' }).machines, crypto: nodeCrypto, answer: () => ({ outcome: { ok: true, value: {} } }) });
  host.spawn('sns:directory', adapter.directory, { type: 'open', seed: [1, 2, 3, 4] });
  const first = host.call(adapter.directory, { action: 'CreateTopic', input: { Name: 't' } });
  host.run();
  expect(host.replies.get(first)).toMatchObject({ ok: true });
  const ids = requests.map(({ action, input }) => {
    const to = addressOf({ region: 'us-east-1', account: '123456789012' })(action, input as JsonObject);
    const id = host.call([...host.machines].some(([address]) => address === to) ? to : adapter.directory, { action, input });
    host.run(2000);
    return id;
  });
  return ids.map((id) => {
    const outcome = host.replies.get(id);
    expect(outcome).toBeDefined();
    return outcome!.ok ? undefined : outcome!.error.Error;
  });
}

/** Deeper than the stack of a careless walk. */
function nested(depth: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

describe('hostile requests', () => {
  const member = fc.oneof(fc.constantFrom<Json>(TOPIC, `${TOPIC}:x`, 'sqs', 'json', '__proto__', '', null, 1, true), fc.jsonValue().map((value) => value as Json));

  it('are answered, whatever they hold', () => {
    const actions = Object.keys(INPUT_SHAPES) as (keyof typeof INPUT_SHAPES)[];
    const request = fc.constantFrom(...actions).chain((action) => fc.dictionary(fc.constantFrom(...Object.keys(INPUT_SHAPES[action].members), 'Unauthenticated', '__proto__'), member).map((input) => ({ action: action as string, input: input as Json })));
    fc.assert(fc.property(fc.array(request, { minLength: 1, maxLength: 6 }), (requests) => void ask(requests)), { numRuns: 100 });
  });

  it('of other operations, and none', () => {
    expect(ask([{ action: '__proto__', input: {} }, { action: 'Nonsense', input: {} }, { action: 'SendSms', input: { PhoneNumber: '+14155550100' } }])).toEqual(['UnknownOperationException', 'UnknownOperationException', 'UnknownOperationException']);
  });

  it('that are long or deep', () => {
    const long = 'x'.repeat(10_000_000);
    const requests = [
      { action: 'Publish', input: { TopicArn: TOPIC, Message: long } },
      { action: 'Publish', input: { TopicArn: TOPIC, Message: 'm', MessageAttributes: { [long]: { DataType: 'String', StringValue: 'x' } } } },
      { action: 'Publish', input: { TopicArn: TOPIC, Message: 'm', MessageAttributes: { a: { DataType: `String.${long}`, StringValue: 'x' } } } },
      { action: 'Subscribe', input: { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:123456789012:q', Attributes: { FilterPolicy: `{"a":${'['.repeat(100_000)}` } } },
      { action: 'Subscribe', input: { TopicArn: TOPIC, Protocol: 'https', Endpoint: `https://${long}` } },
      { action: 'CreateTopic', input: { Name: long } },
      { action: 'SetTopicAttributes', input: { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue: long } },
      { action: 'SetTopicAttributes', input: { TopicArn: TOPIC, AttributeName: 'DeliveryPolicy', AttributeValue: `{"http":${'{"a":'.repeat(50_000)}` } },
      { action: 'PutDataProtectionPolicy', input: { ResourceArn: TOPIC, DataProtectionPolicy: long } },
      { action: 'ConfirmSubscription', input: { TopicArn: TOPIC, Token: long } },
      { action: 'Publish', input: { PhoneNumber: long, Message: 'm' } },
      { action: 'Publish', input: { TopicArn: TOPIC, Message: 'm', MessageAttributes: nested(5000) } },
      { action: 'TagResource', input: { ResourceArn: TOPIC, Tags: nested(5000) } },
    ];
    for (const code of ask(requests)) expect(code).toMatch(/^(?:InvalidParameter|InvalidParameterValue|Validation)(?:Exception|Error)$/);
  });

  it('change no prototype', () => {
    const value = { DataType: 'String', StringValue: 'x' };
    ask([
      { action: 'Publish', input: { TopicArn: TOPIC, Message: '{"default":"d","__proto__":"polluted"}', MessageStructure: 'json', MessageAttributes: JSON.parse(`{"__proto__":${JSON.stringify(value)}}`) as Json } },
      { action: 'Subscribe', input: { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:123456789012:q', Attributes: JSON.parse('{"__proto__":"x"}') as Json } },
    ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['DataType']).toBeUndefined();
  });
});

describe('tokens and links', () => {
  it('that were made up are none', () => {
    fc.assert(fc.property(fc.string({ maxLength: 100 }), (text) => void [decodeToken(text), requestOfUrl(`https://x/?Action=${text}`)]));
    for (const token of [undefined, 7, '', 'g'.repeat(200), 'a'.repeat(201), 'ab'.repeat(5000)]) expect(decodeToken(token)).toBeUndefined();
    for (const url of ['', '?', 'https://x/?Action=Publish', '?Action=%', `?${'a=b&'.repeat(100_000)}`]) expect(requestOfUrl(url)).toBeUndefined();
    expect(requestOfUrl('https://x/?Action=Unsubscribe&SubscriptionArn=a%3Ab#y')).toEqual({ action: 'Unsubscribe', input: { SubscriptionArn: 'a:b', Unauthenticated: true } });
  });
});

describe('expressions of data identifiers', () => {
  const find = (pattern: string, text: string): readonly string[] => {
    const regex = compileLinearRegex(pattern);
    if (typeof regex === 'string') throw new Error(regex);
    return regex(text).map(({ start, end }) => text.slice(start, end));
  };

  it('find what they mean', () => {
    expect(find('EMP-\\d{4}', 'EMP-1234 EMP-12 xEMP-99999')).toEqual(['EMP-1234', 'EMP-9999']);
    expect(find('^a+|b?c$', 'aaabc')).toEqual(['aaa', 'bc']);
    expect(find('[^0-9 ]+@[a-c.-]{2,}', 'x@a.b y@a 1@b.c')).toEqual(['x@a.b']);
    expect(find('a.c', 'abc a\nc')).toEqual(['abc']);
  });

  it('agree with those of the platform on what is covered', () => {
    const piece = fc.constantFrom('a', 'b', '[ab]', '[^a]', '.', '\\d');
    const times = fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{2,}');
    const sequence = fc.array(fc.tuple(piece, times).map((both) => both.join('')), { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('')}b`);
    fc.assert(
      fc.property(fc.array(sequence, { minLength: 1, maxLength: 2 }), fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength: 12 }), (alternatives, text) => {
        const regex = compileLinearRegex(alternatives.join('|')) as (text: string) => readonly { start: number; end: number }[];
        const covered = new Set(regex(text).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)));
        const expected = new Set<number>();
        const whole = new RegExp(`^(?:${alternatives.join('|')})$`);
        for (let start = 0; start < text.length; start++) for (let end = start + 1; end <= text.length; end++) if (whole.test(text.slice(start, end))) for (let at = start; at < end; at++) expected.add(at);
        expect([...covered].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  it('take no longer than the text times the pattern', () => {
    const text = 'a'.repeat(262_144);
    for (const pattern of [`${'a*'.repeat(99)}b`, 'a|aa*b', `${'a?'.repeat(60)}${'a'.repeat(60)}c`]) expect(Array.isArray((compileLinearRegex(pattern) as (text: string) => unknown)(text.slice(0, 20_000)))).toBe(true);
    for (const detect of MANAGED_IDENTIFIERS.values()) for (const hostile of [text, '1 '.repeat(100_000), 'a@'.repeat(100_000), '1.'.repeat(100_000), 'a:'.repeat(100_000), '-'.repeat(200_000)]) expect(detect(hostile).length).toBeLessThan(100_000);
  });

  it('that are none are refused', () => {
    for (const pattern of ['', '(a)', '*', 'a**', '[', '[]', '[b-a]', 'a{', 'a{3,1}', 'a\\', 'a?', '|', 'a|', `a{999}`, 'x'.repeat(201)]) expect(typeof compileLinearRegex(pattern), pattern).toBe('string');
  });
});

describe('retries', () => {
  const waits = (phases: Parameters<typeof waitBeforeRetry>[0], from: number, to: number): readonly (number | undefined)[] => Array.from({ length: to - from + 1 }, (_, index) => waitBeforeRetry(phases, from + index));

  it('of services: 100,015 over 23 days', () => {
    expect(waits(SERVICE_PHASES, 1, 6)).toEqual([0, 0, 0, 1000, 1000, 1000]);
    expect(waits(SERVICE_PHASES, 15, 16)).toEqual([20_000, 20_000]);
    expect(waits(SERVICE_PHASES, 100_015, 100_016)).toEqual([20_000, undefined]);
    const total = waits(SERVICE_PHASES, 1, 100_015).reduce<number>((sum, wait) => sum + wait!, 0);
    expect(Math.round(total / 86_400_000)).toBe(23);
  });

  it('for people: 50 over six hours', () => {
    expect(waits(PERSON_PHASES, 1, 3)).toEqual([10_000, 10_000, 10_000]);
    expect(waits(PERSON_PHASES, 12, 13)).toEqual([600_000, 600_000]);
    expect(waits(PERSON_PHASES, 50, 51)).toEqual([600_000, undefined]);
    expect(waits(PERSON_PHASES, 1, 50).reduce<number>((sum, wait) => sum + wait!, 0) / 3_600_000).toBeGreaterThan(6);
  });

  it.each(['linear', 'arithmetic', 'geometric', 'exponential'])('of HTTP, %s', (backoffFunction) => {
    const policy = parseTopicPolicy(JSON.stringify({ http: { defaultHealthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 60, numRetries: 12, numNoDelayRetries: 1, numMinDelayRetries: 1, numMaxDelayRetries: 2, backoffFunction } } }));
    if ('fault' in policy) throw new Error(policy.fault);
    const all = waits(httpPhases(policy.retry), 1, 13) as readonly number[];
    expect(all.slice(0, 3)).toEqual([0, 1000, 1000]);
    expect(all.slice(9)).toEqual([60_000, 60_000, 60_000, undefined]);
    const backoff = all.slice(2, 10);
    expect(backoff).toEqual([...backoff].sort((a, b) => a - b));
    expect(new Set(backoff).size).toBe(8);
  });
});
