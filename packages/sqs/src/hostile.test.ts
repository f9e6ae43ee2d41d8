import type { Json, JsonObject } from '@interstate/kernel';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Service } from '../test/service.ts';
import { SQS_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';
import { readTaskHandle } from './move-task-handle.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/q';

function nested(depth: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

const OWN = JSON.parse('{"__proto__":{"polluted":true},"constructor":"x","toString":"y"}') as JsonObject;
const HOSTILE: readonly Json[] = [null, 0, -1, 1.5, 2 ** 53, true, '', 'x'.repeat(10_000_000), '__proto__', [], [null], {}, OWN, nested(10_000), [OWN], '\ud800', 'arn:aws:sqs', '%00', { StringValue: OWN }];

function service(): Service {
  const made = new Service({ crypto: nodeCrypto });
  made.ask('CreateQueue', { QueueName: 'q' });
  made.ask('SendMessage', { QueueUrl, MessageBody: 'still here' });
  return made;
}

describe('hostile requests', () => {
  it.each(Object.entries(INPUT_SHAPES))('%s answers every member of any kind with its result or an error of the service', (action, shape) => {
    const { members } = shape as { readonly members: Readonly<Record<string, unknown>> };
    for (const name of Object.keys(members)) {
      for (const value of HOSTILE) {
        const made = service();
        const good: JsonObject = { QueueUrl, QueueName: 'r', MessageBody: 'x', ReceiptHandle: 'h', VisibilityTimeout: 1, Label: 'l', AWSAccountIds: ['111111111111'], Actions: ['*'], Entries: [{ Id: '1', MessageBody: 'x', ReceiptHandle: 'h' }], Attributes: {}, Tags: {}, TagKeys: [], TaskHandle: 't', SourceArn: 'a' };
        const outcome = made.call(action, { ...good, [name]: value });
        if (outcome === undefined) continue;
        if (!outcome.ok) expect(Object.keys(SQS_ERRORS)).toContain(outcome.error.Error);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }
    }
  });

  it('keeps names of every kind as data', () => {
    const made = service();
    const Tags = JSON.parse('{"__proto__":"p","constructor":"c"}') as JsonObject;
    made.ask('TagQueue', { QueueUrl, Tags });
    expect(JSON.stringify(made.ask('ListQueueTags', { QueueUrl }))).toBe('{"Tags":{"__proto__":"p","constructor":"c"}}');
    const MessageAttributes = JSON.parse('{"__proto__":{"DataType":"String","StringValue":"v"}}') as JsonObject;
    made.ask('PurgeQueue', { QueueUrl });
    made.ask('SendMessage', { QueueUrl, MessageBody: 'x', MessageAttributes, MessageGroupId: '__proto__' });
    expect(JSON.stringify(made.ask('ReceiveMessage', { QueueUrl, MessageAttributeNames: ['All'] }))).toContain('"__proto__":{"StringValue":"v","DataType":"String"}');
    expect(made.call('SetQueueAttributes', { QueueUrl, Attributes: JSON.parse('{"__proto__":"x"}') as JsonObject })).toMatchObject({ ok: false, error: { Error: 'InvalidAttributeName' } });
  });

  it('gives no message to a handle that was made up or changed', () => {
    const made = service();
    const [{ ReceiptHandle: handle }] = made.ask('ReceiveMessage', { QueueUrl })['Messages'] as unknown as readonly [{ readonly ReceiptHandle: string }];
    fc.assert(
      fc.property(fc.nat({ max: handle.length - 1 }), fc.constantFrom(...'0123456789abcdefXZ-'), (at, char) => {
        const forged = handle.slice(0, at) + char + handle.slice(at + 1);
        if (forged === handle) return;
        made.call('DeleteMessage', { QueueUrl, ReceiptHandle: forged });
        expect(made.ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] })).toEqual({ Attributes: { ApproximateNumberOfMessagesNotVisible: '1' } });
      }),
    );
  });

  it('gives handles that have nothing in common but their length', () => {
    const made = service();
    const handles = Array.from({ length: 50 }, () => (made.ask('ReceiveMessage', { QueueUrl, VisibilityTimeout: 0 })['Messages'] as unknown as readonly [{ readonly ReceiptHandle: string }])[0].ReceiptHandle);
    expect(new Set(handles.map(({ length }) => length)).size).toBe(1);
    for (const part of [[0, 12], [36, 48], [48, 88]] as const) expect(new Set(handles.map((handle) => handle.slice(...part))).size).toBe(50);
  });

  it('reads any text as a task handle, or none', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => void readTaskHandle(text)));
    for (const value of HOSTILE) expect(readTaskHandle(value)).toBeUndefined();
  });

  it('takes ten thousand groups, pollers and queues without a scan of all', () => {
    const made = service();
    const began = performance.now();
    for (let index = 0; index < 10_000; index++) made.ask('SendMessage', { QueueUrl, MessageBody: 'x', MessageGroupId: `g${index}` });
    for (let index = 0; index < 10_001; index++) made.ask('ReceiveMessage', { QueueUrl, VisibilityTimeout: 43_200 });
    for (let index = 0; index < 10_000; index++) made.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    made.advance(20_000);
    // A scan each would take minutes.
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(made.answers.size).toBeGreaterThan(30_000);
  });
});
