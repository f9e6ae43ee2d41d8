import { createRandom, RecordMap, type EpochMs, type Json, type JsonObject, type RandomState } from '@interstate/kernel';
import { DueQueue, isSealed, type RecordSeal, type SealedRecord } from '@interstate/service-kit';
import { NameList } from './name-list.ts';
import { isHousekeeping, type Schedule } from './schedule.ts';
import { ScheduleTable } from './schedule-table.ts';

/*
 * Records of a group, by key: a schedule under its name; `#delivery:<n>` an invocation that is not over; `#token:<slot>` the token
 * of a DeleteSchedule; `#root`. No schedule's name has a #.
 */
export const ROOT = '#root';
export const deliveryKey = (number: number | string): string => `#delivery:${number}`;

/** An invocation on its way: being tried, waiting for its next attempt, or on its way to the dead-letter queue. */
export interface DeliveryRecord {
  readonly schedule: string;
  /** The schedule's number. */
  readonly of: number;
  /** As it was when the schedule fired. */
  readonly target: JsonObject;
  readonly scheduledAt: EpochMs;
  readonly startedAt: EpochMs;
  readonly executionId: string;
  /** Of its schedule. */
  readonly kmsKeyArn?: string;
  /** Attempts begun. */
  readonly attempt: number;
  /** When it is tried again. */
  readonly dueAt?: EpochMs;
  /** It failed for good, and goes to the dead-letter queue. */
  readonly failure?: { readonly error: string; readonly reason: string };
}

export interface GroupRoot {
  name: string;
  status: 'ACTIVE' | 'DELETING' | 'GONE';
  random: RandomState;
  /** Schedules there were ever; invocations begun. */
  numbers: number;
  invocations: number;
  /** Tokens of deletions remembered so far. */
  tokens: number;
  /** What the two timers are set to. */
  pressingAt: EpochMs | null;
  housekeepingAt: EpochMs | null;
}

export interface GroupState {
  readonly schedules: ScheduleTable;
  /** All else that is kept but the root, which every step changes. */
  readonly records: RecordMap;
  readonly root: GroupRoot;
  /** Somebody waits for these: schedules that end, and second attempts. */
  readonly pressing: DueQueue;
  readonly retries: DueQueue;
  /** Schedules that recur for ever. */
  readonly housekeeping: DueQueue;
  /** In order; made when it is first asked for. */
  names: NameList | undefined;
  /** Invocations not over, by number of the schedule. */
  readonly inFlight: Map<number, number>;
  /** Of the schedules' ARNs; made when it is first needed. */
  arnPrefix: string | undefined;
  /** Records that were loaded in cipher text; the first step opens them. */
  readonly sealed: Map<string, SealedRecord>;
  seal: RecordSeal | undefined;
}

export function loadGroup(saved: ReadonlyMap<string, Json>): GroupState {
  const schedules = new ScheduleTable();
  const records = new RecordMap();
  const isDue = (housekeeping: boolean) => (name: string, at: EpochMs): boolean => {
    const schedule = schedules.get(name);
    return schedule !== undefined && schedule.dueAt === at && isHousekeeping(schedule) === housekeeping;
  };
  const root = saved.get(ROOT) as unknown as GroupRoot | undefined;
  const state: GroupState = {
    schedules,
    records,
    root: root ? { ...root, random: [...root.random] } : { name: '', status: 'ACTIVE', random: createRandom([0, 0, 0, 0]), numbers: 0, invocations: 0, tokens: 0, pressingAt: null, housekeepingAt: null },
    pressing: new DueQueue(isDue(false)),
    retries: new DueQueue((key, at) => (records.get(key) as { readonly dueAt?: EpochMs } | undefined)?.dueAt === at),
    housekeeping: new DueQueue(isDue(true)),
    names: undefined,
    inFlight: new Map(),
    arnPrefix: undefined,
    sealed: new Map(),
    seal: undefined,
  };
  schedules.seed(state.root.random);
  for (const [key, value] of saved) {
    if (isSealed(value)) state.sealed.set(key, value);
    else if (key !== ROOT) keepRecord(state, key, value);
  }
  return state;
}

/** Takes in a record that was saved. */
export function keepRecord(state: GroupState, key: string, value: Json): void {
  if (!key.startsWith('#')) return writeSchedule(state, key, value as unknown as Schedule);
  state.records.set(key, value);
  if (!key.startsWith('#delivery:')) return;
  const { of, dueAt } = value as unknown as DeliveryRecord;
  state.inFlight.set(of, (state.inFlight.get(of) ?? 0) + 1);
  if (dueAt !== undefined) state.retries.add(dueAt, key);
}

export function rootRecord({ root }: GroupState): Json {
  return { ...root, random: [...root.random] };
}

/** Names of the schedules, in order. */
export function namesOf(state: GroupState): NameList {
  return (state.names ??= new NameList(state.schedules.names()));
}

/** Puts a schedule in its place. @param before the one of its name that was there */
export function writeSchedule(state: GroupState, name: string, schedule: Schedule, before?: Schedule): void {
  state.schedules.set(name, schedule);
  if (!before) state.names?.add(name);
  else if (before.dueAt === schedule.dueAt && isHousekeeping(before) === isHousekeeping(schedule)) return;
  else if (before.dueAt !== undefined) queueOf(state, before).outdate();
  if (schedule.dueAt !== undefined) queueOf(state, schedule).add(schedule.dueAt, name);
}

export function removeSchedule(state: GroupState, name: string): void {
  const schedule = state.schedules.get(name);
  if (!schedule) return;
  state.schedules.delete(name);
  state.names?.remove(name);
  if (schedule.dueAt !== undefined) queueOf(state, schedule).outdate();
}

/** Removes so many records, schedules first, always in the same order. True where some are left. */
export function clearSome(state: GroupState, count: number): boolean {
  const { records } = state;
  const some: string[] = [];
  for (const name of namesOf(state).from('')) if (some.push(name) === count) break;
  for (const name of some) removeSchedule(state, name);
  if (some.length > 0) return true;
  const others = [...records.all().keys()].sort();
  for (const key of others.slice(0, count)) records.delete(key);
  state.inFlight.clear();
  return others.length > count;
}

function queueOf(state: GroupState, schedule: Schedule): DueQueue {
  return isHousekeeping(schedule) ? state.housekeeping : state.pressing;
}
