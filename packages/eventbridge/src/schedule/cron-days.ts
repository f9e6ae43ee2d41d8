import { DATES, parseField, parseValue, WEEKDAYS } from './cron-field.ts';

/** Which days of a month a cron expression means. Weekdays: Sunday is 1; masks: bit n is day or weekday n. */
export type DayRule =
  | { readonly type: 'dates'; readonly mask: number }
  | { readonly type: 'weekdays'; readonly mask: number }
  /** `L`, `L-3`, `LW`: so many days before the month's last day, or the weekday (Monday to Friday) nearest to that. */
  | { readonly type: 'lastDate'; readonly before: number; readonly nearestWeekday: boolean }
  /** `15W` */
  | { readonly type: 'nearestWeekday'; readonly date: number }
  /** `6L` */
  | { readonly type: 'lastWeekday'; readonly weekday: number }
  /** `SAT#3` */
  | { readonly type: 'nthWeekday'; readonly weekday: number; readonly nth: number };

/** Reads the fields day-of-month and day-of-week: exactly one of them is `?`. `L`, `W` and `#` stand alone in their field. */
export function parseDays(dates: string, weekdays: string): DayRule | undefined {
  if ((dates === '?') === (weekdays === '?')) return undefined;
  return weekdays === '?' ? parseDates(dates) : parseWeekdays(weekdays);
}

function parseDates(text: string): DayRule | undefined {
  const last = /^L(?:-(\d{1,2}))?(W?)$/.exec(text);
  if (last) {
    const before = Number(last[1] ?? 0);
    return before > 30 ? undefined : { type: 'lastDate', before, nearestWeekday: last[2] === 'W' };
  }
  if (text.endsWith('W')) {
    const date = parseValue(text.slice(0, -1), DATES);
    return date === undefined ? undefined : { type: 'nearestWeekday', date };
  }
  const dates = parseField(text, DATES);
  return dates && { type: 'dates', mask: maskOf(dates) };
}

function parseWeekdays(text: string): DayRule | undefined {
  // The last day of the week.
  if (text === 'L') return { type: 'weekdays', mask: 1 << 7 };
  if (text.endsWith('L')) {
    const weekday = parseValue(text.slice(0, -1), WEEKDAYS);
    return weekday === undefined ? undefined : { type: 'lastWeekday', weekday };
  }
  const [name = '', nth] = text.split('#');
  if (nth === undefined) {
    const weekdays = parseField(text, WEEKDAYS);
    return weekdays && { type: 'weekdays', mask: maskOf(weekdays) };
  }
  const weekday = parseValue(name, WEEKDAYS);
  return weekday === undefined || !/^[1-5]$/.test(nth) || text.split('#').length > 2 ? undefined : { type: 'nthWeekday', weekday, nth: Number(nth) };
}

function maskOf(days: readonly number[]): number {
  return days.reduce((mask, day) => mask | (1 << day), 0);
}

/** The days of a month a rule means: bit n is day n. @param month 1…12 */
export function daysOfMonth(rule: DayRule, year: number, month: number): number {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const weekdayOf = (date: number): number => ((first + date - 1) % 7) + 1;
  switch (rule.type) {
    case 'dates':
      return rule.mask & allDays(length);
    case 'weekdays': {
      let days = 0;
      for (let date = 1; date <= length; date++) if ((rule.mask >>> weekdayOf(date)) & 1) days |= 1 << date;
      return days;
    }
    case 'lastDate': {
      const date = length - rule.before;
      if (date < 1) return 0;
      return 1 << (rule.nearestWeekday ? nearestWeekday(date, length, weekdayOf) : date);
    }
    case 'nearestWeekday':
      return rule.date > length ? 0 : 1 << nearestWeekday(rule.date, length, weekdayOf);
    case 'lastWeekday':
      return 1 << (length - ((weekdayOf(length) - rule.weekday + 7) % 7));
    case 'nthWeekday': {
      const date = 1 + ((rule.weekday - weekdayOf(1) + 7) % 7) + (rule.nth - 1) * 7;
      return date > length ? 0 : 1 << date;
    }
  }
}

function allDays(length: number): number {
  return length === 31 ? -2 : (2 << length) - 2;
}

/** Monday to Friday; never in another month. */
function nearestWeekday(date: number, length: number, weekdayOf: (date: number) => number): number {
  const weekday = weekdayOf(date);
  if (weekday === 7) return date === 1 ? 3 : date - 1;
  if (weekday === 1) return date === length ? date - 2 : date + 1;
  return date;
}
