import { createRandom, type Json } from '@interstate/kernel';
import { noCrypto } from '@interstate/kernel/testing';
import { expect, it } from 'vitest';
import { compileJsonata } from './compile.ts';
import { toJson } from './to-json.ts';

const evaluate = (text: string, value: Json) =>
  compileJsonata(text).evaluate({ variable: () => value, now: 0, crypto: noCrypto, random: createRandom([1, 2, 3, 4]) });

it('hands on what was JSON already, without a copy', () => {
  const value = { list: Array.from({ length: 50 }, (_none, index) => ({ index })) };
  expect(toJson(evaluate('$v', value))).toBe(value);
  expect(toJson(evaluate('$v.list', value))).toBe(value.list);
  expect(toJson(evaluate('{"kept": $v}', value))).toEqual({ kept: value });
});

it('takes the marks off sequences, at any depth', () => {
  const value = [{ a: 1 }, { a: 2 }];
  const json = toJson(evaluate('{"list": $v.a, "one": $v[0].a[]}', value)) as Record<string, Json>;
  expect(json).toEqual({ list: [1, 2], one: [1] });
  for (const list of Object.values(json)) expect(Object.getOwnPropertySymbols(list as object)).toEqual([]);
});

it('writes numbers that are not finite as text', () => {
  expect(toJson(Infinity)).toBe('Infinity');
  expect(toJson({ a: [-Infinity, Number.NaN, 1] })).toEqual({ a: ['-Infinity', 'NaN', 1] });
});

it('leaves nothing out of arrays, and out of objects what is nothing', () => {
  expect(toJson([undefined, 1])).toEqual([null, 1]);
  expect(Object.keys(toJson({ a: 1, b: undefined, c: 2 }) as object)).toEqual(['a', 'c']);
});

it('does not take functions', () => {
  expect(toJson(() => 1)).toBeUndefined();
  expect(toJson({ a: [() => 1] })).toBeUndefined();
});
