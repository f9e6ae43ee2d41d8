import { createRandom, nextUint32, type RandomState } from '@interstate/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Schedule, ScheduleForm } from './schedule.ts';
import { hashKeyOf, nameHash, type HashKey } from './name-hash.ts';
import { ScheduleTable } from './schedule-table.ts';

const FORM: ScheduleForm = { target: { Arn: 'a', RoleArn: 'r' } };
const DUE_AT = Date.UTC(2027, 1, 3, 4, 5, 6);

/** Names among which are those of the prototype. */
const name = fc.oneof(fc.nat(2000).map((number) => `n${number}`), fc.constantFrom('__proto__', 'constructor', 'toString'));
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

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 1,024 names of 60 characters with one hash, for who knows the key: ten times two pieces that lead from one state to the same. */
function collidingNames({ start, factor }: HashKey): readonly string[] {
  const random = createRandom([1, 2, 3, 4]);
  let state = start;
  let names = [''];
  for (let piece = 0; piece < 10; piece++) {
    const seen = new Map<number, string>();
    for (;;) {
      const text = Array.from({ length: 6 }, () => LETTERS[nextUint32(random) & 63]!).join('');
      let hash = state;
      for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), factor);
      const other = seen.get(hash);
      if (other !== undefined && other !== text) {
        names = names.flatMap((name) => [name + other, name + text]);
        state = hash;
        break;
      }
      seen.set(hash, text);
    }
  }
  return names;
}

it('names that collide under one key do not under another', () => {
  const [known, secret] = [hashKeyOf([1, 2, 3, 4]), hashKeyOf([1, 2, 3, 5])];
  const names = collidingNames(known);
  const distinct = (key: HashKey): number => new Set(names.map((each) => nameHash(each, key))).size;
  expect([names.length, distinct(known)]).toEqual([1024, 1]);
  expect(distinct(secret)).toBeGreaterThan(1020);
  // In a table of 2,048 places about 800 of them stand where chance puts 1,024 names.
  expect(new Set(names.map((each) => nameHash(each, secret) & 2047)).size).toBeGreaterThan(700);
});

it('shows the same whatever its seed', () => {
  const seed = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()) as fc.Arbitrary<RandomState>;
  const command = fc.tuple(name, fc.option(schedule, { nil: undefined }));
  fc.assert(
    fc.property(seed, seed, fc.array(command, { maxLength: 200 }), (one, other, commands) => {
      const [first, second] = [one, other].map((each) => {
        const table = new ScheduleTable();
        table.seed(each);
        for (const [key, value] of commands) {
          if (value === undefined) table.delete(key);
          else table.set(key, value);
        }
        return [[...table.all()], table.changes()];
      });
      expect(first).toEqual(second);
    }),
  );
  const table = new ScheduleTable();
  table.set('a', { number: 1, createdAt: 1, expression: 'rate(1 hour)', form: FORM });
  expect(() => table.seed([1, 2, 3, 4])).toThrow('A table of 1 schedules cannot be seeded');
});
