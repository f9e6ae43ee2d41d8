import type { EpochMs } from '../clock.ts';
import type { Crypto } from '../crypto.ts';
import type { Json } from '../json.ts';
import type { Address, Effect, Machine, Message, Outcome } from '../machine.ts';
import type { Delivery } from './machine-contract.ts';

/** How a call to the outside ends, and after how long (default: at once); and news for a machine after that, as of a callback. Undefined: never. */
export type Answer = { readonly outcome: Outcome; readonly afterMs?: number; readonly notice?: Late<Json> } | undefined;

interface Late<T> {
  readonly to: Address;
  readonly value: T;
  /** Counted from the call. */
  readonly afterMs: number;
}

export interface TinyHostOptions {
  /** Makes the machines anew; asked again before every step where `cut` is set. */
  readonly machines: () => readonly Machine[];
  readonly crypto: Crypto;
  /** Answers calls to addresses no machine lives at. */
  readonly answer?: (request: Json, to: Address) => Answer;
  /** Addresses that machines answer for others, e.g. a Task resource that a directory answers. */
  readonly forwards?: Readonly<Record<Address, Address>>;
  /** Saves every machine as JSON text after each step, and loads it before the next. */
  readonly cut?: boolean;
  /** Where the virtual clock starts (default: 2026-01-01T00:00:00Z). */
  readonly startTime?: EpochMs;
}

/** A synchronous host with a virtual clock: no promise, no platform. Enough to hold another host against. */
export interface TinyHost {
  spawn(kind: string, address: Address, notice: Json): void;
  call(to: Address, request: Json): string;
  notify(to: Address, notice: Json): void;
  /** Delivers messages and lets time pass until nothing but housekeeping is left. False where the steps do not suffice. */
  run(maxSteps?: number): boolean;
  journalOf(address: Address): readonly unknown[];
  /** Everything delivered to a machine, in order. */
  scriptOf(address: Address): readonly Delivery[];
  stateOf(address: Address): unknown;
  isEnded(address: Address): boolean;
  readonly machines: Iterable<readonly [address: Address, kind: string]>;
  /** Every effect, in order. */
  readonly effects: readonly (readonly [from: Address, effect: Effect])[];
  /** Answers to calls from outside, by the name `call` gave. */
  readonly replies: ReadonlyMap<string, Outcome>;
  now(): EpochMs;
}

interface Tenant {
  readonly kind: string;
  state: unknown;
  readonly records: Map<string, string>;
  readonly journal: unknown[];
  readonly script: Delivery[];
  readonly calls: Map<string, Address>;
  ended: boolean;
}

interface Due {
  readonly at: EpochMs;
  readonly sequence: number;
  readonly to: Address;
  readonly message: Message;
  readonly housekeeping: boolean;
}

const OUTSIDE = 'outside';

export function createTinyHost({ machines, crypto, answer, forwards = {}, cut = false, startTime = Date.UTC(2026, 0, 1) }: TinyHostOptions): TinyHost {
  const once = machines();
  const kindOf = (kind: string, all = once): Machine => {
    const machine = all.find((candidate) => candidate.kind === kind);
    if (!machine) throw new Error(`No machine of kind '${kind}'.`);
    return machine;
  };
  const tenants = new Map<Address, Tenant>();
  const timers = new Map<string, Due>();
  const arriving: Due[] = [];
  const effects: [Address, Effect][] = [];
  const replies = new Map<string, Outcome>();
  let queue: { readonly to: Address; readonly message: Message }[] = [];
  let now = startTime;
  let sequence = 0;

  const settle = (kind: string, address: Address): void => {
    if (tenants.has(address)) return;
    tenants.set(address, { kind, state: cut ? undefined : kindOf(kind).load(new Map()), records: new Map(), journal: [], script: [], calls: new Map(), ended: false });
  };

  const arrive = (to: Address, message: Message, afterMs: number): void => {
    if (afterMs === 0) queue.push({ to, message });
    else arriving.push({ at: now + afterMs, sequence: sequence++, to, message, housekeeping: false });
  };

  const perform = (from: Address, tenant: Tenant, effect: Effect): void => {
    switch (effect.type) {
      case 'timer':
        timers.set(`${from}\n${effect.key}`, {
          at: effect.at,
          sequence: sequence++,
          to: from,
          message: { type: 'timer', key: effect.key },
          housekeeping: effect.housekeeping ?? false,
        });
        return;
      case 'clearTimer':
        return void timers.delete(`${from}\n${effect.key}`);
      case 'call': {
        const to = forwards[effect.to] ?? effect.to;
        tenant.calls.set(effect.callId, to);
        if (tenants.has(to)) return void queue.push({ to, message: { type: 'call', replyTo: { address: from, callId: effect.callId }, request: effect.request } });
        const answered = answer?.(effect.request, effect.to);
        if (!answered) return;
        const { outcome, afterMs = 0, notice } = answered;
        arrive(from, { type: 'reply', callId: effect.callId, outcome }, afterMs);
        if (notice) arrive(notice.to, { type: 'notice', from: OUTSIDE, notice: notice.value }, notice.afterMs);
        return;
      }
      case 'cancel': {
        const to = tenant.calls.get(effect.callId);
        tenant.calls.delete(effect.callId);
        if (to !== undefined && tenants.has(to)) queue.push({ to, message: { type: 'cancelled', replyTo: { address: from, callId: effect.callId } } });
        return;
      }
      case 'reply':
        if (effect.to.address === OUTSIDE) return void replies.set(effect.to.callId, effect.outcome);
        return void queue.push({ to: effect.to.address, message: { type: 'reply', callId: effect.to.callId, outcome: effect.outcome } });
      case 'progress':
        return void queue.push({ to: effect.to.address, message: { type: 'progress', callId: effect.to.callId, news: effect.news } });
      case 'notice':
        return void queue.push({ to: effect.to, message: { type: 'notice', from, notice: effect.notice } });
      case 'spawn':
        settle(effect.kind, effect.address);
        return void queue.push({ to: effect.address, message: { type: 'notice', from, notice: effect.notice } });
      case 'continue':
        return void queue.push({ to: from, message: { type: 'continue' } });
      case 'ended':
        tenant.ended = true;
        return;
      case 'resumed':
        tenant.ended = false;
        return;
      default:
        return effect satisfies never;
    }
  };

  const deliver = (to: Address, message: Message): void => {
    const tenant = tenants.get(to);
    if (!tenant) return;
    if (message.type === 'reply' && !tenant.calls.delete(message.callId)) return;
    tenant.script.push({ message, now });
    const machine = cut ? kindOf(tenant.kind, machines()) : kindOf(tenant.kind);
    if (cut) tenant.state = machine.load(new Map([...tenant.records].map(([key, text]) => [key, JSON.parse(text) as Json])));
    const step = machine.step(tenant.state, message, { now, crypto });
    if (cut) {
      for (const [key, value] of machine.changes(tenant.state)) {
        if (value === undefined) tenant.records.delete(key);
        else tenant.records.set(key, JSON.stringify(value));
      }
    }
    tenant.journal.push(...step.journal);
    for (const effect of step.effects) {
      effects.push([to, effect]);
      perform(to, tenant, effect);
    }
  };

  /** Lets time pass to what is due next; everything due at that moment goes into the queue. */
  const letTimePass = (): boolean => {
    const all = [...timers.values(), ...arriving];
    if (!all.some(({ housekeeping, to }) => !housekeeping && !tenants.get(to)?.ended)) return false;
    now = Math.max(now, Math.min(...all.map(({ at }) => at)));
    const due = all.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at || a.sequence - b.sequence);
    for (const { to, message } of due) queue.push({ to, message });
    for (const [key, timer] of timers) if (timer.at <= now) timers.delete(key);
    arriving.splice(0, arriving.length, ...arriving.filter(({ at }) => at > now));
    return true;
  };

  return {
    spawn(kind, address, notice) {
      settle(kind, address);
      queue.push({ to: address, message: { type: 'notice', from: OUTSIDE, notice } });
    },
    call(to, request) {
      const callId = String(sequence++);
      queue.push({ to, message: { type: 'call', replyTo: { address: OUTSIDE, callId }, request } });
      return callId;
    },
    notify: (to, notice) => void queue.push({ to, message: { type: 'notice', from: OUTSIDE, notice } }),
    run(maxSteps = 100_000) {
      let steps = 0;
      do {
        const batch = queue;
        queue = [];
        for (const [index, { to, message }] of batch.entries()) {
          if (steps++ >= maxSteps) {
            queue = [...batch.slice(index), ...queue];
            return false;
          }
          deliver(to, message);
        }
      } while (queue.length > 0 || letTimePass());
      return true;
    },
    journalOf: (address) => tenants.get(address)?.journal ?? [],
    scriptOf: (address) => tenants.get(address)?.script ?? [],
    stateOf: (address) => tenants.get(address)?.state,
    isEnded: (address) => tenants.get(address)?.ended ?? false,
    machines: {
      *[Symbol.iterator]() {
        for (const [address, { kind }] of tenants) yield [address, kind] as const;
      },
    },
    effects,
    replies,
    now: () => now,
  };
}
