import type { Crypto } from '../crypto.ts';
import type { EpochMs } from '../clock.ts';
import type { Json } from '../json.ts';
import type { Machine, Message, RecordChange, Step } from '../machine.ts';
import { assertPlainJson } from './plain-json.ts';

/** A message, and the host's time when it is delivered. */
export interface Delivery {
  readonly message: Message;
  readonly now: EpochMs;
}

export interface MachineUnderContract {
  /** Makes the machine anew, sharing nothing with the last one. */
  readonly machine: () => Machine;
  /** What a host delivered to one machine, in order; the first message gives birth to it. */
  readonly script: readonly Delivery[];
  readonly crypto: Crypto;
}

/** Long scripts are asked for all their records now and then only. */
const RECORDS_EVERY = 50;

/** What a step let out, as text. */
interface Letter {
  readonly step: string;
  readonly changes: string;
}

/**
 * Holds a machine to its contract over a script of messages:
 *
 * 1. Equal messages at equal times give equal effects, journal and changes, byte for byte.
 * 2. At any point the records, as JSON text and in any order, load into a state that goes on as if nothing had happened.
 * 3. Changes are complete: together they are the records.
 * 4. Effects, journal and records are plain JSON, and what was let out never changes afterwards.
 * 5. Messages are not changed.
 *
 * @throws Error naming the broken rule and the step
 */
export function checkMachineContract({ machine, script, crypto }: MachineUnderContract): void {
  const frozen = script.map(({ message, now }) => ({ message: deepFreeze(JSON.parse(JSON.stringify(message)) as Message), now }));
  const first = runUncut(machine(), frozen, crypto);
  expectSame(runUncut(machine(), frozen, crypto), first, 'The second run differs from the first');
  for (const order of [inOrder, sorted, reversed]) {
    expectSame(runCut(machine, frozen, crypto, order), first, `Saved and loaded (${order.name}) after every step, the machine goes on differently`);
  }
}

function runUncut(machine: Machine, script: readonly Delivery[], crypto: Crypto): Letter[] {
  const state = machine.load(new Map());
  const records = new Map<string, string>();
  const letOut: { readonly step: Step; readonly changes: readonly RecordChange[]; readonly letter: Letter }[] = [];
  script.forEach(({ message, now }, index) => {
    const step = machine.step(state, message, { now, crypto });
    const changes = machine.changes(state);
    assertPlainJson(step.effects, `Effects of step ${index}`);
    assertPlainJson(step.journal, `Journal of step ${index}`, true);
    for (const [key, value] of changes) if (value !== undefined) assertPlainJson(value, `Record '${key}' after step ${index}`);
    letOut.push({ step: { effects: [...step.effects], journal: [...step.journal] }, changes, letter: letterOf(step, changes) });
    applyChanges(records, changes);
    if (index < RECORDS_EVERY || index % RECORDS_EVERY === 0 || index === script.length - 1) expectRecords(machine, state, records, index);
  });
  letOut.forEach(({ step, changes, letter }, index) => {
    const now = letterOf(step, changes);
    if (now.step !== letter.step) throw new Error(`What step ${index} let out was changed afterwards: ${difference(letter.step, now.step)}`);
  });
  return letOut.map(({ letter }) => letter);
}

function runCut(machine: () => Machine, script: readonly Delivery[], crypto: Crypto, order: typeof inOrder): Letter[] {
  const records = new Map<string, string>();
  return script.map(({ message, now }) => {
    const fresh = machine();
    const state = fresh.load(new Map(order([...records]).map(([key, text]) => [key, JSON.parse(text) as Json])));
    const step = fresh.step(state, message, { now, crypto });
    const changes = fresh.changes(state);
    applyChanges(records, changes);
    return letterOf(step, changes);
  });
}

/** The records of a live state are those that its changes have told of. */
function expectRecords(machine: Machine, state: unknown, told: ReadonlyMap<string, string>, index: number): void {
  const whole = [...machine.records(state)].map(([key, value]) => [key, JSON.stringify(value)] as const);
  const expected = JSON.stringify(sorted([...told]));
  const actual = JSON.stringify(sorted(whole));
  if (actual !== expected) throw new Error(`After step ${index} the records are not what changes told: ${difference(expected, actual)}`);
}

type Entries = (readonly [key: string, text: string])[];

const inOrder = (entries: Entries): Entries => entries;
const sorted = (entries: Entries): Entries => entries.sort(([a], [b]) => (a < b ? -1 : 1));
const reversed = (entries: Entries): Entries => entries.reverse();

function letterOf({ effects, journal }: Step, changes: readonly RecordChange[]): Letter {
  // The order in which a step names its records is its own business; that a record is gone must be said.
  const named = changes.map(([key, value]): [string, string] => [key, value === undefined ? 'gone' : JSON.stringify(value)]);
  return { step: JSON.stringify({ effects, journal }), changes: JSON.stringify(sorted(named)) };
}

function applyChanges(records: Map<string, string>, changes: readonly RecordChange[]): void {
  for (const [key, value] of changes) {
    if (value === undefined) records.delete(key);
    else records.set(key, JSON.stringify(value));
  }
}

function expectSame(actual: readonly Letter[], expected: readonly Letter[], problem: string): void {
  expected.forEach((letter, index) => {
    for (const part of ['step', 'changes'] as const) {
      if (actual[index]?.[part] !== letter[part]) {
        throw new Error(`${problem}: ${part} ${index}: ${difference(letter[part], actual[index]?.[part] ?? '')}`);
      }
    }
  });
}

/** The first place where two texts part, with what stands around it. */
function difference(expected: string, actual: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  const from = Math.max(0, at - 60);
  return `expected …${expected.slice(from, at + 120)}… but got …${actual.slice(from, at + 120)}…`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
