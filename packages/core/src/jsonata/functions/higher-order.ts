import { fail } from '../errors.ts';
import { callback, isFunction, type FunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import { markSequence } from '../sequence.ts';
import { isTruthy } from '../values.ts';
import type { Builtins } from './table.ts';

/** Higher-order functions. */
export const HIGHER_ORDER_FUNCTIONS: Builtins = {
  map: { signature: '<af>', arity: 2, call: map },
  filter: { signature: '<af>', arity: 2, call: filter },
  single: { signature: '<af?>', arity: 2, call: single },
  reduce: { signature: '<afj?:j>', arity: 3, call: reduce },
};

function map(run: Run, items: readonly unknown[] | undefined, apply: FunctionValue): unknown {
  if (items === undefined) return undefined;
  const results: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    const result = callback(run, apply, items[index], index, items);
    if (result !== undefined) results.push(result);
  }
  return markSequence(results);
}

function filter(run: Run, items: readonly unknown[] | undefined, test: FunctionValue): unknown {
  if (items === undefined) return undefined;
  const kept: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (isTruthy(callback(run, test, item, index, items))) kept.push(item);
  }
  return markSequence(kept);
}

function single(run: Run, items?: readonly unknown[], test?: FunctionValue): unknown {
  if (items === undefined) return undefined;
  let found = -1;
  for (let index = 0; index < items.length; index++) {
    if (isFunction(test) && !isTruthy(callback(run, test, items[index], index, items))) continue;
    if (found >= 0) fail('D3138', { index });
    found = index;
  }
  return found < 0 ? fail('D3139') : items[found];
}

function reduce(run: Run, items: readonly unknown[] | undefined, combine: FunctionValue, initial?: unknown): unknown {
  if (items === undefined) return undefined;
  const { arity, direct } = combine;
  if (arity < 2) fail('D3050', { index: 1 });
  const fromFirst = initial === undefined && items.length > 0;
  let result = fromFirst ? items[0] : initial;
  for (let index = fromFirst ? 1 : 0; index < items.length; index++) {
    if (direct !== undefined) result = direct(null, result, items[index], index);
    else result = combine([result, items[index], index, items].slice(0, Math.min(arity, 4)), null, run);
  }
  return result;
}
