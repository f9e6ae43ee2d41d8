import { createRandom, nextRandom, type EpochMs } from '@interstate/kernel';
import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { nextFireTime } from './next-fire-time.ts';
import { parseScheduleExpression, type Schedule } from './schedule-expression.ts';

// A second opinion: croner, an independent library, over the clock changes of six zones. It takes AWS's weekdays in its Quartz mode.
const EXPRESSIONS = 300;
const TIMES = 5;
const HOUR_MS = 3_600_000;

/** A day or so before the clocks change in 2026. */
const starts: Readonly<Record<string, readonly string[]>> = {
  'America/New_York': ['2026-03-07T06:00:00Z', '2026-10-31T06:00:00Z'],
  'America/St_Johns': ['2026-03-07T06:00:00Z', '2026-10-31T06:00:00Z'],
  'Europe/Berlin': ['2026-03-28T02:00:00Z', '2026-10-24T02:00:00Z'],
  'Australia/Lord_Howe': ['2026-10-02T16:00:00Z', '2026-04-03T16:00:00Z'],
  'Pacific/Auckland': ['2026-09-25T16:00:00Z', '2026-04-03T16:00:00Z'],
  'Asia/Kathmandu': ['2026-03-07T06:00:00Z', '2026-10-31T06:00:00Z'],
};

describe('next fire times as croner sees them', () => {
  const expressions = generate(EXPRESSIONS);

  it(`${EXPRESSIONS} different expressions of every form`, () => {
    expect(new Set(expressions).size).toBe(EXPRESSIONS);
  });

  for (const [timeZone, times] of Object.entries(starts)) {
    it(`${timeZone}: its wall-clock times, skipped where the clocks skip them, once where they repeat`, () => {
      for (const expression of expressions) {
        for (const start of times) {
          const after = Date.parse(start);
          const expected: EpochMs[] = [];
          for (const wall of cronerRuns(expression, 'UTC', after + offsetOf(timeZone, after))) {
            const time = firstShown(timeZone, wall);
            if (time !== undefined && time > after) expected.push(time);
            if (expected.length === TIMES) break;
          }
          expect(fireTimes(expression, timeZone, after), `${expression} after ${start}`).toEqual(expected);
        }
      }
    });

    it(`${timeZone}: the same instants, away from the change, where croner moves what AWS skips`, () => {
      for (const expression of expressions) {
        for (const start of times) {
          const after = Date.parse(start);
          const ours = fireTimes(expression, timeZone, after);
          const theirs: EpochMs[] = [];
          for (const time of cronerRuns(expression, timeZone, after)) {
            if (time > (ours[TIMES - 1] ?? Infinity)) break;
            theirs.push(time);
          }
          const undisputed = (time: EpochMs): boolean => offsetOf(timeZone, time - 2 * HOUR_MS) === offsetOf(timeZone, time + 2 * HOUR_MS);
          expect(ours.filter(undisputed), `${expression} after ${start}`).toEqual(theirs.filter(undisputed));
        }
      }
    });
  }
});

function fireTimes(expression: string, timeZone: string, after: EpochMs): EpochMs[] {
  const schedule = parseScheduleExpression(expression, 'scheduler') as Schedule;
  const times: EpochMs[] = [];
  for (let time: EpochMs | undefined = after; times.length < TIMES; times.push(time)) {
    time = nextFireTime(schedule, time, { timeZone });
    if (time === undefined) break;
  }
  return times;
}

/** croner has a field for seconds, no bare start of steps, and writes the last Friday `6#L`. */
function* cronerRuns(expression: string, timezone: string, after: EpochMs): Generator<EpochMs> {
  const [minutes, hours, dates, months, weekdays, years] = expression.slice(5, -1).split(' ').map((field) => field.replace('?', '*')) as [string, string, string, string, string, string];
  const pattern = ['0', steps(minutes, 59), steps(hours, 23), steps(dates, 31), steps(months, 12), weekdays.replace(/^(\w+)L$/, '$1#L'), years].join(' ');
  const cron = new Cron(pattern, { timezone, mode: '7-part', alternativeWeekdays: true });
  for (let run = cron.nextRun(new Date(after)); run; run = cron.nextRun(run)) yield run.getTime();
}

function steps(field: string, max: number): string {
  return field.replace(/(^|,)(\d+)\//g, `$1$2-${max}/`);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Another way to ask than the one tested: by the name of the offset. */
function offsetOf(timeZone: string, time: EpochMs): number {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })));
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')!.value;
  const [, sign = '+', hours = 0, minutes = 0] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** The first instant at which a clock shows a time: every offset of the world tried in turn. */
function firstShown(timeZone: string, wall: number): EpochMs | undefined {
  for (const offset of offsetsNear(timeZone, wall)) if (offsetOf(timeZone, wall - offset) === offset) return wall - offset;
  return undefined;
}

/** The larger offset first: it gives the earlier instant. */
function offsetsNear(timeZone: string, wall: number): number[] {
  const offsets = [-26, -13, 0, 13, 26].map((hours) => offsetOf(timeZone, wall + hours * HOUR_MS));
  return [...new Set(offsets)].sort((a, b) => b - a);
}

function generate(count: number): string[] {
  const random = createRandom([1, 2, 3, 4]);
  const below = (bound: number): number => Math.floor(nextRandom(random) * bound);
  const between = (from: number, to: number): number => from + below(to - from + 1);
  const pick = (...forms: readonly (() => string)[]): string => forms[below(forms.length)]!();
  const range = (from: number, to: number): string => {
    const start = between(from, to);
    return `${start}-${between(start, to)}`;
  };
  const field = (from: number, to: number): string =>
    pick(() => '*', () => String(between(from, to)), () => String(between(from, to)), () => range(from, to), () => `${between(from, to)}/${between(1, 7)}`, () => `*/${between(2, 7)}`, () => `${between(from, to)},${between(from, to)}`, () => `${range(from, to)}/${between(1, 4)}`);
  // Mostly at night, when clocks change.
  const hours = (): string => pick(() => field(0, 23), () => String(between(0, 4)), () => `${between(0, 2)}-${between(2, 4)}`, () => '1,2,3');
  const minutes = (): string => pick(() => field(0, 59), () => '0', () => '30', () => '0/15', () => '0/30');
  const dates = (): string => pick(() => field(1, 31), () => '*', () => 'L', () => `${between(1, 28)}W`);
  const weekdays = (): string => pick(() => String(between(1, 7)), () => 'MON-FRI', () => 'SUN', () => 'SAT,SUN', () => `${between(1, 7)}L`, () => `${between(1, 7)}#${between(1, 4)}`, () => '2-6', () => '*');
  const months = (): string => pick(() => '*', () => '*', () => field(1, 12), () => 'MAR,APR,SEP-NOV');
  const found = new Set<string>();
  while (found.size < count) {
    const [date, weekday] = below(2) === 0 ? [dates(), '?'] : ['?', weekdays()];
    found.add(`cron(${minutes()} ${hours()} ${date} ${months()} ${weekday} ${pick(() => '*', () => '*', () => '2026-2030')})`);
  }
  return [...found];
}
