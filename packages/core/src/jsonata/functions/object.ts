import { setJsonKey, type Json } from '@interstate/kernel';
import { callback, isFunction, type FunctionValue } from '../function-value.ts';
import { copyJson } from '../copy.ts';
import { lookup, readerOf } from '../lookup.ts';
import type { Run } from '../run.ts';
import { markSequence } from '../sequence.ts';
import { isTruthy } from '../values.ts';
import type { Builtins } from './table.ts';

type JsonataObject = Record<string, unknown>;

/** Object functions. */
export const OBJECT_FUNCTIONS: Builtins = {
  keys: { signature: '<x-:a<s>>', arity: 1, call: (run, value) => markSequence(keysOf(run, value)) },
  lookup: {
    signature: '<x-s:x>',
    arity: 2,
    call: (_run, value: unknown, key?: string) => (key === undefined ? undefined : lookup(value, readerOf(key))),
  },
  spread: { signature: '<x-:a<o>>', arity: 1, call: spread },
  merge: { signature: '<a<o>:o>', arity: 1, call: merge },
  sift: { signature: '<o-f?:o>', arity: 2, call: sift },
  each: { signature: '<o-f:a>', arity: 2, call: each },
  clone: { signature: '<(oa)-:o>', arity: 1, call: (run, value) => (value === undefined ? undefined : copyJson(run, value, new Set())) },
};

function keysOf(run: Run, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) {
    const keys = Object.keys(value);
    run.charge(keys.length);
    return keys;
  }
  const all = new Set<string>();
  for (const item of value as unknown[]) for (const key of keysOf(run, item)) all.add(key);
  return [...all];
}

function spread(run: Run, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const parts: unknown[] = [];
  if (Array.isArray(value)) {
    run.charge(value.length);
    let joined = false;
    for (const item of value as unknown[]) {
      const part = spread(run, item);
      if (part === undefined) continue;
      joined = true;
      if (Array.isArray(part)) for (const one of part as unknown[]) parts.push(one);
      else parts.push(part);
    }
    return joined ? parts : markSequence(parts);
  }
  for (const key of Object.keys(value)) {
    const part: Record<string, Json> = {};
    setJsonKey(part, key, (value as Record<string, Json>)[key]!);
    parts.push(part);
  }
  run.charge(parts.length);
  return markSequence(parts);
}

function merge(run: Run, objects?: readonly JsonataObject[]): unknown {
  if (objects === undefined) return undefined;
  const merged: Record<string, Json> = {};
  for (const object of objects) {
    const keys = Object.keys(object);
    run.charge(keys.length);
    for (const key of keys) setJsonKey(merged, key, object[key] as Json);
  }
  return merged;
}

function sift(run: Run, object?: JsonataObject, test?: FunctionValue): unknown {
  if (object === undefined || !isFunction(test)) return undefined;
  const kept: Record<string, Json> = {};
  let found = false;
  for (const key of Object.keys(object)) {
    if (!isTruthy(callback(run, test, object[key], key, object))) continue;
    setJsonKey(kept, key, object[key] as Json);
    found = true;
  }
  return found ? kept : undefined;
}

function each(run: Run, object?: JsonataObject, apply?: FunctionValue): unknown {
  const results: unknown[] = [];
  if (object !== undefined && isFunction(apply)) {
    for (const key of Object.keys(object)) {
      const result = callback(run, apply, object[key], key, object);
      if (result !== undefined) results.push(result);
    }
  }
  return markSequence(results);
}
