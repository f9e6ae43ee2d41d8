import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Schedule, ScheduleForm } from './schedule.ts';
import { ScheduleTable } from './schedule-table.ts';

const FORM: ScheduleForm = { target: { Arn: 'a', RoleArn: 'r' } };
const DUE_AT = Date.UTC(2027, 1, 3, 4, 5, 6);

/** Names that share no hash, two that do, and names of the prototype. */
const name = fc.oneof(fc.nat(2000).map((number) => `n${number}`), fc.constantFrom('costarring', 'liquid', '__proto__', 'constructor', 'toString'));
const schedule: fc.Arbitrary<Schedule> = fc.record(
  {
    number: fc.nat(),
    createdAt: fc.nat(),
    expression: fc.constantFrom('rate(1 hour)', 'at(2027-02-03T04:05:06)'),
    input: fc.constantFrom('', 'text', '{"a":1}'),
    dueAt: fc.constant(DUE_AT),
    form: fc.constantFrom<ScheduleForm>(FORM, { ...FORM, timeZone: 'Europe/Berlin' }, { ...FORM, scheduledAt: 1 }, { ...FORM, disabled: true }),
  },
  { requiredKeys: ['number', 'createdAt', 'expression', 'form'] },
);

it('is a map of schedules, and tells what a step has touched', () => {
  const command = fc.oneof({ weight: 3, arbitrary: fc.tuple(name, schedule) }, { weight: 1, arbitrary: fc.tuple(name, fc.constant(undefined)) });
  fc.assert(
    fc.property(fc.array(fc.array(command, { maxLength: 100 }), { maxLength: 20 }), (steps) => {
      const table = new ScheduleTable();
      const model = new Map<string, Schedule>();
      for (const step of steps) {
        table.begin();
        const touched = new Set<string>();
        for (const [key, value] of step) {
          if (value !== undefined || model.has(key)) touched.add(key);
          if (value === undefined) {
            model.delete(key);
            table.delete(key);
          } else {
            model.set(key, value);
            table.set(key, value);
          }
          expect([table.size, table.has(key), table.get(key)]).toEqual([model.size, model.has(key), value]);
        }
        expect(new Map(table.changes())).toEqual(new Map([...touched].map((key) => [key, model.get(key)])));
      }
      expect(new Map(table.all())).toEqual(model);
      for (const [key, value] of model) expect(table.get(key)).toEqual(value);
    }),
  );
});

it('takes tens of thousands and lets go of them', () => {
  const table = new ScheduleTable();
  const names = Array.from({ length: 30_000 }, (_, number) => `name-${number}`);
  names.forEach((each, number) => table.set(each, { number, createdAt: 1, expression: 'rate(1 hour)', form: FORM }));
  names.forEach((each, number) => number % 3 > 0 && table.delete(each));
  expect([...table.names()]).toEqual(names.filter((_, number) => number % 3 === 0));
  expect(names.every((each, number) => (number % 3 === 0 ? table.get(each)!.number === number : !table.has(each)))).toBe(true);
});
