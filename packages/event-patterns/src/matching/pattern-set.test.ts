import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '@interstate/kernel';
import { eventBridgeDialect } from '../language/dialect.ts';
import { parsePattern } from '../language/parse-pattern.ts';
import type { EventPattern } from '../language/pattern.ts';
import { compilePattern } from './compile-pattern.ts';
import { createPatternSet } from './pattern-set.ts';

function patternOf(pattern: Json): EventPattern {
  const parsed = parsePattern(pattern, eventBridgeDialect);
  if (parsed.type === 'fault') throw new Error(parsed.message);
  return parsed;
}

describe('anything-but', () => {
  it.each<[Json, Json, boolean]>([
    [[1, 2], 1, false],
    [[1, 2], 3, true],
    [[1, 2], '1', true],
    [['a'], 'a', false],
    [['a'], 'b', true],
    [['a'], null, true],
    [{ prefix: 'a' }, 'ab', false],
    [{ prefix: 'a' }, 'b', true],
  ])('%j of %j: %s', (excluded, value, matches) => {
    const set = createPatternSet<number>();
    set.add(1, patternOf({ value: [{ 'anything-but': excluded }] }));
    expect(set.match({ value })).toEqual(matches ? [1] : []);
  });
});

describe('the obviously correct matcher', () => {
  it('matches what the set matches, and one by one', () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 8 }), events, (list, event) => {
        const expected = list.flatMap((pattern, id) => (matchesNaively(pattern, event) ? [id] : []));
        const set = createPatternSet<number>();
        for (const [id, pattern] of list.entries()) set.add(id, patternOf(pattern));
        expect([...set.match(event)].sort((a, b) => a - b)).toEqual(expected);
        expect([...set.matchText(JSON.stringify(event))!].sort((a, b) => a - b)).toEqual(expected);
        expect(list.flatMap((pattern, id) => (compilePattern(patternOf(pattern))(event) ? [id] : []))).toEqual(expected);
      }),
      { numRuns: 120 },
    );
  });

  it('matches what a set matches that patterns came and went in, in any order', () => {
    const steps = fc.array(fc.record({ id: fc.nat(8), pattern: fc.option(patterns, { nil: undefined }), event: events }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (list) => {
        const set = createPatternSet<number>();
        const model = new Map<number, JsonObject>();
        for (const { id, pattern, event } of list) {
          if (pattern === undefined) expect(set.delete(id)).toBe(model.delete(id));
          else {
            set.add(id, patternOf(pattern));
            model.set(id, pattern);
          }
          expect(set.size).toBe(model.size);
          expect([...set.match(event)].sort((a, b) => a - b)).toEqual([...model].flatMap(([known, held]) => (matchesNaively(held, event) ? [known] : [])).sort((a, b) => a - b));
        }
      }),
      { numRuns: 120 },
    );
  });

  // So many of a kind that the set tells most texts apart by hashes.
  it.each(['value', 'prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'numeric'] as const)('matches what the set matches that more than a hundred of %s come and go in', (kind) => {
    const operand = kind === 'numeric' ? fc.nat(300).map((low): Json => [{ numeric: ['>=', low, '<', low + 1 + (low % 7)] }]) : longTexts.map((text): Json => (kind === 'value' ? [text] : [{ [kind]: kind === 'wildcard' ? `${text.slice(0, 4)}*${text.slice(5)}` : text }]));
    const value: fc.Arbitrary<Json> = kind === 'numeric' ? fc.nat(300) : longTexts;
    fc.assert(
      fc.property(fc.array(operand, { minLength: 100, maxLength: 160 }), fc.array(fc.nat(159), { maxLength: 120 }), fc.array(value, { minLength: 30, maxLength: 30 }), (list, gone, values) => {
        const set = createPatternSet<number>();
        const model = new Map<number, JsonObject>();
        const check = (): void => {
          for (const event of values.map((leaf) => ({ a: leaf }))) {
            expect([...set.match(event)].sort((a, b) => a - b)).toEqual([...model].flatMap(([id, pattern]) => (matchesNaively(pattern, event) ? [id] : [])));
          }
        };
        const add = (id: number): void => {
          const pattern = { a: list[id]! };
          set.add(id, patternOf(pattern));
          model.set(id, pattern);
        };
        for (const id of list.keys()) add(id);
        check();
        for (const id of gone) expect(set.delete(id)).toBe(model.delete(id));
        check();
        for (const id of [...model.keys()].slice(0, 40)) add(id);
        check();
      }),
      // To find a smaller case of so many would take minutes.
      { numRuns: 12, endOnFailure: true },
    );
  });
});

const keys = fc.constantFrom('a', 'b', 'c', 'a.b', '__proto__', 'constructor');
const texts = fc.constantFrom('', 'a', 'A', 'ab', 'aB', 'abc', 'ba', 'b*a', 'é', 'É', 'ß', '10.0.0.1', '10.0.0.2', '::1', '0::1', '1');
/** Of few letters, so that they often begin or end alike. */
const longTexts = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '1', 'é', 'É', '\uffff'), minLength: 3, maxLength: 9 });
const numbers = fc.constantFrom(0, -0, 1, 1.5, -3, 10, 1e21, 0.1);
const scalars = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));

function object(entries: readonly (readonly [string, Json])[]): JsonObject {
  // `JSON.parse` makes own keys of all names.
  return JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`) as JsonObject;
}

const { event: events } = fc.letrec<{ event: JsonObject; value: Json }>((tie) => ({
  event: fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map(object),
  value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, scalars, scalars, fc.array(tie('value'), { maxLength: 3 }), tie('event')),
}));

const operator = (name: string, value: fc.Arbitrary<Json>): fc.Arbitrary<Json> => value.map((operand) => ({ [name]: operand }));
const nonEmpty = texts.filter((text) => text !== '');
const wildcards = fc.constantFrom('*', 'a*', '*a', '*b*', 'a*c', 'a*b*', '\\*a', 'b\\*a', '*\\**', 'abc');
const alternatives: fc.Arbitrary<Json> = fc.oneof(
  scalars,
  operator('exists', fc.boolean()),
  operator('exists', fc.constant(false)),
  operator('prefix', texts),
  operator('suffix', texts),
  operator('equals-ignore-case', texts),
  operator('prefix', operator('equals-ignore-case', texts)),
  operator('suffix', operator('equals-ignore-case', texts)),
  operator('wildcard', wildcards),
  operator('cidr', fc.constantFrom('10.0.0.0/31', '10.0.0.0/8', '::/64', '0.0.0.0/0')),
  operator('numeric', fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '='), numbers)),
  operator('numeric', fc.constantFrom(['>', 0, '<=', 1], ['>=', -3, '<', 10], ['>=', 0, '<=', 1.5])),
  operator('anything-but', fc.oneof(texts, numbers, fc.array(texts, { minLength: 1, maxLength: 3 }), fc.array(numbers, { minLength: 1, maxLength: 3 }))),
  operator('anything-but', operator('prefix', fc.oneof(nonEmpty, fc.array(nonEmpty, { minLength: 1, maxLength: 2 })))),
  operator('anything-but', operator('suffix', nonEmpty)),
  operator('anything-but', operator('equals-ignore-case', texts)),
  operator('anything-but', operator('wildcard', wildcards)),
);
const accepted = fc.array(alternatives, { minLength: 1, maxLength: 3 });
const { plain } = fc.letrec<{ plain: JsonObject }>((tie) => ({
  plain: fc.array(fc.tuple(keys, fc.oneof({ maxDepth: 2, depthSize: 'small' }, accepted, accepted, tie('plain'))), { minLength: 1, maxLength: 3 }).map(object),
}));
/** At most two `$or`, one inside the other: more of them make too many combinations. */
const forked = fc.tuple(plain, fc.array(plain, { minLength: 2, maxLength: 3 })).map(([fields, branches]): JsonObject => object([...Object.entries(fields), ['$or', branches]]));
const patterns = fc.oneof(plain, plain, forked, fc.tuple(keys, forked, forked).map(([key, inner, outer]) => object([[key, inner], ...Object.entries(outer).filter(([other]) => other !== key)])));

type Way = readonly (readonly [array: object, element: number])[];
interface Placed {
  readonly path: string;
  readonly leaf: Json;
  readonly way: Way;
}

/** Straight from the rules: all branches, all ways to choose a leaf for each field. */
function matchesNaively(pattern: JsonObject, event: JsonObject): boolean {
  const leaves = leavesOf(event, '', []);
  return branchesOf(pattern, '', [new Map()]).some((branch) => choose([...branch].sort(([a], [b]) => (a < b ? -1 : 1)), leaves, []));
}

function choose(fields: readonly (readonly [string, readonly Json[]])[], leaves: readonly Placed[], way: Way): boolean {
  const [field, ...rest] = fields;
  if (field === undefined) return true;
  const [path, accepted] = field;
  const here = leaves.filter((placed) => placed.path === path && placed.way.every(([array, element]) => way.every(([other, chosen]) => other !== array || chosen === element)));
  if (here.length === 0 && accepted.some((alternative) => operandOf(alternative, 'exists') === false) && choose(rest, leaves, way)) return true;
  return here.some(({ leaf, way: more }) => accepted.some((alternative) => accepts(alternative, leaf)) && choose(rest, leaves, [...way, ...more]));
}

function leavesOf(value: Json, path: string, way: Way): Placed[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => leavesOf(element as Json, path, typeof element === 'object' && element !== null ? [...way, [value, index]] : way));
  if (typeof value !== 'object' || value === null) return [{ path, leaf: value as Json, way }];
  return Object.entries(value as JsonObject).flatMap(([key, member]) => leavesOf(member, path === '' ? key : `${path}.${key}`, way));
}

function branchesOf(pattern: JsonObject, path: string, branches: readonly Map<string, readonly Json[]>[]): Map<string, readonly Json[]>[] {
  let all = [...branches];
  for (const [key, value] of Object.entries(pattern)) {
    const below = path === '' ? key : `${path}.${key}`;
    if (key === '$or') all = (value as readonly JsonObject[]).flatMap((branch) => branchesOf(branch, path, all.map((fields) => new Map(fields))));
    else if (Array.isArray(value)) for (const fields of all) fields.set(below, value as Json[]);
    else all = branchesOf(value as JsonObject, below, all);
  }
  return all;
}

function operandOf(alternative: Json, name: string): Json | undefined {
  return typeof alternative === 'object' && alternative !== null && !Array.isArray(alternative) ? (alternative as JsonObject)[name] : undefined;
}

function accepts(alternative: Json, leaf: Json): boolean {
  if (typeof alternative !== 'object' || alternative === null) return alternative === leaf || (sameAddress.has(alternative) && sameAddress.has(leaf));
  const [[name, operand] = ['', null]] = Object.entries(alternative as JsonObject);
  const ignoresCase = operandOf(operand, 'equals-ignore-case');
  if (name === 'exists') return operand === true;
  if (name === 'anything-but') return !excludes(operand, leaf);
  if (name === 'numeric') return typeof leaf === 'number' && compares(operand as readonly Json[], leaf);
  if (typeof leaf !== 'string') return false;
  if (name === 'prefix') return ignoresCase === undefined ? leaf.startsWith(operand as string) : folded(leaf).startsWith(folded(ignoresCase as string));
  if (name === 'suffix') return ignoresCase === undefined ? leaf.endsWith(operand as string) : folded(leaf).endsWith(folded(ignoresCase as string));
  if (name === 'equals-ignore-case') return folded(leaf) === folded(operand as string);
  if (name === 'wildcard') return expressionOf(operand as string).test(leaf);
  if (name === 'cidr') return (networks[operand as string] ?? []).includes(leaf);
  throw new Error(name);
}

function excludes(operand: Json, leaf: Json): boolean {
  if (Array.isArray(operand)) return operand.some((value) => value === leaf);
  if (typeof operand !== 'object' || operand === null) return operand === leaf;
  const [[name, value] = ['', null]] = Object.entries(operand as JsonObject);
  return [value].flat().some((one) => accepts({ [name]: one as Json }, leaf));
}

function compares(operand: readonly Json[], leaf: number): boolean {
  const [by, bound, ...rest] = operand as [string, number, ...Json[]];
  const holds = by === '<' ? leaf < bound : by === '<=' ? leaf <= bound : by === '>' ? leaf > bound : by === '>=' ? leaf >= bound : leaf === bound;
  return holds && (rest.length === 0 || compares(rest, leaf));
}

/** Of the texts above only; `ß` has no other case of one character. */
function folded(text: string): string {
  return text.toLowerCase();
}

function expressionOf(wildcard: string): RegExp {
  return new RegExp(`^${wildcard.replace(/\\([*\\])|\*|[^*\\]/g, (part, escaped: string | undefined) => (escaped !== undefined ? `\\${escaped}` : part === '*' ? '.*' : part))}$`, 's');
}

const sameAddress: ReadonlySet<Json> = new Set(['::1', '0::1']);
const networks: Readonly<Record<string, readonly string[]>> = {
  '10.0.0.0/31': ['10.0.0.1'],
  '10.0.0.0/8': ['10.0.0.1', '10.0.0.2'],
  '::/64': ['::1', '0::1'],
  '0.0.0.0/0': ['10.0.0.1', '10.0.0.2'],
};
