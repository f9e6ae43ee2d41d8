import type { Address, EpochMs, Json, Machine } from '@interstate/kernel';
import { HostCall } from './host-call.ts';
import type { Journal } from './journal.ts';
import type { OpenCalls } from './open-calls.ts';
import type { Timer } from './timer-queue.ts';

/** A machine that lives in a host. */
export interface Instance {
  readonly address: Address;
  readonly machine: Machine;
  /** Undefined while it is only in the store. */
  state: unknown;
  /** Its timers, as a chain: there are few. */
  timer: Timer<Instance> | null;
  /** Null until the first. */
  calls: OpenCalls | null;
  /** Last sequence number taken from each sender; kept where messages may come twice. */
  inbox: Map<Address, number> | null;
  journal: Journal;
  ended: boolean;
  /** Who waits for the end. */
  endListeners: (() => void)[];
}

/** Shared by machines that nobody waits for, or that have no journal; never changed. */
export const NOBODY: never[] = [];

/** What the host keeps for a machine beside its records, as JSON. */
export interface Bookkeeping {
  readonly timers: readonly (readonly [key: string, at: EpochMs, housekeeping: boolean])[];
  /** With the request where a connector answers: it is asked again when the machine comes back. */
  readonly calls: readonly (readonly [callId: string, to: Address, request: Json])[];
  readonly ended: boolean;
}

export function bookkeepingOf(instance: Instance): Json {
  const bookkeeping: Bookkeeping = {
    timers: timersOf(instance).map(({ key, at, kind }) => [key, at, kind === 'housekeeping']),
    calls: [...(instance.calls ?? [])].map((call) => [call.callId, call.to, call instanceof HostCall ? call.request : null]),
    ended: instance.ended,
  };
  return bookkeeping as unknown as Json;
}

export function timersOf(instance: Instance): Timer<Instance>[] {
  const timers: Timer<Instance>[] = [];
  for (let timer = instance.timer; timer !== null; timer = timer.next) timers.push(timer);
  return timers;
}

export function addTimer(instance: Instance, timer: Timer<Instance>): void {
  timer.next = instance.timer;
  instance.timer = timer;
}

/** Takes the timer of a key out of the chain; undefined where there is none. */
export function takeTimer(instance: Instance, key: string): Timer<Instance> | undefined {
  let before: Timer<Instance> | null = null;
  for (let timer = instance.timer; timer !== null; timer = timer.next) {
    if (timer.key === key) {
      if (before === null) instance.timer = timer.next;
      else before.next = timer.next;
      return timer;
    }
    before = timer;
  }
  return undefined;
}
