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
  const configuration = { arn: MAPPING, queueArn: QUEUE, targetArn: FUNCTION, enabled: true, batchSize: 4, windowSeconds: 0, maximumConcurrency: 2, patterns: [], reportsItemFailures: true };
  const configure = (changes: object = {}): Message => notice({ type: 'configure', directory: 'd', uuid: 'u', configuration: { ...configuration, ...changes } });
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
      at(20_006, configure({ batchSize: 25, windowSeconds: 10 })),
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
});
