import type { ApiRequest, Effect, Json, JsonObject, Message } from '@interstate/kernel';
import { nodeCrypto as crypto } from '@interstate/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lambda } from './index.ts';
import { mappingMachine } from './mapping/mapping.ts';
import { directoryMachine } from './service/directory.ts';
import { INPUT_SHAPES } from './service/input-shapes.ts';
import { lambdaService } from './service/service.ts';
import { answerOf, taskCall } from '../test/task-call.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:q';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const home = { region: 'us-east-1', account: '123456789012', functions: { has: () => true } };
const strange: readonly Json[] = [null, 1, '', [], {}, 'x'.repeat(20_000), '${', 'arn:', ':::::::', '__proto__', { __proto__: null, constructor: 1 } as unknown as Json, JSON.parse('{"__proto__":{"a":1}}') as Json, nested(50_000)];

function nested(depth: number): Json {
  let value: Json = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

describe('the directory', () => {
  const machine = directoryMachine(home);
  const state = machine.load(new Map());
  machine.step(state, { type: 'notice', from: 'x', notice: { type: 'open', seed: [1, 2, 3, 4] } }, { now: 0, crypto });
  const answer = (action: string, input: Json): Effect | undefined => {
    const message: Message = { type: 'call', replyTo: { address: 'outside', callId: '1' }, request: { action, input } };
    return machine.step(state, message, { now: 0, crypto }).effects.find(({ type }) => type === 'reply' || type === 'call');
  };

  it('answers every operation, whatever the input', () => {
    for (const action of [...Object.keys(INPUT_SHAPES), '__proto__', 'constructor', '']) {
      for (const input of strange) expect(answer(action, input), `${action}`).toBeDefined();
      for (const member of ['FunctionName', 'EventSourceArn', 'UUID', 'Marker', 'FilterCriteria', 'DestinationConfig']) {
        for (const value of strange) expect(answer(action, { FunctionName: 'f', EventSourceArn: QUEUE, UUID: 'u', MaximumRetryAttempts: 1, [member]: value }), `${action}.${member}`).toBeDefined();
      }
    }
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('answers names of 10 MB', () => {
    const long = 'x'.repeat(10_000_000);
    for (const action of Object.keys(INPUT_SHAPES)) expect(answer(action, { FunctionName: long, EventSourceArn: long, UUID: long, Marker: long }), action).toBeDefined();
  });

  it('takes any JSON for an input', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.keys(INPUT_SHAPES)), fc.jsonValue(), (action, input) => answer(action, input as Json) !== undefined));
  });
});

describe('addresses', () => {
  it('are found for any input', () => {
    const { services, directory } = lambdaService(home);
    for (const value of strange) {
      for (const Qualifier of strange) expect(typeof services[0]!.addressOf('Invoke', { FunctionName: value, Qualifier })).toBe('string');
      expect(services[0]!.addressOf('GetEventSourceMapping', { UUID: value })).toBe(directory);
    }
  });
});

describe('the door of functions', () => {
  const connector = lambda({ functions: { f: (event: Json) => event }, warn: () => {} }).tasks!.find(({ resource }) => resource === 'arn:*:lambda:*')!.connector;
  const call = (request: unknown, to = FUNCTION) => answerOf(connector, { ...taskCall(to, null), request: request as Json });

  it('answers any request', async () => {
    for (const Payload of strange) {
      for (const caller of [undefined, { service: 's', sourceArn: 'a', account: '1' }]) {
        const outcome = await call({ action: 'Invoke', input: { FunctionName: 'f', Payload }, ...(caller && { caller }) } as unknown as ApiRequest);
        if (!outcome.ok) expect(outcome.error.Error).toMatch(/^(InvalidRequestContentException|RequestTooLargeException|SerializationException)$/);
      }
    }
    for (const input of strange) expect(await call({ action: 'Invoke', input })).toHaveProperty('ok');
    for (const action of strange) expect(await call({ action, input: {} })).toMatchObject({ ok: false });
    for (const to of ['arn:aws:lambda:::', 'arn:aws:lambda:r:a:layer:l', 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:u']) {
      expect(await call({ action: 'Invoke', input: { FunctionName: 'f' } }, to)).toMatchObject({ ok: false, error: { Error: 'ResourceNotFoundException' } });
    }
  });
});

describe('a mapping', () => {
  it('goes on, whatever a queue or a function answers', () => {
    const settings = { BatchSize: 10, FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] }, FunctionResponseTypes: ['ReportBatchItemFailures'] };
    const configuration = { arn: 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:u', uuid: 'u', type: 'sqs', source: QUEUE, targetArn: FUNCTION, enabled: true, settings };
    const machine = mappingMachine();
    const state = machine.load(new Map());
    const step = (message: Message): readonly Effect[] => machine.step(state, message, { now: 0, crypto }).effects;
    step({ type: 'notice', from: 'd', notice: { type: 'configure', directory: 'd', configuration } });
    let receives = 1;
    let batches = 0;
    const bodies = ['{"a":1}', '{"a":1,"__proto__":{}}', `{"a":1,"b":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '{', ''];
    for (const answer of strange) {
      const Messages = bodies.map((Body, index) => ({ MessageId: String(index), ReceiptHandle: 'h', Body, Attributes: {} })) as unknown as JsonObject[];
      const effects = step({ type: 'reply', callId: `receive:${receives}`, outcome: { ok: true, value: { Messages } } });
      const calls = effects.flatMap((effect) => (effect.type === 'call' ? [effect.callId] : []));
      expect(calls).toContain(`work:${++batches}`);
      step({ type: 'reply', callId: `work:${batches}`, outcome: { ok: true, value: { Payload: answer } } });
      receives = Number(calls.find((callId) => callId.startsWith('receive:'))!.slice('receive:'.length));
    }
    for (const callId of ['work:x', 'work:99', 'receive:', 'delete:', '', '__proto__']) step({ type: 'reply', callId, outcome: { ok: true, value: null } });
  });

  it('goes on, whatever a stream or a function answers', () => {
    const settings = { BatchSize: 2, StartingPosition: 'LATEST', TumblingWindowInSeconds: 10, MaximumRetryAttempts: 0, FunctionResponseTypes: ['ReportBatchItemFailures'] };
    const configuration = { arn: 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:u', uuid: 'u', type: 'kinesis', source: 'arn:aws:kinesis:us-east-1:123456789012:stream/s', targetArn: FUNCTION, enabled: true, settings };
    const machine = mappingMachine();
    const state = machine.load(new Map());
    let now = 0;
    let batches = 0;
    const calls = new Set<string>();
    const step = (message: Message): void => {
      for (const effect of machine.step(state, message, { now, crypto }).effects) if (effect.type === 'call') calls.add(effect.callId);
    };
    step({ type: 'notice', from: 'd', notice: { type: 'configure', directory: 'd', configuration } });
    const pages = [...strange, { Shards: [{ ShardId: '__proto__' }, { ShardId: 'a', ParentShardIds: ['b'] }] }, { Records: [{ SequenceNumber: '1', Timestamp: 5, Data: '%', Key: '', Attributes: { kinesis: 1, eventID: {} } }, { SequenceNumber: '', Timestamp: -1e300 }] }];
    const answers = [...pages, ...strange.map((Payload) => ({ Payload })), ...strange.map((itemIdentifier) => ({ Payload: { state: {}, batchItemFailures: [{ itemIdentifier }] } }))] as Json[];
    for (let round = 0; round < 3; round++) {
      for (const value of answers) {
        now += 61_000;
        for (const callId of [...calls]) {
          calls.delete(callId);
          if (callId.startsWith('work:')) batches++;
          step({ type: 'reply', callId, outcome: { ok: true, value } });
        }
        step({ type: 'timer', key: 'stream:due' });
        step({ type: 'timer', key: 'stream:pause' });
      }
    }
    expect(batches).toBeGreaterThan(1);
  });
});
