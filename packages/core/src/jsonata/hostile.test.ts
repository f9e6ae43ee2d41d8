import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { createRandom, type Json } from '@interstate/kernel';
import { noCrypto } from '@interstate/kernel/testing';
import fc from 'fast-check';
import { build } from 'tsup';
import { describe, expect, it } from 'vitest';
import { compileJsonata, JsonataError, type JsonataEnvironment } from './compile.ts';
import { toJson } from './to-json.ts';

const environment = (variables: Record<string, unknown> = {}): JsonataEnvironment => ({
  variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
  now: 0,
  crypto: noCrypto,
  random: createRandom([1, 2, 3, 4]),
});

const evaluate = (text: string, variables?: Record<string, unknown>) => compileJsonata(text).evaluate(environment(variables));
const messageOf = (text: string, variables?: Record<string, unknown>): string => {
  try {
    const raw = evaluate(text, variables);
    toJson(raw);
    return `no error, but ${typeof raw}`;
  } catch (error) {
    if (error instanceof JsonataError) return `${error.code}: ${error.message}`;
    throw error;
  }
};

const STACK = /^: Stack overflow error: Check for non-terminating recursive function\. .* Depth=101 max=100$/;
const MEMORY = /^: Expression evaluation memory limit exceeded$/;
const TIME = /^: Expression evaluation timeout: Check for infinite loop$/;
const terms = (count: number) => Array.from({ length: count }, () => '1').join('+');

describe('bounds', () => {
  it('takes a sum of 100 terms, and no more', () => {
    expect(evaluate(terms(100))).toBe(100);
    expect(messageOf(terms(101))).toMatch(STACK);
  });

  it('takes a sequence of 873,782 numbers, and no more', () => {
    expect(evaluate('$count([1..873782])')).toBe(873_782);
    expect(messageOf('[1..873783]')).toMatch(MEMORY);
  });

  it.each<[text: string, expected: RegExp]>([
    ['($f := function($n) { 1 + $f($n) }; $f(1))', STACK],
    ['($f := function($n) { $f($n) }; $f(1))', TIME],
    ['($f := function($n) { $g($n) }; $g := function($n) { $f($n + 1) }; $f(1))', TIME],
    ['($f := function($s) { $f($s & $s) }; $f("ab"))', MEMORY],
    ['($f := function($a) { $f($append($a, $a)) }; $f([1, 2]))', MEMORY],
    ['($f := function($x, $n) { $n = 0 ? $x : $f({"a": $x, "b": $x}, $n - 1) }; $f(1, 60))', MEMORY],
    ['($f := function($x, $n) { $n = 0 ? $string($x) : $f({"a": $x, "b": $x}, $n - 1) }; $f(1, 60))', MEMORY],
    ['($f := function($x, $n) { $n = 0 ? $x.** : $f({"a": $x, "b": $x}, $n - 1) }; $f(1, 60))', MEMORY],
    ['($f := function($x, $y, $n) { $n = 0 ? $x = $y : $f({"a": $x, "b": $x}, {"a": $y, "b": $y}, $n - 1) }; $f(1, 1, 60))', TIME],
    ['($a := [1..800000]; $map($a, function($i) { $sum($a) }))', TIME],
    ['($a := [1..800000]; $a.($i := $; $a[$ = $i]))', TIME],
    ['$pad("", 1000000000000)', MEMORY],
    ['$pad("x", -1000000000000, "ab")', MEMORY],
    ['$join([1..800000].("0123456789"))', MEMORY],
    ['$replace($join([1..100000].("a")), "a", $join([1..1000].("b")))', MEMORY],
    ['$join([1..800000].("a")) ~> $replace(/a/, "0123456789")', MEMORY],
    ['$formatInteger(1000000000000000, "I")', /^D1011: /],
    ['({"a": {}}) ~> |a|{"self": $}|', MEMORY],
    ['($n := {"a": {}} ~> |a|{"self": $}|; $string($n))', /^(D1011|): /],
    ['$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)', /^(: |no error)/],
  ])('%s', (text, expected) => {
    expect(messageOf(text)).toMatch(expected);
  });

  it('lets a tail call go on for as long as its steps last', () => {
    expect(evaluate('($f := function($n, $sum) { $n = 0 ? $sum : $f($n - 1, $sum + $n) }; $f(100000, 0))')).toBe(5_000_050_000);
  });

  it('works on a text of 7 million characters', () => {
    const text = 'a'.repeat(6_900_000);
    expect(evaluate('$length($text)', { text })).toBe(6_900_000);
    expect(evaluate('$substring($text, -2)', { text })).toBe('aa');
    expect(evaluate('$contains($text, "b")', { text })).toBe(false);
    expect(messageOf('$text & $text', { text })).toMatch(MEMORY);
  });

  it.each(['('.repeat(50_000), '['.repeat(50_000), '-'.repeat(50_000), 'a.'.repeat(50_000), `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`])(
    'refuses text that is nested too deeply (%#)',
    (text) => {
      expect(messageOf(text)).toMatch(/^(S\d{4}|D1011|): /);
    },
  );

  it('ends on a value that is nested deeply', () => {
    let nested: Json = 1;
    for (let level = 0; level < 100_000; level++) nested = [nested];
    expect(messageOf('$string($nested)', { nested })).toMatch(/^(D1011|): /);
    expect(messageOf('$nested', { nested })).toMatch(MEMORY);
    expect(messageOf('$nested = [$nested]', { nested })).toMatch(/^(D1011: |no error)/);
  });
});

describe('prototypes', () => {
  const data = JSON.parse('{"__proto__": {"polluted": 1}, "plain": {"x": 1}, "list": [{"constructor": "mine"}, {}]}') as Json;

  it.each<[text: string, expected: unknown]>([
    ['$d.constructor', undefined],
    ['$d.plain.constructor', undefined],
    ['$d.plain.toString', undefined],
    ['$d.plain.__proto__', undefined],
    ['$d.list.constructor', 'mine'],
    ['$d.list.push', undefined],
    ['$d.list.length', undefined],
    ['$lookup($d, "constructor")', undefined],
    ['$lookup($d, "hasOwnProperty")', undefined],
    ['$d.__proto__.polluted', 1],
    ['$sum.arity', undefined],
    ['$sum.constructor', undefined],
    ['(function($x) { $x }).once', undefined],
    ['/a/.source', undefined],
    ['$merge([{"__proto__": {"polluted": 1}}]).polluted', undefined],
    ['{"__proto__": {"polluted": 1}}.polluted', undefined],
    ['($d ~> |plain|{"__proto__": {"polluted": 1}}|).plain.polluted', undefined],
    ['["constructor", "__proto__"].{$: 1}.polluted', undefined],
    ['$sift($d, function($v) { true }).polluted', undefined],
  ])('%s', (text, expected) => {
    expect(evaluate(text, { d: data })).toEqual(expected);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('keeps __proto__ as an ordinary key', () => {
    expect(JSON.stringify(toJson(evaluate('{"__proto__": 1, "a": 2}')))).toBe('{"__proto__":1,"a":2}');
    expect(JSON.stringify(toJson(evaluate('["__proto__"].{$: 1}')))).toBe('{"__proto__":1}');
  });

  it('never changes what it was given', () => {
    const before = JSON.stringify(data);
    evaluate('$ ~> |$d.plain|{"x": 2}|', { d: data });
    evaluate('$d ~> |plain|{"x": 2}, "x"|', { d: data });
    evaluate('$sort($d.list, function($l, $r) { true })', { d: data });
    evaluate('$append($d.list, 1)[]', { d: data });
    expect(JSON.stringify(data)).toBe(before);
  });
});

it('answers any text with a value or a JsonataError', () => {
  const tokens = ['$', 'a', '.', '[', ']', '(', ')', '{', '}', ':', ';', ',', '?', '~>', ':=', '1', '"x"', '|', '^', '@', '#', '%', '*', '**', 'function', '/a/', '$map', '-', '+', '<', '>', '..', 'and', ' '];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 14 }), (parts) => {
      messageOf(parts.join(''), { a: { a: [1, { a: 2 }] } });
    }),
    { numRuns: 1_500, seed: 7 },
  );
});

it('runs in a bare context without code generation', async () => {
  const context = vm.createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  vm.runInContext(await bundle(), context);
  const text = '$map([1, 2], function($x) { $base64encode($string($x)) & $fromMillis(0) & $encodeUrlComponent("ä") & $replace("ab", /b/, "$0") })';
  const run = `JSON.stringify(jsonataCore.compileJsonata(${JSON.stringify(text)}).evaluate({ variable() {}, now: 0, crypto: {}, random: [1, 2, 3, 4] }))`;
  expect(JSON.parse(vm.runInContext(run, context) as string)).toEqual(['MQ==1970-01-01T00:00:00.000Z%C3%A4ab', 'Mg==1970-01-01T00:00:00.000Z%C3%A4ab']);
});

/** The evaluator and all it imports as one script. */
async function bundle(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'jsonata-'));
  await build({
    entry: { evaluator: fileURLToPath(new URL('./compile.ts', import.meta.url)) },
    outDir,
    format: 'iife',
    globalName: 'jsonataCore',
    noExternal: [/./],
    silent: true,
    config: false,
    esbuildOptions: (options) => {
      options.conditions = ['interstate-source'];
    },
  });
  const script = readFileSync(join(outDir, 'evaluator.global.js'), 'utf8');
  rmSync(outDir, { recursive: true });
  return script;
}
