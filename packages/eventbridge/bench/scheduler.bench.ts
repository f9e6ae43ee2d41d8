import { createCloud, type Cloud } from 'interstate';

const SCHEDULES = 1_000_000;
const FEWER = 200_000;
const AT_ONCE = 1_000;
const FIRST = Date.UTC(2100, 0, 1);
const Arn = 'arn:aws:sqs:us-east-1:123456789012:reminders';
const RoleArn = 'arn:aws:iam::123456789012:role/scheduler';
const limits = { schedules: 10_000_000 };

const HALF_MINUTE_MS = 30_000;
const DAY_HALF_MINUTES = 2880;
const isoOf = (halfMinutes: number): string => new Date(FIRST + halfMinutes * HALF_MINUTE_MS).toISOString();
/** Texts are put together from halves made before, so that writing times is no part of what is measured. */
const DATES = Array.from({ length: Math.ceil(SCHEDULES / DAY_HALF_MINUTES) }, (_, day) => `at(${isoOf(day * DAY_HALF_MINUTES).slice(0, 10)}`);
const TIMES = Array.from({ length: DAY_HALF_MINUTES }, (_, halfMinutes) => `${isoOf(halfMinutes).slice(10, 19)})`);

/** When a reminder is due, in half minutes: all over the year, in no order. */
const halfMinutesOf = (index: number): number => (index * 7919) % SCHEDULES;
const timeOf = (index: number): number => FIRST + halfMinutesOf(index) * HALF_MINUTE_MS;
const nameOf = (index: number): string => `reminder-${index}`;
const inputOf = (index: number): string => `{"user":${index},"text":"Time to water the plants."}`;
const expressionOf = (index: number): string => DATES[Math.floor(halfMinutesOf(index) / DAY_HALF_MINUTES)]! + TIMES[halfMinutesOf(index) % DAY_HALF_MINUTES]!;

async function fill({ scheduler }: Cloud, count: number): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const created: Promise<unknown>[] = [];
    for (let index = from; index < from + AT_ONCE; index++) {
      created.push(scheduler.createSchedule({ Name: nameOf(index), ScheduleExpression: expressionOf(index), FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn, RoleArn, Input: inputOf(index) } }));
    }
    await Promise.all(created);
  }
}

async function insertThroughClient(): Promise<void> {
  const cloud = createCloud({ clock: 'virtual', scheduler: { limits } });
  await fill(cloud, SCHEDULES);
  cloud.close();
}

interface Reminder {
  readonly at: number;
  readonly name: string;
  readonly input: string;
}

/** A binary heap by hand. */
class Heap {
  readonly entries: Reminder[] = [];

  add(entry: Reminder): void {
    const { entries } = this;
    let index = entries.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (entries[parent]!.at <= entry.at) break;
      entries[index] = entries[parent]!;
      index = parent;
    }
    entries[index] = entry;
  }
}

function insertIntoHeap(): number {
  const heap = new Heap();
  for (let index = 0; index < SCHEDULES; index++) heap.add({ at: timeOf(index), name: nameOf(index), input: inputOf(index) });
  return heap.entries.length;
}

/** What one would write: reads the time, refuses a name that is taken, keeps it in a heap, answers with a promise. */
async function insertByHand(): Promise<void> {
  const byName = new Map<string, Reminder>();
  const heap = new Heap();
  const create = async ({ Name, ScheduleExpression, Target }: { readonly Name: string; readonly ScheduleExpression: string; readonly Target: { readonly Input: string } }): Promise<object> => {
    if (byName.has(Name)) throw new Error('Taken.');
    const reminder = { at: Date.parse(`${ScheduleExpression.slice(3, -1)}Z`), name: Name, input: Target.Input };
    byName.set(Name, reminder);
    heap.add(reminder);
    return { ScheduleArn: `arn:aws:scheduler:us-east-1:123456789012:schedule/default/${Name}` };
  };
  for (let from = 0; from < SCHEDULES; from += AT_ONCE) {
    const created: Promise<unknown>[] = [];
    for (let index = from; index < from + AT_ONCE; index++) created.push(create({ Name: nameOf(index), ScheduleExpression: expressionOf(index), Target: { Input: inputOf(index) } }));
    await Promise.all(created);
  }
}

const heapUsed = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/** Bytes that a schedule takes beyond the texts that are its own. */
async function bytesEach(): Promise<number> {
  const before = heapUsed();
  const cloud = createCloud({ clock: 'virtual', scheduler: { limits } });
  await fill(cloud, FEWER);
  const taken = heapUsed() - before;
  let payload = 0;
  for (let index = 0; index < FEWER; index++) payload += nameOf(index).length + expressionOf(index).length + inputOf(index).length;
  cloud.close();
  return (taken - payload) / FEWER;
}

/** Pages of 20 out of so many, from anywhere. */
function listing(count: number): () => Promise<void> {
  let ready: Promise<Cloud> | undefined;
  const prepare = async (): Promise<Cloud> => {
    const cloud = createCloud({ clock: 'virtual', scheduler: { limits } });
    await fill(cloud, count);
    return cloud;
  };
  return async () => {
    const { scheduler } = await (ready ??= prepare());
    let NextToken: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const listed = await scheduler.listSchedules({ GroupName: 'default', MaxResults: 20, NextToken });
      if (listed.Schedules.length !== 20) throw new Error(`A page holds ${listed.Schedules.length} schedules.`);
      ({ NextToken } = listed);
    }
  };
}

const PAGES = 40;
/** Milliseconds that are watched in idleness; a whole minute says the same. */
const { IDLE_MS: idleMs } = process.env;
const WATCHED_MS = Number(idleMs ?? 2000);

/** Milliseconds of CPU per second of doing nothing. */
function idling(count: number): () => Promise<number> {
  let ready: Promise<Cloud> | undefined;
  const prepare = async (): Promise<Cloud> => {
    const cloud = createCloud({ scheduler: { limits } });
    await fill(cloud, count);
    globalThis.gc?.();
    return cloud;
  };
  return async () => {
    await (ready ??= prepare());
    // What was begun is done; garbage of the filling is gone.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / WATCHED_MS;
  };
}

export const benches = [
  {
    id: 'schedules-insert',
    work: '1,000,000 one-time schedules created through the client, against a map and a heap by hand behind a promise',
    unit: 'schedules/s',
    floor: 0.2,
    count: SCHEDULES,
    ours: insertThroughClient,
    peer: insertByHand,
  },
  {
    id: 'schedules-insert-bare',
    work: 'the same against bare insertions into a heap',
    unit: 'schedules/s',
    floor: 0.2,
    count: SCHEDULES,
    ours: insertThroughClient,
    peer: insertIntoHeap,
  },
  {
    id: 'schedules-memory',
    work: 'bytes of an idle schedule beyond its own texts, against 500',
    unit: 'bytes/schedule',
    floor: 1,
    count: 1,
    better: 'lower' as const,
    measure: 'custom' as const,
    ours: bytesEach,
    peer: () => 500,
  },
  {
    id: 'schedules-list',
    work: 'pages of 20 of 1,000,000 schedules, against pages of 1,000',
    unit: 'pages/s',
    floor: 0.5,
    count: PAGES,
    ours: listing(SCHEDULES),
    peer: listing(1_000),
  },
  {
    id: 'schedules-idle',
    work: 'CPU of 1,000,000 idle schedules under the real clock, against a process without any',
    unit: 'CPU ms/s',
    count: 1,
    better: 'lower' as const,
    measure: 'custom' as const,
    ours: idling(SCHEDULES),
    peer: idling(0),
  },
];
