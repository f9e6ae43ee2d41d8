import { readFileSync } from 'node:fs';
import type { Json } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { JsonPathError, compileJsonPath } from './compile.ts';

interface Group {
  readonly name: string;
  readonly document: Json;
  readonly cases: readonly { path: string; definite?: boolean; value?: Json; missing?: string; invalid?: string }[];
}

// Read as text: a module import would turn a `__proto__` key into a prototype.
const groups = JSON.parse(readFileSync(new URL('../../cases/jsonpath.json', import.meta.url), 'utf8')) as Group[];

function answer(path: string, document: Json, method: 'read' | 'find'): Record<string, unknown> {
  try {
    const compiled = compileJsonPath(path);
    try {
      return { path, definite: compiled.definite, value: compiled[method](document) };
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      return { path, definite: compiled.definite, [error.kind]: error.message };
    }
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    return { path, [error.kind]: error.message };
  }
}

describe.each(groups)('JSONPath over $name', ({ document, cases }) => {
  it.each(cases)('$path', (expected) => {
    const before = JSON.stringify(document);
    expect(answer(expected.path, document, 'read')).toEqual(expected);
    const { missing, ...found } = expected;
    expect(answer(expected.path, document, 'find')).toEqual(missing === undefined ? expected : { ...found, value: undefined });
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe('compileJsonPath', () => {
  it.each([
    ['$', []],
    ['$.a', ['a']],
    ["$['a b'].c[0]", ['a b', 'c', 0]],
    ['$[-1]', undefined],
    ['@.a', undefined],
    ['$.a[0,1]', undefined],
    ["$['a','b']", undefined],
    ['$.a.*', undefined],
    ['$..a', undefined],
    ['$.a[1:]', undefined],
    ['$.a[?(@.b)]', undefined],
    ['$.a.length()', undefined],
  ])('%s has the reference steps %j', (text, steps) => {
    const path = compileJsonPath(text);
    expect(path.steps).toEqual(steps);
    expect(path.reference).toBe(steps !== undefined);
    expect(path.text).toBe(text);
  });

  it('reads null where null stands, of any length of path', () => {
    expect(compileJsonPath('$').read(null)).toBeNull();
    expect(compileJsonPath('$.a').read({ a: null })).toBeNull();
    expect(compileJsonPath('$.a[0].b').find({ a: [{ b: null }] })).toBeNull();
  });

  it('tells what is missing in a null document', () => {
    expect(compileJsonPath('$.a').find(null)).toBeUndefined();
    expect(() => compileJsonPath('$.a').read(null)).toThrow("Expected to find an object with property ['a'] in path $ but found 'null'.");
    expect(() => compileJsonPath('$.a.b').read({ a: 1 })).toThrow(expect.objectContaining({ kind: 'missing', name: 'JsonPathError' }));
  });

  it('hands out the same nodes, not copies', () => {
    const document = { a: [{ b: {} }] };
    expect(compileJsonPath('$.a[0].b').find(document)).toBe(document.a[0]!.b);
    expect((compileJsonPath('$..b').find(document) as Json[])[0]).toBe(document.a[0]!.b);
  });

  it('gives the same answers however often it is asked', () => {
    const path = compileJsonPath('$..[?(@.v in $.want)].v');
    const first = { want: [1], list: [{ v: 1 }, { v: 2 }] };
    expect(path.read(first)).toEqual([1]);
    expect(path.read({ ...first, want: [2] })).toEqual([2]);
    expect(path.read(first)).toEqual([1]);
  });

  it('shows values in messages as Java prints them', () => {
    const document = { a: { s: 'x/y', l: ['x/y', 1.5, null, { k: '\u20ac"' }], n: 1e21, t: true } };
    expect(() => compileJsonPath('$.a[0]').read(document)).toThrow(
      'Filter: [0] can only be applied to arrays. Current context is: ' +
        '{s=x/y, l=["x\\/y",1.5,null,{"k":"\\u20AC\\""}], n=1.0E21, t=true}',
    );
  });
});
