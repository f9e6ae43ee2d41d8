import type { ApiRequest, DeliveryEntry, Json, JsonObject, Outcome } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, noCrypto, type TinyHost } from '@interstate/kernel/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduler } from './adapter.ts';
import { addresses, directoryAddress, groupArn } from './addresses.ts';
import { DIRECTORY_KIND } from './directory.ts';
import { GROUP_KIND } from './group-context.ts';
import type { GroupState } from './group-state.ts';

const HOME = { region: 'us-east-1', account: '123456789012' };
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const START = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const machines = () => scheduler(HOME).machines;
const NAMES = ['a', 'b', 'c'];

/** Targets by how they behave. */
const ARNS = {
  good: 'arn:aws:sqs:us-east-1:123456789012:good',
  busy: 'arn:aws:sqs:us-east-1:123456789012:busy',
  gone: 'arn:aws:sqs:us-east-1:123456789012:gone',
  silent: 'arn:aws:sqs:us-east-1:123456789012:silent',
  dead: 'arn:aws:sqs:us-east-1:123456789012:dead',
} as const;

function answer(request: Json, to: string): { readonly outcome: Outcome; readonly afterMs: number } | undefined {
  const { input } = request as unknown as ApiRequest;
  if (to === ARNS.silent) return undefined;
  if (to === ARNS.busy) return { outcome: { ok: false, error: { Error: 'ThrottlingException', Cause: 'Busy.' } }, afterMs: 100 };
  if (to === ARNS.gone) return { outcome: { ok: false, error: { Error: 'QueueDoesNotExist', Cause: 'Gone.' } }, afterMs: 0 };
  return { outcome: { ok: true, value: { Echo: input['MessageBody'] ?? null } }, afterMs: 50 };
}

interface Service {
  readonly host: TinyHost;
  /** Asks, and lets no time pass. */
  readonly ask: (action: string, input: JsonObject) => void;
  /** Asks, and runs on: until nothing is left to happen, or for so many steps. */
  readonly call: (action: string, input: JsonObject, steps?: number) => Outcome | undefined;
}

function service(cut = false): Service {
  const host = createTinyHost({ machines, crypto: noCrypto, answer, startTime: START, cut });
  host.spawn(DIRECTORY_KIND, directoryAddress(HOME), { type: 'open', seed: [1, 2, 3, 4] });
  const send = (action: string, input: JsonObject): string => {
    const address = addresses(HOME)(action, input);
    const exists = [...host.machines].some(([known]) => known === address);
    return host.call(exists ? address : directoryAddress(HOME), { action, input });
  };
  const call = (action: string, input: JsonObject, steps = 200): Outcome | undefined => {
    const id = send(action, input);
    host.run(steps);
    return host.replies.get(id);
  };
  host.run();
  return { host, ask: (action, input) => void send(action, input), call };
}

const at = (ms: number): string => `at(${new Date(START + ms).toISOString().slice(0, 19)})`;

function schedule(Name: string, ScheduleExpression: string, target: keyof typeof ARNS = 'good', more: JsonObject = {}): JsonObject {
  const Target = { Arn: ARNS[target], RoleArn, Input: `${Name} <aws.scheduler.execution-id>`, DeadLetterConfig: { Arn: ARNS.dead }, RetryPolicy: { MaximumRetryAttempts: 3 } };
  return { Name, ScheduleExpression, Target, FlexibleTimeWindow: { Mode: 'OFF' }, ...more };
}

function checkAll(host: TinyHost): void {
  for (const [address, kind] of host.machines) {
    const machine = (): ReturnType<typeof machines>[number] => machines().find((candidate) => candidate.kind === kind)!;
    checkMachineContract({ machine, script: host.scriptOf(address), crypto: noCrypto });
  }
}

describe('the machines of Scheduler keep their contract', () => {
  it('over a scenario of all they do', () => {
    const { host, ask, call } = service();
    call('CreateScheduleGroup', { Name: 'g', Tags: [{ Key: 'k', Value: 'v' }], ClientToken: 't' });
    call('CreateScheduleGroup', { Name: 'empty' });
    ask('CreateSchedule', schedule('once', at(3600_000), 'good', { ActionAfterCompletion: 'DELETE', ClientToken: 't1' }));
    ask('CreateSchedule', schedule('window', at(7200_000), 'good', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 } }));
    ask('CreateSchedule', schedule('busy', at(3600_000), 'busy'));
    ask('CreateSchedule', schedule('gone', at(3600_000), 'gone', { GroupName: 'g' }));
    ask('CreateSchedule', schedule('silent', at(3600_000), 'silent', { GroupName: 'g' }));
    ask('CreateSchedule', schedule('forever', 'rate(1 hour)', 'good', { GroupName: 'g' }));
    ask('CreateSchedule', schedule('weekdays', 'cron(0 9 ? * MON-FRI *)', 'good', { ScheduleExpressionTimezone: 'Europe/Berlin', EndDate: START + 30 * DAY_MS }));
    ask('UpdateSchedule', schedule('weekdays', 'rate(6 hours)', 'good', { EndDate: START + DAY_MS }));
    ask('UpdateSchedule', schedule('forever', 'rate(1 hour)', 'busy', { GroupName: 'g', State: 'DISABLED' }));
    ask('UpdateSchedule', schedule('forever', 'rate(2 hours)', 'busy', { GroupName: 'g' }));
    ask('TagResource', { ResourceArn: groupArn(HOME, 'g'), Tags: [{ Key: 'a', Value: 'b' }] });
    ask('ListSchedules', { MaxResults: 4 });
    ask('GetSchedule', { Name: 'once' });
    ask('DeleteSchedule', { Name: 'busy', ClientToken: 't2' });
    ask('DeleteSchedule', { Name: 'busy', ClientToken: 't2' });
    expect(host.run()).toBe(true);
    call('DeleteScheduleGroup', { Name: 'g' });
    call('CreateScheduleGroup', { Name: 'g' });
    call('CreateSchedule', schedule('again', at(200 * DAY_MS), 'good', { GroupName: 'g' }));
    expect(host.run()).toBe(true);
    const outcomes = [...host.replies.values()];
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    const statuses = [...host.machines].flatMap(([address]) => (host.journalOf(address) as readonly DeliveryEntry[]).map(({ status }) => status));
    expect(new Set(statuses)).toEqual(new Set(['delivered', 'retrying', 'deadLettered']));
    expect([...host.machines].map(([, kind]) => kind).sort()).toEqual([DIRECTORY_KIND, GROUP_KIND, GROUP_KIND, GROUP_KIND]);
    checkAll(host);
  });

  const names = fc.constantFrom(...NAMES);
  const expressions = fc.constantFrom(at(60_000), at(3600_000), at(90 * DAY_MS), at(-1000), 'rate(3 hours)', 'cron(30 2 ? * SUN *)');
  const targets = fc.constantFrom<keyof typeof ARNS>('good', 'busy', 'gone', 'silent');
  const more = fc.constantFrom<JsonObject>({}, { EndDate: START + DAY_MS }, { State: 'DISABLED' }, { ActionAfterCompletion: 'DELETE' }, { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 10 } }, { GroupName: 'g' });
  const command = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constantFrom('CreateSchedule', 'UpdateSchedule'), names, expressions, targets, more) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('DeleteSchedule', 'GetSchedule'), names) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('CreateScheduleGroup', 'DeleteScheduleGroup', 'ListSchedules')) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('run')) },
  );
  const perform = ({ host, ask }: Service, [action, name, expression, target, extra]: readonly unknown[]): unknown => {
    if (action === 'run') return host.run(500);
    if (expression !== undefined) return ask(action as string, schedule(name as string, expression as string, target as 'good', extra as JsonObject));
    return ask(action as string, name === undefined ? (action === 'ListSchedules' ? {} : { Name: 'g' }) : { Name: name as string });
  };

  it('whatever is asked of them, in any order; cut after every step they do the same', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
        const whole = service();
        const cut = service(true);
        for (const one of commands) expect(perform(cut, one)).toEqual(perform(whole, one));
        for (const { host } of [whole, cut]) host.run(2000);
        expect([...cut.host.replies]).toEqual([...whole.host.replies]);
        const journals = ({ host }: Service): unknown => [...host.machines].map(([address]) => host.journalOf(address));
        expect(journals(cut)).toEqual(journals(whole));
        checkAll(whole.host);
      }),
      { numRuns: 40, seed: 20_260_105 },
    );
  });
});

describe('what must hold of a group', () => {
  const machine = (): ReturnType<typeof machines>[number] => machines().find(({ kind }) => kind === GROUP_KIND)!;

  /** A group by itself: messages at times of the test's choice, saved and loaded as often as it likes. */
  function bareGroup(): { step: (message: Parameters<ReturnType<typeof machine>['step']>[1], now: number) => readonly DeliveryEntry[]; reload: () => void; pressingAt: () => number | null; readonly called: string[] } {
    let group = machine();
    let state = group.load(new Map());
    const called: string[] = [];
    const step: ReturnType<typeof bareGroup>['step'] = (message, now) => {
      const { effects, journal } = group.step(state, message, { now, crypto: noCrypto });
      for (const effect of effects) if (effect.type === 'call') called.push(((effect.request as unknown as ApiRequest).input['MessageBody'] as string).split(' ')[0]!);
      return journal as readonly DeliveryEntry[];
    };
    step({ type: 'notice', from: 'test', notice: { type: 'open', name: 'default', seed: [1, 2, 3, 4] } }, START);
    return {
      step,
      called,
      reload() {
        const saved = JSON.parse(JSON.stringify([...group.records(state)])) as [string, Json][];
        group = machine();
        state = group.load(new Map(saved.reverse()));
      },
      pressingAt: () => (state as GroupState).root.pressingAt,
    };
  }

  it('no one-time schedule is lost or fires twice or early, however the clock jumps and wherever it is saved', () => {
    const jumps = fc.array(fc.record({ by: fc.integer({ min: -3 * DAY_MS, max: 5 * DAY_MS }), reload: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 20 }), jumps, (days, clock) => {
        const group = bareGroup();
        days.forEach((day, index) => group.step({ type: 'call', replyTo: { address: 'x', callId: String(index) }, request: { action: 'CreateSchedule', input: schedule(`s${index}`, at(day * DAY_MS + 1000)) } }, START));
        let now = START;
        let latest = START;
        const due = (): string[] => days.flatMap((day, index) => (START + day * DAY_MS + 1000 <= latest ? [`s${index}`] : []));
        for (const { by, reload } of [...clock, { by: 100 * DAY_MS, reload: true }, { by: 200 * DAY_MS, reload: true }]) {
          now = Math.max(START, now + by);
          latest = Math.max(latest, now);
          if (reload) group.reload();
          // The host's part: a timer that is due by its clock is delivered.
          while ((group.pressingAt() ?? Infinity) <= now) group.step({ type: 'timer', key: 'pressing' }, now);
          // Early news does no harm.
          group.step({ type: 'timer', key: 'pressing' }, now);
          expect([...group.called].sort()).toEqual(due().sort());
        }
        expect(group.called).toHaveLength(days.length);
      }),
      { numRuns: 60, seed: 20_260_106 },
    );
  });

  it('a recurring schedule fires once for what it missed, and goes on in step', () => {
    const group = machine();
    const state = group.load(new Map());
    const send = (message: Parameters<typeof group.step>[1], now: number): number => group.step(state, message, { now, crypto: noCrypto }).effects.filter(({ type }) => type === 'call').length;
    send({ type: 'notice', from: 'test', notice: { type: 'open', name: 'default', seed: [1, 2, 3, 4] } }, START);
    send({ type: 'call', replyTo: { address: 'x', callId: '1' }, request: { action: 'CreateSchedule', input: schedule('tick', 'rate(1 minute)') } }, START);
    expect(send({ type: 'timer', key: 'housekeeping' }, START)).toBe(1);
    expect(send({ type: 'timer', key: 'housekeeping' }, START + 3600_500)).toBe(1);
    const next = (): number | null => (state as GroupState).root.housekeepingAt;
    expect(next()).toBe(START + 3660_000);
    // Backward: it does not fire again for a time it has fired for.
    expect(send({ type: 'timer', key: 'housekeeping' }, START + 60_000)).toBe(0);
    expect(next()).toBe(START + 3660_000);
  });

  it('saves as much per step with many schedules as with few', () => {
    const group = machine();
    const bytes = (count: number): number => {
      const state = group.load(new Map());
      for (let index = 0; index < count; index++) group.step(state, { type: 'call', replyTo: { address: 'x', callId: '1' }, request: { action: 'CreateSchedule', input: schedule(`s${String(index).padStart(6, '0')}`, at(DAY_MS)) } }, { now: START, crypto: noCrypto });
      return JSON.stringify(group.changes(state)).length;
    };
    expect(bytes(3000)).toBeLessThan(bytes(10) + 40);
  });

  it('fires no more than a hundred at once, and all at their time', () => {
    const { host, ask } = service();
    for (let index = 0; index < 250; index++) ask('CreateSchedule', schedule(`s${index}`, at(DAY_MS)));
    host.run();
    const entries = host.journalOf(groupArn(HOME, 'default')) as readonly DeliveryEntry[];
    expect(entries).toHaveLength(250);
    expect(new Set(entries.map(({ time }) => time))).toEqual(new Set([START + DAY_MS + 50]));
    expect(new Set(entries.map(({ messageId }) => messageId)).size).toBe(250);
  });

  it('a thousand schedules of a group go in several steps', () => {
    const { host, ask, call } = service();
    call('CreateScheduleGroup', { Name: 'g' });
    for (let index = 0; index < 1200; index++) ask('CreateSchedule', schedule(`s${index}`, at(DAY_MS), 'good', { GroupName: 'g' }));
    call('DeleteScheduleGroup', { Name: 'g' }, 5000);
    expect(host.scriptOf(groupArn(HOME, 'g')).filter(({ message }) => message.type === 'continue')).toHaveLength(3);
    expect(call('GetScheduleGroup', { Name: 'g' })).toMatchObject({ ok: false, error: { Error: 'ResourceNotFoundException' } });
    host.run();
    expect(host.journalOf(groupArn(HOME, 'g'))).toEqual([]);
  });
});
