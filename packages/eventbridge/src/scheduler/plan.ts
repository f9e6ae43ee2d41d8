import { nextRandom, type EpochMs } from '@interstate/kernel';
import { nextFireTime } from '../schedule/next-fire-time.ts';
import { parseScheduleExpression, type Schedule as Expression, type ScheduleFault } from '../schedule/schedule-expression.ts';
import type { GroupContext } from './group-context.ts';
import type { Schedule } from './schedule.ts';

/** Recurring expressions parsed; beyond these, the memory starts afresh. */
const KEPT = 1000;
const parsed = new Map<string, Expression | ScheduleFault>();
/** One-time expressions come once, and are asked for twice. */
let lastExpression = '';
let lastSchedule = parseScheduleExpression('', 'scheduler');

/** An expression, parsed, or why it is none. */
export function scheduleOf(expression: string): Expression | ScheduleFault {
  if (lastExpression === expression) return lastSchedule;
  const isOnce = expression.startsWith('at(');
  const schedule = (isOnce ? undefined : parsed.get(expression)) ?? parseScheduleExpression(expression, 'scheduler');
  if (!isOnce) {
    if (parsed.size >= KEPT) parsed.clear();
    parsed.set(expression, schedule);
  }
  lastExpression = expression;
  return (lastSchedule = schedule);
}

/** Gives a schedule that was just made or changed its next invocation, if there is one. A rate begins at once, or at its start. */
export function planFirst(context: GroupContext, schedule: Schedule): Schedule {
  const { type } = scheduleOf(schedule.expression);
  // Times of one-time schedules are whole seconds: the one that runs is not past.
  const after = type === 'at' ? Math.floor(context.now / 1000) * 1000 - 1 : type === 'rate' ? context.now - 1 : context.now;
  return plan(context, schedule, after);
}

/**
 * A schedule that has fired, with its next invocation. What would have been due while this process was away, or its clock jumped,
 * is not made up for, but for the one that just fired.
 */
export function planNext(context: GroupContext, { dueAt, ...schedule }: Schedule): Schedule {
  const { scheduledAt = dueAt!, ...form } = schedule.form;
  const missed = context.now - (form.windowMinutes ?? 0) * 60_000 - 1;
  return plan(context, schedule.form.scheduledAt === undefined ? schedule : { ...schedule, form }, Math.max(scheduledAt, missed));
}

function plan({ options, state }: GroupContext, unplanned: Schedule, after: EpochMs): Schedule {
  const { number, expression, input, createdAt, form } = unplanned;
  const scheduledAt = form.disabled ? undefined : nextTime(unplanned, after);
  const { windowMinutes = 0 } = form;
  if (scheduledAt === undefined || windowMinutes === 0 || options.flexibleWindow === 'start') return { number, expression, input, createdAt, dueAt: scheduledAt, form };
  const dueAt = scheduledAt + Math.floor(nextRandom(state.root.random) * windowMinutes * 60) * 1000;
  return { number, expression, input, createdAt, dueAt, form: { ...form, scheduledAt } };
}

function nextTime({ expression, createdAt, form: { timeZone, start, end, anchor = createdAt } }: Schedule, after: EpochMs): EpochMs | undefined {
  const schedule = scheduleOf(expression) as Expression;
  return nextFireTime(schedule, after, { timeZone, start: start ?? (schedule.type === 'rate' ? anchor : undefined), end });
}
