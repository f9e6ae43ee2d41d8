/** What a field of a cron expression may hold. */
export interface CronField {
  readonly min: number;
  readonly max: number;
  /** Names of values, from `min` on. */
  readonly names?: readonly string[];
}

export const MINUTES: CronField = { min: 0, max: 59 };
export const HOURS: CronField = { min: 0, max: 23 };
export const DATES: CronField = { min: 1, max: 31 };
export const MONTHS: CronField = { min: 1, max: 12, names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] };
/** Sunday is 1. */
export const WEEKDAYS: CronField = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
export const YEARS: CronField = { min: 1970, max: 2199 };

/** The values of `*`, `5`, `1-5`, `0/15`, `10-30/5` and lists of them, ascending; undefined for anything else. Names are upper case. */
export function parseField(text: string, field: CronField): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) if (!addPart(part, field, values)) return undefined;
  return [...values].sort((a, b) => a - b);
}

/** A value by number or name. */
export function parseValue(text: string, { min, max, names }: CronField): number | undefined {
  if (/^\d{1,4}$/.test(text)) {
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  }
  const index = names?.indexOf(text) ?? -1;
  return index < 0 ? undefined : min + index;
}

function addPart(part: string, field: CronField, values: Set<number>): boolean {
  const [range = '', increment, ...more] = part.split('/');
  if (more.length > 0) return false;
  const bounds = boundsOf(range, field, increment !== undefined);
  const step = increment === undefined ? 1 : /^\d{1,3}$/.test(increment) ? Number(increment) : 0;
  if (!bounds || step < 1 || step > field.max) return false;
  const size = field.max - field.min + 1;
  const [from, to] = bounds;
  // A range such as MON-SUN or 22-4 goes on at the field's first value; years do not come round.
  if (to < from && field === YEARS) return false;
  const last = to < from ? to + size : to;
  for (let value = from; value <= last; value += step) values.add(value > field.max ? value - size : value);
  return true;
}

function boundsOf(range: string, field: CronField, hasIncrement: boolean): readonly [from: number, to: number] | undefined {
  if (range === '*') return [field.min, field.max];
  const [first = '', second, ...more] = range.split('-');
  const from = parseValue(first, field);
  if (from === undefined || more.length > 0) return undefined;
  if (second === undefined) return [from, hasIncrement ? field.max : from];
  const to = parseValue(second, field);
  return to === undefined ? undefined : [from, to];
}
