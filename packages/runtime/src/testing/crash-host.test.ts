import type { ConnectorCall, Json, Machine, Outcome } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { Host } from '../host.ts';
import { virtualClock } from '../clock.ts';
import type { HostOptions } from '../host-options.ts';
import { MemoryStore } from '../store.ts';
import { crashing } from './index.ts';

/** Asks a connector so many times, one after the other, and writes down the answers. `remembers` where it should not. */
function asker(remembers = false): Machine<{ asked: number; kept: number }> {
  return {
    kind: 'test:asker',
    load: (records) => ({ asked: (records.get('asked') as number | undefined) ?? 0, kept: remembers ? 0 : ((records.get('asked') as number | undefined) ?? 0) }),
    step(state, message) {
      if (message.type !== 'notice' && message.type !== 'reply') return { effects: [], journal: [] };
      const journal = [message.type === 'reply' ? (message.outcome as { value: Json }).value : 'begin', state.kept];
      if (state.asked === 3) return { effects: [{ type: 'ended' }], journal };
      state.asked++;
      state.kept++;
      return { effects: [{ type: 'call', to: 'outside-world', callId: String(state.asked), request: state.asked }], journal };
    },
    changes: ({ asked }) => [['asked', asked]],
    records: ({ asked }) => new Map([['asked', asked]]),
  };
}

async function journalOf(machine: Machine, options: Partial<HostOptions> = {}): Promise<{ journal: readonly unknown[]; calls: number }> {
  let calls = 0;
  const connector = ({ request }: ConnectorCall): Outcome => {
    calls++;
    return { ok: true, value: request };
  };
  const host = new Host({ machines: [machine], adapters: [{ service: 'test', connectors: { 'outside-world': connector } }], clock: virtualClock(), seed: [1, 2, 3, 4], ...options });
  host.spawn('test:asker', 'a', null);
  await host.runUntil(() => host.isEnded('a'));
  return { journal: host.journalOf('a'), calls };
}

describe('a store', () => {
  const stored = (): { host: Host; store: MemoryStore } => {
    const store = new MemoryStore();
    const host = new Host({ machines: [asker() as Machine], adapters: [{ service: 'test', connectors: { 'outside-world': () => ({ ok: true, value: 1 }) } }], clock: virtualClock(), store });
    host.spawn('test:asker', 'a', null);
    return { host, store };
  };

  it('keeps nothing of a machine that is forgotten, though it be at the moment it ends', async () => {
    const { host, store } = stored();
    await host.runUntil(() => host.isEnded('a'));
    expect(store.load('a')).toBeDefined();
    host.forget('a');
    expect(store.load('a')).toBeUndefined();
    const other = stored();
    other.host.whenEnded('a', () => other.host.forget('a'));
    await other.host.runUntilIdle();
    expect(other.host.has('a')).toBe(false);
    expect(other.store.load('a')).toBeUndefined();
  });

  it('keeps what it has when its host closes: another host goes on', async () => {
    const { host, store } = stored();
    await host.runUntil(() => host.isEnded('a'));
    const kept = store.load('a');
    host.close();
    expect(store.load('a')).toEqual(kept);
    expect(host.revive('a')).toBe(true);
    expect(host.isEnded('a')).toBe(true);
  });
});

describe('the crash host', () => {
  it('gives what the host gives, and calls nobody twice', async () => {
    const expected = { journal: ['begin', 0, 1, 1, 2, 2, 3, 3], calls: 3 };
    expect(await journalOf(asker() as Machine)).toEqual(expected);
    expect(await journalOf(asker() as Machine, crashing())).toEqual(expected);
    expect(await journalOf(asker() as Machine, crashing(5))).toEqual(expected);
  });

  it('finds out a machine that keeps something for itself', async () => {
    const kept = await journalOf(asker(true) as Machine);
    expect(await journalOf(asker(true) as Machine, crashing())).not.toEqual(kept);
  });

  it('takes a message once behind interceptors too, and one that an interceptor repeats as another', async () => {
    const seen: string[] = [];
    const through = await journalOf(asker() as Machine, { ...crashing(), interceptors: [(passage, next) => (seen.push(passage.type), next(passage))] });
    expect(through.calls).toBe(3);
    expect(seen.filter((type) => type === 'effect')).toHaveLength(4);
    const twice = await journalOf(asker() as Machine, { interceptors: [(passage, next) => (next(passage), passage.type === 'message' && passage.message.type === 'notice' && next(passage))] });
    expect(twice.journal.filter((entry) => entry === 'begin')).toHaveLength(2);
  });
});
