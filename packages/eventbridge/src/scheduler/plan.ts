import { nextRandom, type EpochMs } from '@interstate/kernel';
import { nextFireTime } from '../schedule/next-fire-time.ts';
import { parseScheduleExpression, type Schedule, type ScheduleFault } from '../schedule/schedule-expression.ts';
import type { GroupContext } from './group-context.ts';
import type { ScheduleRecord } from './group-state.ts';

/** Recurring expressions parsed; beyond these, the memory starts afresh. */
const KEPT = 1000;
const parsed = new Map<string, Schedule | ScheduleFault>();
/** One-time expressions come once, and are asked for twice. */
let last: { readonly expression: string; readonly schedule: Schedule | ScheduleFault } = { expression: '', schedule: parseScheduleExpression('', 'scheduler') };

/** An expression, parsed, or why it is none. */
export function scheduleOf(expression: string): Schedule | ScheduleFault {
  if (last.expression === expression) return last.schedule;
  const isOnce = expression.startsWith('at(');
  const schedule = (isOnce ? undefined : parsed.get(expression)) ?? parseScheduleExpression(expression, 'scheduler');
  if (!isOnce) {
    if (parsed.size >= KEPT) parsed.clear();
    parsed.set(expression, schedule);
  }
  last = { expression, schedule };
  return schedule;
}

export type Unplanned = { -readonly [Name in keyof ScheduleRecord]: ScheduleRecord[Name] };

/** Gives a schedule that was just made or changed its next invocation, if there is one. A rate begins at once, or at its start. */
export function planFirst(context: GroupContext, record: Unplanned): ScheduleRecord {
  const { type } = scheduleOf(record.expression);
  // Times of one-time schedules are whole seconds: the one that runs is not past.
  const after = type === 'at' ? Math.floor(context.now / 1000) * 1000 - 1 : type === 'rate' ? context.now - 1 : context.now;
  return plan(context, record, after);
}

/**
 * A schedule that has fired, with its next invocation. What would have been due while this process was away, or its clock jumped,
 * is not made up for, but for the one that just fired.
 */
export function planNext(context: GroupContext, { dueAt, scheduledAt = dueAt!, ...record }: ScheduleRecord): ScheduleRecord {
  const missed = context.now - (record.windowMinutes ?? 0) * 60_000 - 1;
  return plan(context, record, Math.max(scheduledAt, missed));
}

function plan({ options, state }: GroupContext, record: Unplanned, after: EpochMs): ScheduleRecord {
  if (record.disabled) return record;
  const schedule = scheduleOf(record.expression) as Schedule;
  const { timeZone = 'UTC', end, windowMinutes = 0 } = record;
  const start = record.start ?? (schedule.type === 'rate' ? (record.anchor ?? record.createdAt) : undefined);
  const scheduledAt = nextFireTime(schedule, after, { timeZone, start, end });
  if (scheduledAt === undefined) return record;
  record.dueAt = scheduledAt;
  if (windowMinutes > 0 && options.flexibleWindow === 'random') {
    record.dueAt += Math.floor(nextRandom(state.root.random) * windowMinutes * 60) * 1000;
    record.scheduledAt = scheduledAt;
  }
  return record;
}
