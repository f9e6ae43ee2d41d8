import type { Json, Message, Outcome } from '@interstate/kernel';
import { checkMachineContract, type Delivery } from '@interstate/kernel/testing';
import { nodeCrypto as crypto } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { mappingMachine } from './mapping/mapping.ts';
import { directoryMachine } from './service/directory.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:q';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const MAPPING = 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:u';
const machineOf = () => directoryMachine({ region: 'us-east-1', account: '123456789012', functions: { has: (arn) => !arn.endsWith('missing') } });

let calls = 0;
const call = (action: string, input: Json): Message => ({ type: 'call', replyTo: { address: 'outside', callId: `c${++calls}` }, request: { action, input } });
const reply = (callId: string, outcome: Outcome): Message => ({ type: 'reply', callId, outcome });
const ok = (value: Json): Outcome => ({ ok: true, value });
const fails = (Error: string): Outcome => ({ ok: false, error: { Error, Cause: 'c' } });
const notice = (given: Json): Message => ({ type: 'notice', from: MAPPING, notice: given });
const at = (now: number, message: Message): Delivery => ({ now, message });

/** Every message the script's calls give rise to is made by hand: ids come from the seed and are read off a first run. */
function effectsOf(script: readonly Delivery[]): Json[] {
  const machine = machineOf();
  const state = machine.load(new Map());
  return script.flatMap(({ message, now }) => machine.step(state, message, { now, crypto }).effects as unknown as Json[]);
}

describe('the directory', () => {
  it('keeps the contract of machines', () => {
    const script: Delivery[] = [at(0, notice({ type: 'open', seed: [1, 2, 3, 4] }))];
    const idOf = (prefix: string, place: number): string => effectsOf(script).flatMap((effect) => ((effect as { callId?: string }).callId?.startsWith(prefix) ? [(effect as { callId: string }).callId] : []))[place]!;
    script.push(at(1, call('PutFunctionEventInvokeConfig', { FunctionName: 'f', MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: QUEUE }, OnSuccess: { Destination: 'arn:aws:events:us-east-1:123456789012:event-bus/b' } } })));
    script.push(at(1, call('GetFunctionEventInvokeConfig', { FunctionName: 'f' })), at(1, call('ListFunctionEventInvokeConfigs', { FunctionName: 'f' })));
    for (let event = 0; event < 3; event++) script.push(at(2, call('QueueEvent', { FunctionArn: FUNCTION, Payload: { event }, ...(event === 1 && { DeadLetterTargetArn: `${QUEUE}2` }) })));
    const [first, second, third] = [0, 1, 2].map((place) => idOf('event:', place));
    const failed = ok({ StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType: 'E', errorMessage: 'no' }, ExecutedVersion: '$LATEST' });
    script.push(at(3, reply(first!, ok({ StatusCode: 200, Payload: 1, ExecutedVersion: '$LATEST' }))), at(4, reply(second!, failed)), at(5, reply(third!, fails('TooManyRequestsException'))));
    script.push(at(1005, { type: 'timer', key: 'events' }), at(1006, reply(third!, fails('ResourceNotFoundException'))));
    script.push(at(60_004, { type: 'timer', key: 'events' }), at(60_005, reply(second!, failed)));
    const sent = (event: string, index: number): string => `sent:${event.slice('event:'.length)}:${index}`;
    script.push(at(60_006, reply(sent(first!, 0), ok({}))), at(60_007, reply(sent(second!, 0), ok({}))), at(60_008, reply(sent(second!, 1), fails('QueueDoesNotExist'))), at(60_009, reply(sent(third!, 0), ok({}))));
    script.push(at(70_000, call('CreateEventSourceMapping', { FunctionName: 'f', EventSourceArn: QUEUE })), at(70_000, call('CreateEventSourceMapping', { FunctionName: 'missing', EventSourceArn: QUEUE })));
    const creating = idOf('creating:', 0);
    const uuid = creating.slice('creating:'.length);
    script.push(at(70_001, reply(creating, ok({ Attributes: {} }))), at(70_001, call('CreateEventSourceMapping', { FunctionName: 'f', EventSourceArn: QUEUE })));
    script.push(at(70_002, notice({ type: 'mapping', uuid, state: 'Enabled', lastResult: 'OK' })), at(70_003, call('UpdateEventSourceMapping', { UUID: uuid, BatchSize: 2 })), at(70_003, call('GetEventSourceMapping', { UUID: uuid })));
    const tagged = { Resource: `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${uuid}` };
    script.push(at(70_003, call('TagResource', { ...tagged, Tags: { a: 'b' } })), at(70_003, call('ListTags', tagged)), at(70_003, call('UntagResource', { ...tagged, TagKeys: ['a'] })));
    for (const RecursiveLoop of ['Allow', 'Terminate']) script.push(at(70_003, call('PutFunctionRecursionConfig', { FunctionName: 'f', RecursiveLoop })), at(70_003, call('GetFunctionRecursionConfig', { FunctionName: 'f' })));
    script.push(at(70_004, call('ListEventSourceMappings', {})), at(70_005, call('DeleteEventSourceMapping', { UUID: uuid })), at(70_006, notice({ type: 'mapping', uuid, state: 'Deleted', lastResult: '' })));
    script.push(at(70_007, call('DeleteFunctionEventInvokeConfig', { FunctionName: 'f' })), at(70_008, call('Nonsense', null)), at(70_009, call('Invoke', {})));
    checkMachineContract({ machine: machineOf, script, crypto });
    const machine = machineOf();
    const state = machine.load(new Map());
    for (const { message, now } of script) machine.step(state, message, { now, crypto });
    expect([...machine.records(state).keys()]).toEqual(['root']);
  });

  it('saves no more per step, however many events wait', () => {
    const machine = machineOf();
    const state = machine.load(new Map());
    machine.step(state, notice({ type: 'open', seed: [1, 2, 3, 4] }), { now: 0, crypto });
    const sizes = Array.from({ length: 300 }, () => {
      machine.step(state, call('QueueEvent', { FunctionArn: FUNCTION, Payload: 1 }), { now: 0, crypto });
      return JSON.stringify(machine.changes(state)).length;
    });
    expect(Math.max(...sizes.slice(10)) - Math.min(...sizes.slice(10))).toBeLessThan(20);
  });
});

describe('a mapping', () => {
  const settings = { BatchSize: 4, MaximumBatchingWindowInSeconds: 0, ScalingConfig: { MaximumConcurrency: 2 }, FunctionResponseTypes: ['ReportBatchItemFailures'] };
  const configuration = { arn: MAPPING, uuid: 'u', type: 'sqs', source: QUEUE, targetArn: FUNCTION, enabled: true, settings };
  const configure = (changes: object = {}): Message => notice({ type: 'configure', directory: 'd', configuration: { ...configuration, ...changes } });
  let sent = 0;
  const messages = (count: number): Outcome => ok({ Messages: Array.from({ length: count }, () => ({ MessageId: `m${++sent}`, ReceiptHandle: `h${sent}`, Body: '{}', Attributes: { ApproximateReceiveCount: '1' } })) });

  it('keeps the contract of machines', () => {
    const stateMachine = 'arn:aws:states:us-east-1:123456789012:stateMachine:m';
    const script = [
      at(0, configure()),
      at(1, reply('receive:1', messages(3))),
      at(1, reply('receive:2', messages(4))),
      at(2, reply('work:1', ok({ Payload: { batchItemFailures: [{ itemIdentifier: 'm2' }] } }))),
      at(3, reply('work:2', ok({ FunctionError: 'Unhandled', Payload: { errorType: 'E' } }))),
      at(4, reply('delete:4', ok({}))),
      at(5, reply('receive:3', fails('QueueDoesNotExist'))),
      at(20_005, { type: 'timer', key: 'poll:pause' }),
      at(20_006, configure({ settings: { ...settings, BatchSize: 25, MaximumBatchingWindowInSeconds: 10 } })),
      at(20_007, reply('receive:6', messages(3))),
      at(30_007, { type: 'timer', key: 'poll:window' }),
      at(30_008, configure({ targetArn: stateMachine })),
      at(30_009, reply('work:3', fails('TooManyRequestsException'))),
      at(30_010, reply('receive:8', messages(2))),
      at(30_011, reply('work:4', fails('StateMachineTypeNotSupported'))),
      at(30_012, reply('work:4', ok({ executionArn: 'e' }))),
      at(30_013, configure({ enabled: false })),
      at(30_014, configure()),
      at(30_015, notice({ type: 'delete' })),
      at(30_016, reply('receive:99', messages(1))),
    ];
    checkMachineContract({ machine: mappingMachine, script, crypto });
  });

  it('that reads a stream keeps it too', () => {
    const stream = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
    const streamed = { BatchSize: 3, StartingPosition: 'TRIM_HORIZON', TumblingWindowInSeconds: 10, MaximumRetryAttempts: 1, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: QUEUE } } };
    let records = 0;
    const page = (count: number): Outcome => ok({ Records: Array.from({ length: count }, () => ({ SequenceNumber: `4${++records}`, Timestamp: 0, Data: 'e30=' })) });
    const broken = ok({ FunctionError: 'Unhandled', Payload: { errorType: 'E' } });
    const script = [
      at(0, configure({ type: 'kinesis', source: stream, settings: streamed })),
      at(1, reply('list:1', ok({ Shards: [{ ShardId: 'a' }] }))),
      at(2, reply('read:3:a', page(3))),
      at(3, reply('work:1', ok({ Payload: { state: { n: 1 }, batchItemFailures: [{ itemIdentifier: '42' }] } }))),
      at(4, reply('work:2', broken)),
      at(5, reply('work:3', broken)),
      at(1_005, { type: 'timer', key: 'stream:due' }),
      at(1_006, reply('work:5', fails('TooManyRequestsException'))),
      at(1_007, reply('dead:1', ok({}))),
      at(1_008, reply('work:4', ok({ Payload: { state: {} } }))),
      at(1_009, reply('read:4:a', ok({ Records: [] }))),
      at(10_000, { type: 'timer', key: 'stream:due' }),
      at(10_001, reply('work:6', ok({ Payload: {} }))),
      at(10_002, reply('read:5:a', fails('ResourceNotFoundException'))),
      at(10_002, configure({ type: 'kinesis', source: stream, settings: { ...streamed, TumblingWindowInSeconds: 0 } })),
      at(10_003, notice({ type: 'delete' })),
    ];
    checkMachineContract({ machine: mappingMachine, script, crypto });
    const machine = mappingMachine();
    const state = machine.load(new Map());
    const effects = script.flatMap(({ message, now }) => machine.step(state, message, { now, crypto }).effects as unknown as readonly { readonly callId?: string }[]);
    expect(effects.flatMap(({ callId }) => (/^(?:work|dead)/.test(callId ?? '') ? [callId] : []))).toEqual(['work:1', 'work:2', 'work:3', 'work:5', 'dead:1', 'work:4', 'work:6']);
  });
});
