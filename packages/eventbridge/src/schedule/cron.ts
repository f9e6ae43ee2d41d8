import { daysOfMonth, parseDays, type DayRule } from './cron-days.ts';
import { HOURS, MINUTES, MONTHS, parseField, YEARS } from './cron-field.ts';

/** A cron expression: values in ascending order. */
export interface CronSchedule {
  readonly type: 'cron';
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DayRule;
  /** 1…12 */
  readonly months: readonly number[];
  readonly years: readonly number[];
}

/**
 * Reads the six fields minutes, hours, day-of-month, month, day-of-week, year. The grammar is Quartz's without seconds.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export function parseCron(text: string): CronSchedule | undefined {
  const fields = text.toUpperCase().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const minutes = parseField(fields[0]!, MINUTES);
  const hours = parseField(fields[1]!, HOURS);
  const days = parseDays(fields[2]!, fields[4]!);
  const months = parseField(fields[3]!, MONTHS);
  const years = parseField(fields[5]!, YEARS);
  return minutes && hours && days && months && years && { type: 'cron', minutes, hours, days, months, years };
}

/** The first time at or after `from`, both as on a clock on the wall; undefined where there is none up to the last year. */
export function nextCronTime(cron: CronSchedule, from: number): number | undefined {
  const start = new Date(Math.ceil(from / 60_000) * 60_000);
  const startYear = start.getUTCFullYear();
  const startMonth = start.getUTCMonth() + 1;
  for (const year of cron.years) {
    if (year < startYear) continue;
    for (const month of cron.months) {
      const isStart = year === startYear && month === startMonth;
      if (year === startYear && month < startMonth) continue;
      const days = daysOfMonth(cron.days, year, month);
      for (let date = isStart ? start.getUTCDate() : 1; date <= 31; date++) {
        if (!((days >>> date) & 1)) continue;
        const isToday = isStart && date === start.getUTCDate();
        const minute = isToday ? minuteOfDay(cron, start.getUTCHours(), start.getUTCMinutes()) : minuteOfDay(cron, 0, 0);
        if (minute !== undefined) return Date.UTC(year, month - 1, date, 0, minute);
      }
    }
  }
  return undefined;
}

/** The first minute of a day at or after a time of it. */
function minuteOfDay({ hours, minutes }: CronSchedule, fromHour: number, fromMinute: number): number | undefined {
  for (const hour of hours) {
    if (hour < fromHour) continue;
    const minute = hour > fromHour ? minutes[0] : minutes.find((one) => one >= fromMinute);
    if (minute !== undefined) return hour * 60 + minute;
  }
  return undefined;
}
