import type { ApiRequest, Caller, JsonObject, Machine, Outcome } from '@interstate/kernel';
import { createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventBridge } from '../adapter.ts';
import { INPUT_SHAPES } from '../input-shapes.ts';
import { addressOf } from '../names.ts';
import { BUS_KIND } from './bus-kind.ts';
import { busMachine } from './bus.ts';
import { EVENTBRIDGE_LIMITS } from '../limits.ts';

const PLACE = { region: 'us-east-1', account: '123456789012' };
const BUS = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
const TARGET = 'arn:aws:mine:us-east-1:123456789012:thing';

interface Bus {
  readonly host: TinyHost;
  readonly taken: JsonObject[];
  readonly ask: (action: string, input: JsonObject, caller?: Caller) => Outcome;
}

function bus(): Bus {
  const taken: JsonObject[] = [];
  const machines = (): readonly Machine[] => eventBridge(PLACE).machines;
  const host = createTinyHost({
    machines,
    crypto: nodeCrypto,
    answer: (request, to) => {
      if (to === TARGET) taken.push((request as unknown as ApiRequest).input['Payload'] as JsonObject);
      return { outcome: { ok: true, value: {} } };
    },
  });
  host.spawn(BUS_KIND, BUS, { type: 'create', bus: { name: 'default', arn: BUS, creationTime: 0, modifiedTime: 0 }, seed: [1, 2, 3, 4], tags: [] });
  const ask = (action: string, input: JsonObject, caller?: Caller): Outcome => {
    const id = host.call(BUS, { action, input, ...(caller && { caller: { ...caller } }) });
    host.run();
    return host.replies.get(id)!;
  };
  ask('PutRule', { Name: 'all', EventPattern: '{"version":["0"]}' });
  ask('PutTargets', { Rule: 'all', Targets: [{ Id: 't', Arn: TARGET }] });
  return { host, taken, ask };
}

const EVENT = { Source: 'shop', DetailType: 't', Detail: '{"big":9007199254740993}' };
const rule = (account: string, service = 'events.amazonaws.com'): Caller => ({ service, sourceArn: `arn:aws:events:eu-west-1:${account}:rule/r`, account });

describe('events of others', () => {
  it('keep the account and region they come from', () => {
    const { ask, taken } = bus();
    expect(ask('PutEvents', { Entries: [EVENT] }, rule('123456789012'))).toMatchObject({ ok: true });
    expect(taken).toMatchObject([{ account: '123456789012', region: 'eu-west-1' }]);
  });

  it('of other accounts are let in by the policy alone', () => {
    const { ask, taken } = bus();
    const other = rule('210987654321');
    expect(ask('PutEvents', { Entries: [EVENT] }, other)).toMatchObject({ ok: false, error: { Error: 'AccessDeniedException' } });
    ask('PutPermission', { Action: 'events:PutEvents', Principal: '210987654321', StatementId: 's' });
    expect(ask('PutEvents', { Entries: [EVENT] }, other)).toMatchObject({ ok: true });
    expect(ask('PutEvents', { Entries: [EVENT] }, rule('310987654321'))).toMatchObject({ ok: false });
    expect(taken).toMatchObject([{ account: '210987654321' }]);
    const condition = { StringEquals: { 'events:source': 'shop' } };
    ask('PutPermission', { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: BUS, Condition: condition }] }) });
    expect(ask('PutEvents', { Entries: [EVENT] }, other)).toMatchObject({ ok: true });
    expect(ask('PutEvents', { Entries: [{ ...EVENT, Source: 'bank' }] }, other)).toMatchObject({ ok: false });
  });

  it('may speak as AWS where a service sends them', () => {
    const { ask } = bus();
    const entries = { Entries: [{ ...EVENT, Source: 'aws.states' }] };
    expect(ask('PutEvents', entries, rule('123456789012', 'states.amazonaws.com'))).toMatchObject({ ok: true, value: { FailedEntryCount: 0 } });
    expect(ask('PutEvents', entries)).toMatchObject({ ok: true, value: { FailedEntryCount: 1 } });
  });
});

describe('patterns', () => {
  it('see numbers that no double holds', () => {
    const { ask, taken } = bus();
    ask('PutRule', { Name: 'all', EventPattern: '{"detail":{"big":[9007199254740993]}}' });
    ask('PutEvents', { Entries: [EVENT, { ...EVENT, Detail: '{"big":9007199254740992}' }] });
    expect(taken).toHaveLength(1);
  });
});

describe('a schedule', () => {
  /** A bus under a clock that goes where it is put. */
  function jumping(): { readonly send: (now: number, message: JsonObject) => number; readonly timers: () => readonly number[] } {
    const machine = busMachine({ place: PLACE, limits: EVENTBRIDGE_LIMITS, sources: [] });
    const state = machine.load(new Map());
    const timers: number[] = [];
    const send = (now: number, message: JsonObject): number => {
      const { effects } = machine.step(state, message as never, { now, crypto: nodeCrypto });
      for (const effect of effects) if (effect.type === 'timer') timers.push(effect.at);
      return effects.filter((effect) => effect.type === 'call').length;
    };
    const call = (action: string, input: JsonObject): JsonObject => ({ type: 'call', replyTo: { address: 'outside', callId: '1' }, request: { action, input } });
    send(0, { type: 'notice', from: 'x', notice: { type: 'create', bus: { name: 'default', arn: BUS, creationTime: 0, modifiedTime: 0 }, seed: [1, 2, 3, 4], tags: [] } });
    send(0, call('PutRule', { Name: 'minute', ScheduleExpression: 'rate(1 minute)' }));
    send(0, call('PutTargets', { Rule: 'minute', Targets: [{ Id: 't', Arn: TARGET }] }));
    return { send, timers: () => timers };
  }

  it('fires once for all the times that a clock has jumped over, and goes on in step', () => {
    const { send, timers } = jumping();
    expect(timers()).toEqual([60_000]);
    expect(send(3_600_500, { type: 'timer', key: 'schedule' })).toBe(1);
    expect(timers().at(-1)).toBe(3_660_000);
  });

  it('waits for its time where the clock has gone back, and fires no time twice', () => {
    const { send, timers } = jumping();
    expect(send(60_000, { type: 'timer', key: 'schedule' })).toBe(1);
    // Too early: the clock was put back meanwhile.
    expect(send(1000, { type: 'timer', key: 'schedule' })).toBe(0);
    expect(timers().at(-1)).toBe(120_000);
    expect(send(120_000, { type: 'timer', key: 'schedule' })).toBe(1);
  });
});

describe('what a step saves', () => {
  it('does not grow with what the bus holds', () => {
    const machine = busMachine({ place: PLACE, limits: { ...EVENTBRIDGE_LIMITS, rulesPerBus: 10_000 }, sources: [] });
    const state = machine.load(new Map());
    const saved = (message: JsonObject): number => {
      machine.step(state, message as never, { now: 0, crypto: nodeCrypto });
      return JSON.stringify(machine.changes(state)).length;
    };
    const call = (action: string, input: JsonObject): number => saved({ type: 'call', replyTo: { address: 'outside', callId: '1' }, request: { action, input } });
    saved({ type: 'notice', from: 'x', notice: { type: 'create', bus: { name: 'default', arn: BUS, creationTime: 0, modifiedTime: 0 }, seed: [1, 2, 3, 4], tags: [] } });
    const rules = (from: number, to: number): void => {
      for (let index = from; index < to; index++) {
        call('PutRule', { Name: `r${index}`, EventPattern: `{"source":["s${index}"]}` });
        call('PutTargets', { Rule: `r${index}`, Targets: [{ Id: 't', Arn: TARGET }] });
      }
    };
    // Nobody answers, so that every event stays on its way.
    const put = (): number => call('PutEvents', { Entries: [{ ...EVENT, Source: 's1' }] });
    rules(0, 10);
    const few = put();
    rules(10, 1000);
    for (let index = 0; index < 1000; index++) put();
    expect(put()).toBeLessThan(few + 20);
  });
});

describe('hostile requests', () => {
  const value: fc.Arbitrary<unknown> = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('__proto__', 'constructor', 'x'.repeat(10_000), '{', '[]', 'arn:', 'arn:aws:events:::', '\u0000', -1, 2 ** 60, '{"__proto__":[1]}', `${'['.repeat(3000)}`, '*'.repeat(2000)),
  );
  const request = fc.record({
    action: fc.constantFrom(...Object.keys(INPUT_SHAPES), '__proto__', 'toString', 'ReplayEvents2'),
    members: fc.dictionary(fc.constantFrom('Name', 'Rule', 'EventBusName', 'Targets', 'Entries', 'EventPattern', 'Event', 'ArchiveName', 'EventSourceArn', 'ReplayName', 'Destination', 'ResourceARN', 'Tags', 'Limit', 'NextToken', 'Policy', 'AuthParameters', '__proto__'), value, { maxKeys: 6 }),
  });

  it('are answered or refused by a modelled error, and nothing breaks', () => {
    const host = createTinyHost({ machines: () => eventBridge(PLACE).machines, crypto: nodeCrypto, answer: () => ({ outcome: { ok: true, value: {} } }) });
    host.spawn('eventbridge:directory', 'arn:aws:events:us-east-1:123456789012:directory', { type: 'open', seed: [1, 2, 3, 4] });
    host.run();
    const machines = new Set([...host.machines].map(([address]) => address));
    const route = addressOf(PLACE);
    fc.assert(
      fc.property(request, ({ action, members }) => {
        const input = members as JsonObject;
        const to = route(action, input);
        const id = host.call(machines.has(to) ? to : 'arn:aws:events:us-east-1:123456789012:directory', { action, input });
        expect(host.run()).toBe(true);
        expect(host.replies.get(id)).toBeDefined();
        expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      }),
      { numRuns: 500, seed: 20_260_101 },
    );
  });

  it('a Detail of 10 MB, or nested without end, is refused', () => {
    const { ask } = bus();
    expect(ask('PutEvents', { Entries: [{ ...EVENT, Detail: JSON.stringify({ text: 'x'.repeat(10_000_000) }) }] })).toMatchObject({ ok: false, error: { Error: 'ValidationException' } });
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(ask('PutEvents', { Entries: [{ ...EVENT, Detail: deep }] })).toMatchObject({ ok: true, value: { Entries: [{ ErrorCode: 'MalformedDetail' }] } });
  });
});
