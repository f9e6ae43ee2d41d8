import { createHash } from 'node:crypto';
import { createRandom, type Json, type RandomState } from '@interstate/kernel';
import { noCrypto } from '@interstate/kernel/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cases from '../../cases/intrinsics.json' with { type: 'json' };
import { Fault } from '../fault.ts';
import type { Expression, Scope } from '../query/scope.ts';
import { compileIntrinsic, IntrinsicSyntaxError } from './compile.ts';
import { INTRINSICS } from './table.ts';

function scopeOf(input: Json, random: RandomState = createRandom([1, 2, 3, 4])): Scope {
  return {
    input,
    context: () => ({}),
    variable: () => undefined,
    now: 0,
    random,
    crypto: {
      ...noCrypto,
      hash: (algorithm, text) => createHash(algorithm.replace('SHA-', 'sha')).update(text).digest('hex'),
    },
  };
}

/** Enough of a path for these tests: `$` and `$.name`. */
function compilePath(path: string): Expression {
  return path === '$' ? (scope) => scope.input : (scope) => (scope.input as Record<string, Json>)[path.slice(2)]!;
}

function evaluate(call: string, input: Json = null): Json {
  return compileIntrinsic(call, compilePath)(scopeOf(input));
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (thrown) {
    return thrown;
  }
}

function quoted(text: string): string {
  return `'${text.replace(/['{}\\]/g, '\\$&')}'`;
}

describe('compileIntrinsic', () => {
  it.each(cases.values)('$description', ({ call, input, then }) => {
    expect(evaluate(call, input as Json)).toEqual(then);
  });

  it.each(cases.paths)('finds the paths of $call', ({ call, paths }) => {
    const asked: string[] = [];
    compileIntrinsic(call, (path) => {
      asked.push(path);
      return () => null;
    });
    expect(asked).toEqual(paths);
  });

  it.each(cases.failures)('$call fails', ({ call, input, error }) => {
    const fault = thrownBy(() => evaluate(call, input as Json));
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).error).toBe('States.IntrinsicFailure');
    expect((fault as Fault).cause).toContain(error);
  });

  it.each(cases.syntaxErrors)('refuses $call', ({ call, error }) => {
    expect(() => compileIntrinsic(call, compilePath)).toThrow(IntrinsicSyntaxError);
    expect(() => compileIntrinsic(call, compilePath)).toThrow(error);
  });

  it('knows 18 functions, each in the cases', () => {
    expect(INTRINSICS).toHaveLength(18);
    const calls = cases.values.map(({ call }) => call).join();
    expect(INTRINSICS.filter(({ name }) => name !== 'States.UUID' && !calls.includes(`${name}(`))).toEqual([]);
  });

  it('lets what a path throws pass', () => {
    const missing = new Fault('States.Runtime', 'missing');
    const call = compileIntrinsic('States.MathAdd(States.ArrayLength($.a), 1)', () => () => {
      throw missing;
    });
    expect(thrownBy(() => call(scopeOf(null)))).toBe(missing);
  });

  it('draws random numbers and UUIDs from the scope', () => {
    const random = createRandom([1, 2, 3, 4]);
    const call = compileIntrinsic('States.Array(States.UUID(), States.MathRandom(0, 1000000))', compilePath);
    const first = call(scopeOf(null, random));
    expect(call(scopeOf(null, createRandom([1, 2, 3, 4])))).toEqual(first);
    expect(call(scopeOf(null, random))).not.toEqual(first);
    expect((first as [string, number])[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('for all arguments', () => {
  it('JsonToString and StringToJson undo each other', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      expect(evaluate('States.StringToJson(States.JsonToString($))', json)).toEqual(json);
    }));
  });

  it('Base64 is that of the platform, both ways', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const encoded = Buffer.from(text, 'utf8').toString('base64');
      expect(evaluate('States.Base64Encode($)', text)).toBe(encoded);
      expect(evaluate('States.Base64Decode($)', encoded)).toBe(text);
    }));
  });

  it('Base64Decode reads any bytes as the platform does', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      expect(evaluate('States.Base64Decode($)', buffer.toString('base64'))).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer));
    }), { numRuns: 500 });
  });

  it('strings mean themselves once escaped', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom("'", '{', '}', '\\', '"', ',', ')', 'a', '\n', '😀') }), (text) => {
      expect(evaluate(`States.Array(${quoted(text)})`)).toEqual([text]);
      expect(evaluate(`States.Format(${quoted(text)})`)).toBe(text);
      expect(evaluate(`States.Format('{}', ${quoted(text)})`)).toBe(text);
    }));
  });

  it('ArrayUnique keeps each value once, and none is lost', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue({ maxDepth: 1 })), (value) => {
      const array = JSON.parse(JSON.stringify(value)) as Json[];
      const unique = evaluate('States.ArrayUnique($)', [...array, ...array]) as Json[];
      expect(evaluate('States.ArrayUnique($)', unique)).toEqual(unique);
      for (const item of array) expect(evaluate('States.ArrayContains($.list, $.item)', { list: unique, item })).toBe(true);
    }));
  });

  it('ArrayPartition only cuts', () => {
    fc.assert(fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (array, size) => {
      const chunks = evaluate(`States.ArrayPartition($, ${size})`, array) as number[][];
      expect(chunks.flat()).toEqual(array);
      expect(chunks.every((chunk, index) => chunk.length === size || index === chunks.length - 1)).toBe(true);
    }));
  });

  it('MathRandom stays within its range, seeded or not', () => {
    fc.assert(fc.property(fc.integer(), fc.integer(), fc.integer(), (a, b, seed) => {
      fc.pre(a !== b);
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      for (const call of [`States.MathRandom(${start}, ${end})`, `States.MathRandom(${start}, ${end}, ${seed})`]) {
        const value = evaluate(call) as number;
        expect(value >= start && value < end && Number.isInteger(value)).toBe(true);
      }
    }));
  });

  it('any text is a call or a syntax error', () => {
    const words = fc.constantFrom('States.', 'Format', 'Array', 'MathAdd', 'null', '1', 'e9', '$', '.a', '{}');
    const piece = fc.oneof(words, fc.constantFrom('(', ')', "'", ',', '[', ']', '\\', '-', ' ', '"', '\0'));
    fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const thrown = thrownBy(() => void compileIntrinsic(`States.Array(${pieces.join('')})`, () => () => null));
      expect(thrown === undefined || thrown instanceof IntrinsicSyntaxError).toBe(true);
    }), { numRuns: 1_000 });
  });
});

describe('hostile calls', () => {
  const nested = (depth: number) => 'States.Array('.repeat(depth) + ')'.repeat(depth);

  it('bounds nesting', () => {
    expect(JSON.stringify(evaluate(nested(10)))).toBe('[]'.replace('[]', '['.repeat(10) + ']'.repeat(10)));
    expect(() => evaluate(nested(11))).toThrow('nested more than 10 deep');
    expect(() => evaluate(nested(100_000))).toThrow(IntrinsicSyntaxError);
  });

  it('takes long calls', () => {
    expect(evaluate(`States.Array(${Array.from({ length: 100_000 }, () => '1').join()})`)).toHaveLength(100_000);
    expect(evaluate(`States.StringSplit('${'a,'.repeat(1_000_000)}', ',')`)).toHaveLength(1_000_000);
    expect(() => evaluate(`States.Array(${'$['.repeat(1_000_000)}`)).toThrow(IntrinsicSyntaxError);
    expect(() => evaluate(`States.${'A'.repeat(1_000_000)}()`)).toThrow(IntrinsicSyntaxError);
  });

  const deepCalls = ['States.JsonToString($)', "States.Format('{}', $)", 'States.ArrayUnique($)', 'States.ArrayContains(States.Array($), $)'];
  it.each(deepCalls)('%s bounds the depth of values', (call) => {
    const deep = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as Json;
    expect(evaluate(call, deep(900))).toBeDefined();
    expect(thrownBy(() => evaluate(call, deep(10_000)))).toMatchObject({ error: 'States.IntrinsicFailure' });
  });

  it('takes linear time for many alike values', () => {
    const items = Array.from({ length: 50_000 }, (_, index) => ({ id: index >> 1 }));
    expect(evaluate('States.ArrayUnique($)', items)).toHaveLength(25_000);
  });

  it('refuses data past 10,000 characters', () => {
    expect(evaluate('States.Base64Encode($)', 'a'.repeat(10_000))).toHaveLength(13_336);
    for (const call of ['States.Base64Encode($)', 'States.Base64Decode($)', "States.Hash($, 'MD5')"]) {
      expect(thrownBy(() => evaluate(call, 'a'.repeat(10_001)))).toMatchObject({ error: 'States.IntrinsicFailure' });
    }
  });

  it('changes no prototype', () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as Json;
    const merged = evaluate('States.JsonMerge($, $, false)', hostile) as object;
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.keys(merged)).toEqual(['__proto__', 'constructor']);
    expect(Object.keys(evaluate('States.StringToJson(States.JsonToString($))', hostile) as object)).toEqual(['__proto__', 'constructor']);
    expect('polluted' in {}).toBe(false);
  });
});
