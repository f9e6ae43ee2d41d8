import { parseCron, type CronSchedule } from './cron.ts';

/** A time of day somewhere, in milliseconds as if it were UTC. */
export type LocalMs = number;

/** A schedule expression, parsed. */
export type Schedule =
  | { readonly type: 'rate'; readonly periodMs: number }
  | { readonly type: 'at'; readonly localMs: LocalMs }
  | CronSchedule;

/** Why an expression is refused, in AWS's words. */
export interface ScheduleFault {
  readonly type: 'fault';
  readonly message: string;
}

/** Whose expressions: those of rules on a bus, or of EventBridge Scheduler, which has `at` and takes `rate(1 minutes)`. */
export type ScheduleDialect = 'rule' | 'scheduler';

/** UTF-16 units. */
const MAX_LENGTH = 256;
const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const MAX_RATE = 2 ** 31 - 1;

/**
 * Reads `rate(…)`, `cron(…)` and, in Scheduler's dialect, `at(…)`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseScheduleExpression(text: string, dialect: ScheduleDialect): Schedule | ScheduleFault {
  const schedule = text.length > MAX_LENGTH ? undefined : parse(text, dialect);
  if (schedule) return schedule;
  return { type: 'fault', message: dialect === 'rule' ? 'Parameter ScheduleExpression is not valid.' : `Invalid Schedule Expression ${text.slice(0, MAX_LENGTH)}.` };
}

function parse(text: string, dialect: ScheduleDialect): Schedule | undefined {
  if (!text.endsWith(')')) return undefined;
  if (text.startsWith('cron(')) return parseCron(text.slice(5, -1));
  if (text.startsWith('rate(')) return parseRate(text.slice(5, -1), dialect);
  return text.startsWith('at(') && dialect === 'scheduler' ? parseAt(text.slice(3, -1)) : undefined;
}

function parseRate(text: string, dialect: ScheduleDialect): Schedule | undefined {
  const [, digits = '', unit = '', plural = ''] = /^(\d{1,10}) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const count = Number(digits);
  if (count < 1 || count > MAX_RATE) return undefined;
  if (dialect === 'rule' && (count === 1) !== (plural === '')) return undefined;
  return { type: 'rate', periodMs: count * UNIT_MS[unit]! };
}

/** `yyyy-mm-ddThh:mm:ss`, a time of the calendar. Read digit by digit: reminders come by the million. */
function parseAt(text: string): Schedule | undefined {
  if (text.length !== 19 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return undefined;
  const year = number(text, 0, 4);
  const month = number(text, 5, 7);
  const date = number(text, 8, 10);
  const hour = number(text, 11, 13);
  const minute = number(text, 14, 16);
  const second = number(text, 17, 19);
  // Anything that is no digit is NaN, and no comparison with that holds.
  if (!(year >= 1000 && month >= 1 && month <= 12 && date >= 1 && date <= 31 && hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  if (date > 28 && date > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return { type: 'at', localMs: Date.UTC(year, month - 1, date, hour, minute, second) };
}

function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
