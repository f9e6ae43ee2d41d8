import type { Crypto } from './crypto.ts';
import type { EpochMs } from './clock.ts';
import type { Json } from './json.ts';

/** Where a machine, a connector or a Task resource is reached: its ARN. */
export type Address = string;

/** What a host hands to every step. A machine reads time and cryptography from here and from nowhere else. */
export interface StepContext {
  readonly now: EpochMs;
  readonly crypto: Crypto;
}

/** A modelled failure, as data: the error name and the cause AWS would give. Absent where AWS leaves it out. */
export interface Failure {
  readonly Error?: string;
  readonly Cause?: string;
}

export type Outcome = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: Failure };

/** Whom to answer: the machine or host promise that called, and the call's name there. */
export interface ReplyTo {
  readonly address: Address;
  readonly callId: string;
}

/**
 * What a host delivers to a machine. Every message is JSON, so that it can be logged, saved and replayed.
 *
 * - `call`: somebody asks for something; the answer is a `reply` effect, now or later.
 * - `reply`: the answer to a `call` effect of this machine. `progress`: news of a call that still runs.
 * - `cancelled`: the caller has withdrawn the call.
 * - `timer`: a timer this machine set is due. `continue`: go on after a spent transition budget.
 * - `notice`: one-way news from another machine.
 */
export type Message =
  | { readonly type: 'call'; readonly replyTo: ReplyTo; readonly request: Json }
  | { readonly type: 'reply'; readonly callId: string; readonly outcome: Outcome }
  | { readonly type: 'progress'; readonly callId: string; readonly news: Json }
  | { readonly type: 'cancelled'; readonly replyTo: ReplyTo }
  | { readonly type: 'timer'; readonly key: string }
  | { readonly type: 'continue' }
  | { readonly type: 'notice'; readonly from: Address; readonly notice: Json };

/**
 * What a machine wants done, as plain data.
 *
 * - `timer`: wake me at `at`; a second timer under the same key replaces the first. `housekeeping` timers keep no run alive.
 * - `call`: ask an address; `cancel` withdraws the call.
 * - `reply` answers a call; `progress` tells the caller something before the answer.
 * - `notice`: tell an address something.
 * - `spawn`: a machine of this kind lives at this address from now on, and gets this notice first.
 * - `continue`: the transition budget is spent; step me again after the others.
 * - `ended`: this machine is done; the host may keep its records only as long as retention says. `resumed`: it goes on after all.
 */
export type Effect =
  | { readonly type: 'timer'; readonly key: string; readonly at: EpochMs; readonly housekeeping?: true }
  | { readonly type: 'clearTimer'; readonly key: string }
  | { readonly type: 'call'; readonly to: Address; readonly callId: string; readonly request: Json }
  | { readonly type: 'cancel'; readonly callId: string }
  | { readonly type: 'reply'; readonly to: ReplyTo; readonly outcome: Outcome }
  | { readonly type: 'progress'; readonly to: ReplyTo; readonly news: Json }
  | { readonly type: 'notice'; readonly to: Address; readonly notice: Json }
  | { readonly type: 'spawn'; readonly kind: string; readonly address: Address; readonly notice: Json }
  | { readonly type: 'continue' }
  | { readonly type: 'ended' }
  | { readonly type: 'resumed' };

/** What one step gave: effects to perform in order, and entries to append to the machine's journal (an execution's history). */
export interface Step<Entry = unknown> {
  readonly effects: readonly Effect[];
  readonly journal: readonly Entry[];
}

/** A record of a machine's state that a step has changed; `undefined` where it is gone. */
export type RecordChange = readonly [key: string, value: Json | undefined];

/**
 * A deterministic machine: plain state, advanced by one synchronous function.
 *
 * 1. `step` is a function of state, message and context alone: no clock, no timer, no promise, no platform object.
 * 2. `load(all records saved so far)` gives a state that goes on as if nothing had happened.
 * 3. `changes` names the records touched by the last step; their bytes do not grow with the number of records.
 * 4. State may be changed in place by `step` and by nothing else.
 */
export interface Machine<State = unknown, Entry = unknown> {
  /** Unique among the machines of a host, e.g. `states:execution`. */
  readonly kind: string;
  /** The state these records hold; a new-born state where there are none. */
  load(records: ReadonlyMap<string, Json>): State;
  step(state: State, message: Message, context: StepContext): Step<Entry>;
  /** How many journal entries a host keeps of one machine at least; older ones may go. Default: all. */
  readonly keptEntries?: number;
  /** The records touched by the last step. A host that keeps them asks after every step. */
  changes(state: State): RecordChange[];
  /** Every record of the state: what `load` needs. */
  records(state: State): ReadonlyMap<string, Json>;
}
