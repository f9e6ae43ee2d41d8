import type { EpochMs } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import expressionCases from '../../cases/schedule-expressions.json' with { type: 'json' };
import fireCases from '../../cases/schedule-fire-times.json' with { type: 'json' };
import { nextFireTime, type FireTimeOptions } from './next-fire-time.ts';
import { parseScheduleExpression, type Schedule, type ScheduleDialect } from './schedule-expression.ts';
import { instantOf, isTimeZone, offsetAt } from './time-zone.ts';

describe('expressions', () => {
  for (const { description, dialects, accepted = [], refused = [] } of expressionCases) {
    for (const dialect of dialects as ScheduleDialect[]) {
      it.each(accepted)(`${dialect}, ${description}: takes %s`, (text) => expect(parseScheduleExpression(text, dialect).type).not.toBe('fault'));
      it.each(refused)(`${dialect}, ${description}: refuses %s`, (text) =>
        expect(parseScheduleExpression(text, dialect)).toEqual({ type: 'fault', message: dialect === 'rule' ? 'Parameter ScheduleExpression is not valid.' : `Invalid Schedule Expression ${text}.` }));
    }
  }
});

describe('fire times, by hand', () => {
  it.each(fireCases)('$description: $given.expression', ({ given, then }) => {
    const { expression, after, start, end, timeZone } = given as { expression: string; after: string; start?: string; end?: string; timeZone?: string };
    const options: FireTimeOptions = { ...(timeZone !== undefined && { timeZone }), ...(start !== undefined && { start: Date.parse(start) }), ...(end !== undefined && { end: Date.parse(end) }) };
    const times = fireTimes(parseScheduleExpression(expression, 'scheduler') as Schedule, Date.parse(after), Math.max(then.length, 1), options);
    expect(times.map((time) => new Date(time).toISOString().replace('.000', ''))).toEqual(then);
    // Where the list ends before the expression does, there is more to come; a closed list of years or an end is closed.
    if (then.length === 0 || end !== undefined || expression.startsWith('at(')) expect(fireTimes(parseScheduleExpression(expression, 'scheduler') as Schedule, Date.parse(after), then.length + 1, options)).toHaveLength(then.length);
  });
});

function fireTimes(schedule: Schedule, after: EpochMs, count: number, options: FireTimeOptions): EpochMs[] {
  const times: EpochMs[] = [];
  for (let time: EpochMs | undefined = after; times.length < count; times.push(time)) {
    time = nextFireTime(schedule, time, options);
    if (time === undefined) break;
  }
  return times;
}

const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca', 'America/Sao_Paulo', 'Asia/Tehran'];
const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2100, 0) });
const expressions = fc.constantFrom('cron(0/7 * * * ? *)', 'cron(30 0-3 * * ? *)', 'cron(15 2 LW * ? *)', 'cron(0 2 ? * 1#2 *)', 'rate(7 hours)', 'cron(45 1 29 2 ? *)', 'cron(* * * * ? *)');

describe('what must hold', () => {
  it('fire times strictly increase, and each is the time its clock shows', () => {
    fc.assert(
      fc.property(expressions, zones, instants, (expression, timeZone, after) => {
        const schedule = parseScheduleExpression(expression, 'scheduler') as Schedule;
        const times = fireTimes(schedule, after, 4, { timeZone });
        for (const [index, time] of times.entries()) {
          expect(time).toBeGreaterThan(times[index - 1] ?? after);
          if (schedule.type !== 'cron') continue;
          const shown = new Date(time + offsetAt(timeZone, time));
          expect(schedule.minutes).toContain(shown.getUTCMinutes());
          expect(schedule.hours).toContain(shown.getUTCHours());
          expect(shown.getUTCSeconds()).toBe(0);
        }
      }),
    );
  });

  it('asked in between, the next is the same', () => {
    fc.assert(
      fc.property(expressions.filter((text) => text.startsWith('cron')), zones, instants, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (expression, timeZone, after, part) => {
        const schedule = parseScheduleExpression(expression, 'scheduler') as Schedule;
        const next = nextFireTime(schedule, after, { timeZone });
        if (next !== undefined) expect(nextFireTime(schedule, after + Math.floor((next - after) * part), { timeZone })).toBe(next);
      }),
    );
  });

  it('a clock time is found again, or is one that comes twice', () => {
    fc.assert(
      fc.property(zones, instants, (timeZone, time) => {
        const offset = offsetAt(timeZone, time);
        const found = instantOf(timeZone, time + offset)!;
        expect(found).toBeLessThanOrEqual(time);
        expect(found + offsetAt(timeZone, found)).toBe(time + offset);
      }),
    );
  });
});

describe('hostile', () => {
  it('texts of 10 MB and strange texts are refused at once', () => {
    for (const text of ['cron(' + '1,'.repeat(5_000_000) + '1 * * * ? *)', 'rate(' + '9'.repeat(1e7) + ' days)', 'cron(' + ' '.repeat(1e7) + ')', '\u0000', 'cron(\u0660 * * * ? *)']) {
      expect(parseScheduleExpression(text, 'scheduler').type).toBe('fault');
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('rate(', 'cron(', 'at('), (text, start) => {
      expect(() => parseScheduleExpression(`${start}${text})`, 'scheduler')).not.toThrow();
    }));
  });

  it('time zones are IANA names', () => {
    expect(['UTC', 'Europe/Berlin', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires'].filter((name) => !isTimeZone(name))).toEqual([]);
    expect(['', '+01:00', 'Mars/Olympus', '__proto__', 'constructor', 'x'.repeat(1e6)].filter(isTimeZone)).toEqual([]);
    expect(() => offsetAt('Mars/Olympus', 0)).toThrow(RangeError);
  });
});
