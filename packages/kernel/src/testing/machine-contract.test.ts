import { describe, expect, it } from 'vitest';
import type { Crypto, Json, Machine } from '../index.ts';
import { RecordMap } from '../record-map.ts';
import { checkMachineContract, createTinyHost, noCrypto, type Delivery } from './index.ts';

const crypto: Crypto = { ...noCrypto, hash: (algorithm, text) => `${algorithm}:${text}`, hmac: (key, text) => `${key}:${text}` };
const script: Delivery[] = [1, 2, 3].map((now) => ({ now, message: { type: 'notice', from: 'outside', notice: { add: now } } }));

interface Counter {
  readonly records: RecordMap;
}

/** Counts notices: a machine as it should be, with one part replaced by something broken. */
function counter(broken: Partial<Machine<Counter>> = {}): () => Machine {
  const machine: Machine<Counter> = {
    kind: 'test:counter',
    load: (saved) => ({ records: new RecordMap(saved) }),
    step({ records }) {
      records.begin();
      const count = ((records.get('count') as number | undefined) ?? 0) + 1;
      records.set('count', count);
      records.set(`seen:${count}`, true);
      if (records.has(`seen:${count - 2}`)) records.delete(`seen:${count - 2}`);
      return { effects: [{ type: 'timer', key: 'wake', at: count }], journal: [{ count }] };
    },
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    ...broken,
  };
  return () => machine as Machine;
}

const check = (machine: () => Machine): void => checkMachineContract({ machine, script, crypto });

describe('the contract of machines', () => {
  it('is kept by a machine of state, message and context alone', () => {
    expect(() => check(counter())).not.toThrow();
  });

  it('is broken by state outside the machine', () => {
    let calls = 0;
    expect(() => check(counter({ step: () => ({ effects: [{ type: 'timer', key: 'wake', at: calls++ }], journal: [] }) }))).toThrow(/second run differs/);
  });

  it('is broken by state that is not saved', () => {
    interface Leaky extends Counter {
      lost?: number;
    }
    const step = (state: Leaky): { effects: []; journal: Json[] } => ({ effects: [], journal: [(state.lost = (state.lost ?? 0) + 1)] });
    expect(() => check(counter({ step }))).toThrow(/Saved and loaded/);
  });

  it('is broken by records whose order is meant to say something', () => {
    const step = ({ records }: Counter): { effects: []; journal: Json[] } => {
      records.begin();
      records.set(`at:${[...records.entries('at:')].length}`, true);
      return { effects: [], journal: [[...records.entries('at:')].map(([key]) => key)] };
    };
    expect(() => check(counter({ step }))).toThrow(/reversed/);
  });

  it('is broken by changes that forget a record', () => {
    expect(() => check(counter({ changes: ({ records }) => records.changes().filter(([key]) => key !== 'count') }))).toThrow(/not what changes told/);
  });

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['infinity', Infinity],
    ['a date', new Date(0)],
  ])('is broken by an effect that holds %s', (_name, value) => {
    const step = (): { effects: [{ type: 'notice'; to: string; notice: Json }]; journal: [] } => ({
      effects: [{ type: 'notice', to: 'other', notice: { value } as unknown as Json }],
      journal: [],
    });
    expect(() => check(counter({ step }))).toThrow(/JSON cannot hold|object of a class/);
  });

  it('is broken by changing what was let out, or what came in', () => {
    const kept: { count: number } = { count: 0 };
    const grow = (): { effects: []; journal: unknown[] } => ({ effects: [], journal: [Object.assign(kept, { count: kept.count + 1 })] });
    expect(() => check(counter({ step: grow }))).toThrow(/changed afterwards/);
    const scribble: Machine<Counter>['step'] = (_state, message) => {
      if (message.type === 'notice') (message.notice as { add: number }).add = 9;
      return { effects: [], journal: [] };
    };
    expect(() => check(counter({ step: scribble }))).toThrow(TypeError);
  });
});

describe('the tiny host', () => {
  const echo: Machine = {
    kind: 'test:echo',
    load: () => null,
    step: (_state, message) => ({
      effects: message.type === 'call' ? [{ type: 'reply', to: message.replyTo, outcome: { ok: true, value: message.request } }] : [],
      journal: [message.type],
    }),
    changes: () => [],
    records: () => new Map(),
  };
  const asker: Machine = {
    kind: 'test:asker',
    load: () => null,
    step: (_state, message) => ({
      effects:
        message.type === 'notice'
          ? [
              { type: 'call', to: 'echo', callId: '1', request: 'hello' },
              { type: 'call', to: 'outside-world', callId: '2', request: 'slow' },
              { type: 'timer', key: 't', at: 5_000 },
              { type: 'timer', key: 'year', at: 31_536_000_000, housekeeping: true },
            ]
          : [],
      journal: [message.type === 'timer' ? message.key : message.type === 'reply' ? message.callId : message.type],
    }),
    changes: () => [],
    records: () => new Map(),
  };

  it('delivers in the order of time and lets housekeeping lie', () => {
    const host = createTinyHost({ machines: () => [echo, asker], crypto, startTime: 0, answer: () => ({ outcome: { ok: true, value: null }, afterMs: 7_000 }) });
    host.spawn('test:echo', 'echo', null);
    host.spawn('test:asker', 'asker', null);
    const call = host.call('echo', { a: 1 });
    expect(host.run()).toBe(true);
    expect(host.journalOf('asker')).toEqual(['notice', '1', 't', '2']);
    expect(host.now()).toBe(7_000);
    expect(host.replies.get(call)).toEqual({ ok: true, value: { a: 1 } });
    expect(host.scriptOf('asker').map(({ now }) => now)).toEqual([0, 0, 5_000, 7_000]);
  });
});
