import type { Json } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { JsonPathError, compileJsonPath } from './compile.ts';

function nested(depth: number, wrap: (inner: Json) => Json): Json {
  let document: Json = 1;
  for (let level = 0; level < depth; level++) document = wrap(document);
  return document;
}

const deepObject = nested(10_000, (a) => ({ a }));
const deepArray = nested(10_000, (item) => [item]);

describe('JSONPath over deep documents', () => {
  it.each([
    ['$..b', 0],
    ['$..a', 10_000],
    ['$..*', 10_000],
    ['$..[?(@.a == 1)]', 1],
    [`$${'.*'.repeat(5_000)}`, 1],
    ['$..a.a', 9_999],
  ])('%.20s finds %i nodes', (path, count) => {
    expect(compileJsonPath(path).read(deepObject)).toHaveLength(count);
  });

  it('follows and misses paths of 10,000 characters', () => {
    expect(compileJsonPath(`$${'.a'.repeat(5_000)}`).find(deepObject)).toBeTypeOf('object');
    expect(compileJsonPath(`$${'[0]'.repeat(3_333)}`).find(deepArray)).toBeTypeOf('object');
    expect(() => compileJsonPath(`$${'.a'.repeat(4_000)}.b.c`).read(deepObject)).toThrow(/^Missing property in path \$(\['a'\]){4000}\['b'\]$/);
  });

  it('compares and prints them', () => {
    expect(compileJsonPath('$[?(@ == $[0])]').read([deepArray, nested(10_000, (item) => [item]), 1])).toHaveLength(2);
    expect(() => compileJsonPath('$[0]').read(deepObject)).toThrow(/^Filter: \[0\] can only be applied to arrays\. Current context is: \{a=\{a=/);
  });
});

describe('JSONPath texts made to hurt', () => {
  it.each([
    ['parentheses', `$[?(${'('.repeat(4_000)}@.a${')'.repeat(4_000)})]`, 'Path is nested more than 200 levels deep'],
    ['negations', `$[?(${'!'.repeat(9_000)}@.a)]`, 'Path is nested more than 200 levels deep'],
    ['filters', `$${'[?(@'.repeat(1_500)}${')]'.repeat(1_500)}`, 'Path is nested more than 200 levels deep'],
    ['calls', `$${'.sum($'.repeat(1_500)}${'.max()'}${')'.repeat(1_500)}`, 'Path is nested more than 200 levels deep'],
    ['brackets', `$${'['.repeat(9_000)}`, 'Could not parse token'],
    ['blanks in an index', `$[0${' '.repeat(90_000)}1]`, 'Failed to parse token in ArrayIndexOperation'],
    ['blanks', ' '.repeat(90_000), 'Path must not end'],
    ['a deep literal', `$[?(@ == ${'['.repeat(4_000)}${']'.repeat(4_000)})]`, 'Unexpected token at position 400.'],
    ['a scan of scans', '$[0]..*..*', 'Path visits more than 5000000 nodes'],
    ['comparisons of everything with everything', '$[0]..[?(@ == $[0])]', 'Path visits more than 5000000 nodes'],
    ['unions of unions', `$${`[${'1,'.repeat(20_000)}1]`.repeat(2)}[0]`, 'Path visits more than 5000000 nodes'],
  ])('%s', (_name, path, message) => {
    const document = [deepArray, ['a'.repeat(20_000)]];
    expect(() => compileJsonPath(path).read(document)).toThrow(expect.objectContaining({ kind: 'invalid', message: expect.stringContaining(message) }));
  });

  it('passes on that a pattern takes too long', () => {
    const path = compileJsonPath('$[?(@ =~ /(a+)+(b|c)(d|e)?\\1?$/)]');
    expect(() => path.read(['a'.repeat(20_000)])).toThrow(JsonPathError);
  });

  it('looks up long lists in long lists', () => {
    const items = Array.from({ length: 30_000 }, (_, id) => ({ id, text: `${id}` }));
    expect(compileJsonPath('$[?(@.id in $..text)]').read(items)).toHaveLength(items.length);
    expect(compileJsonPath('$[?(@.l subsetof $[0].l)]').read([{ l: items.map(({ id }) => id) }, { l: items.map(({ text }) => text) }])).toHaveLength(2);
  });

  it('takes long unions, chains and numbers', () => {
    expect(compileJsonPath(`$[${'0,'.repeat(4_000)}0]`).read([1])).toHaveLength(4_001);
    expect(compileJsonPath(`$[?(${Array.from({ length: 1_200 }, () => '@.a').join(' || ')})]`).read([{ a: 1 }, 2])).toHaveLength(1);
    expect(compileJsonPath(`$.a${'.append(1)'.repeat(900)}`).read({ a: [] })).toHaveLength(900);
    expect(compileJsonPath(`$[?(@ < 1${'0'.repeat(100_000)}.0)]`).read([1, 2])).toEqual([1, 2]);
    expect(compileJsonPath('$[?(@ < 1e2147483640)]').read([1, 2])).toEqual([1, 2]);
    expect(compileJsonPath('$[-2147483648:2147483647]').read([1, 2])).toEqual([1, 2, 1, 2]);
  });
});

describe('JSONPath and prototypes', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'valueOf', 'map'])('%s is read only where it stands', (key) => {
    for (const path of [`$.${key}`, `$.a.${key}`, `$.a.${key}.x`, `$..${key}`, `$[?(@.${key})]`, `$.a['${key}','b']`]) {
      for (const document of [{ a: {} }, { a: [] }, { a: 'text' }, { a: 1 }, [], {}, 'text', 1, true] as Json[]) {
        let found: Json | undefined;
        try {
          found = compileJsonPath(path).find(document);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonPathError);
        }
        expect([undefined, '[]', '{}']).toContain(JSON.stringify(found));
      }
    }
    const document = JSON.parse(`{"a":{"${key}":{"x":1}}}`) as Json;
    expect(compileJsonPath(`$.a.${key}.x`).find(document)).toBe(1);
    expect(compileJsonPath(`$..${key}`).find(document)).toEqual([{ x: 1 }]);
    const merged = compileJsonPath(`$.a['${key}','b']`).read(document);
    expect(Object.keys(merged as object)).toEqual([key]);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });
});
