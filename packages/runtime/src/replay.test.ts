import type { Json, Machine } from '@interstate/kernel';
import { expect, it } from 'vitest';
import { virtualClock, type Clock } from './clock.ts';
import type { InputEntry, InputLog } from './input-log.ts';
import { Host } from './host.ts';

/** Writes down what it hears and when; sets a timer, asks a connector when it fires, and ends with the answer. */
const diarist: Machine<{ lines: Json[] }> = {
  kind: 'test:diarist',
  load: (records) => ({ lines: [...((records.get('lines') as readonly Json[] | undefined) ?? [])] }),
  step(state, message, { now }) {
    const line = { heard: message.type, at: now, ...(message.type === 'reply' && { outcome: message.outcome as unknown as Json }) };
    state.lines.push(line);
    switch (message.type) {
      case 'notice':
        return { effects: [{ type: 'timer', key: 't', at: now + 3 }], journal: [line] };
      case 'timer':
        return { effects: [{ type: 'call', to: 'oracle', callId: '1', request: null }, { type: 'notice', to: 'd', notice: 'after' }], journal: [line] };
      case 'reply':
        return { effects: [{ type: 'ended' }], journal: [line] };
      default:
        return { effects: [], journal: [line] };
    }
  },
  changes: ({ lines }) => [['lines', lines]],
  records: ({ lines }) => new Map([['lines', lines]]),
};

/** A real clock that is later each time it is looked at. */
function restlessClock(): Clock {
  let time = 1_000;
  return { type: 'real', now: () => ++time, advanceTo: () => {} };
}

it.each([
  ['answers in the step that asks', () => ({ ok: true as const, value: 'at once' })],
  ['answers later', async () => ({ ok: true as const, value: 'later' })],
])('a host under the real clock comes again from its log, timers, times and answers: a connector %s', async (_how, oracle) => {
  const log: InputEntry[] = [];
  const machines = [diarist as Machine];
  const host = new Host({ machines, adapters: [{ service: 'oracle', connectors: { oracle } }], clock: restlessClock(), seed: [1, 2, 3, 4], onInput: (entry) => log.push(entry) });
  host.spawn('test:diarist', 'd', 'begin');
  await host.ended('d');
  const again = new Host({ machines, clock: virtualClock(0), seed: [1, 2, 3, 4] });
  again.replay(JSON.parse(JSON.stringify(log)) as InputLog);
  expect(log.map(({ type }) => type)).toContain('timers');
  expect(again.isEnded('d')).toBe(true);
  expect(again.journalOf('d')).toEqual(host.journalOf('d'));
  expect([...again.recordsOf('d')]).toEqual([...host.recordsOf('d')]);
  host.close();
});
