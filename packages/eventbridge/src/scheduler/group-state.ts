import { createRandom, RecordMap, type EpochMs, type Json, type JsonObject, type RandomState } from '@interstate/kernel';
import { DueHeap } from './due-heap.ts';
import { NameList } from './name-list.ts';

/*
 * Records of a group, by key: a schedule under its name; `#delivery:<n>` an invocation that is not over; `#token:<slot>` the token
 * of a DeleteSchedule; `#root`. No schedule's name has a #.
 */
export const ROOT = '#root';
export const deliveryKey = (number: number | string): string => `#delivery:${number}`;

/** A schedule; what has its default is left out. Times are milliseconds since 1970. */
export interface ScheduleRecord {
  /** Counts the group's schedules, those gone included: another of the same name has another. */
  readonly number: number;
  readonly expression: string;
  readonly target: JsonObject;
  readonly createdAt: EpochMs;
  readonly modifiedAt?: EpochMs;
  /** When it is invoked next; absent where it never is. */
  readonly dueAt?: EpochMs;
  /** The time its expression names for that, where it has a flexible window. */
  readonly scheduledAt?: EpochMs;
  /** What a rate is counted from, where it is not the creation. */
  readonly anchor?: EpochMs;
  readonly timeZone?: string;
  readonly start?: EpochMs;
  readonly end?: EpochMs;
  readonly description?: string;
  readonly kmsKeyArn?: string;
  readonly disabled?: true;
  readonly windowMinutes?: number;
  readonly deleteAfter?: true;
  readonly token?: string;
}

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
  /** Schedules there are, and were ever; invocations begun. */
  schedules: number;
  numbers: number;
  invocations: number;
  /** Tokens of deletions remembered so far. */
  tokens: number;
  /** What the two timers are set to. */
  pressingAt: EpochMs | null;
  housekeepingAt: EpochMs | null;
}

export interface GroupState {
  readonly records: RecordMap;
  readonly root: GroupRoot;
  /** Somebody waits for these: schedules that end, and second attempts. */
  readonly pressing: DueHeap;
  readonly retries: DueHeap;
  /** Schedules that recur for ever. */
  readonly housekeeping: DueHeap;
  readonly names: NameList;
  /** Invocations not over, by number of the schedule. */
  readonly inFlight: Map<number, number>;
}

/** Recurring without an end: nobody waits for that, and no run is kept alive by it. */
export function isHousekeeping({ expression, end }: ScheduleRecord): boolean {
  return end === undefined && !expression.startsWith('at(');
}

export function readSchedule(records: RecordMap, name: string): ScheduleRecord | undefined {
  return records.get(name) as unknown as ScheduleRecord | undefined;
}

export function loadGroup(saved: ReadonlyMap<string, Json>): GroupState {
  const records = new RecordMap(saved);
  const isDue = (housekeeping: boolean) => (name: string, at: EpochMs): boolean => {
    const record = readSchedule(records, name);
    return record !== undefined && record.dueAt === at && isHousekeeping(record) === housekeeping;
  };
  const root = saved.get(ROOT) as unknown as GroupRoot | undefined;
  // Kept beside the records, for every step changes it.
  records.delete(ROOT);
  const state: GroupState = {
    records,
    root: root ? { ...root, random: [...root.random] } : { name: '', status: 'ACTIVE', random: createRandom([0, 0, 0, 0]), schedules: 0, numbers: 0, invocations: 0, tokens: 0, pressingAt: null, housekeepingAt: null },
    pressing: new DueHeap(isDue(false)),
    retries: new DueHeap((key, at) => (records.get(key) as { readonly dueAt?: EpochMs } | undefined)?.dueAt === at),
    housekeeping: new DueHeap(isDue(true)),
    names: new NameList([...records.all().keys()].filter((key) => !key.startsWith('#'))),
    inFlight: new Map(),
  };
  for (const [key, value] of records.all()) {
    if (!key.startsWith('#')) addDue(state, key, value as unknown as ScheduleRecord);
    else if (key.startsWith('#delivery:')) {
      const { of, dueAt } = value as unknown as DeliveryRecord;
      state.inFlight.set(of, (state.inFlight.get(of) ?? 0) + 1);
      if (dueAt !== undefined) state.retries.add(key, dueAt);
    }
  }
  return state;
}

export function rootRecord({ root }: GroupState): Json {
  return { ...root, random: [...root.random] };
}

/** Puts a schedule in place of the one of its name, or where none is. */
export function writeSchedule(state: GroupState, name: string, record: ScheduleRecord): void {
  const before = readSchedule(state.records, name);
  state.records.set(name, record as unknown as Json);
  if (before) {
    if (before.dueAt === record.dueAt && isHousekeeping(before) === isHousekeeping(record)) return;
    if (before.dueAt !== undefined) heapOf(state, before).outdate();
  } else {
    state.root.schedules++;
    state.names.add(name);
  }
  addDue(state, name, record);
}

export function removeSchedule(state: GroupState, name: string): void {
  const record = readSchedule(state.records, name);
  if (!record) return;
  state.records.delete(name);
  state.root.schedules--;
  state.names.remove(name);
  if (record.dueAt !== undefined) heapOf(state, record).outdate();
}

/** Removes so many records, schedules first, always in the same order. True where some are left. */
export function clearSome(state: GroupState, count: number): boolean {
  const { records, names } = state;
  const some: string[] = [];
  for (const name of names.from('')) if (some.push(name) === count) break;
  for (const name of some) removeSchedule(state, name);
  if (some.length > 0) return true;
  const others = [...records.all().keys()].sort();
  for (const key of others.slice(0, count)) records.delete(key);
  state.inFlight.clear();
  return others.length > count;
}

function addDue(state: GroupState, name: string, record: ScheduleRecord): void {
  if (record.dueAt !== undefined) heapOf(state, record).add(name, record.dueAt);
}

function heapOf(state: GroupState, record: ScheduleRecord): DueHeap {
  return isHousekeeping(record) ? state.housekeeping : state.pressing;
}
