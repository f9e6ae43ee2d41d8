import { append } from '../append.ts';
import { fail } from '../errors.ts';
import { isFunction, type FunctionValue } from '../function-value.ts';
import { mergeSort } from '../merge-sort.ts';
import type { Run } from '../run.ts';
import { isSequence, markSequence } from '../sequence.ts';
import { isEqual, isNumeric } from '../values.ts';
import { nextRandom } from '@interstate/kernel';
import type { Builtins } from './table.ts';

/** Array functions. */
export const ARRAY_FUNCTIONS: Builtins = {
  append: { signature: '<xx:a>', arity: 2, call: append },
  reverse: {
    signature: '<a:a>',
    arity: 1,
    call: (_run, items?: unknown[]) => (items === undefined || items.length <= 1 ? items : items.slice().reverse()),
  },
  sort: { signature: '<af?:a>', arity: 2, call: sort },
  shuffle: { signature: '<a:a>', arity: 1, call: shuffle },
  distinct: { signature: '<x:x>', arity: 1, call: distinct },
  zip: { signature: '<a+>', arity: 0, call: zip },
};

function sort(run: Run, items?: unknown[], comparator?: FunctionValue): unknown {
  if (items === undefined || items.length <= 1) return items;
  run.charge(items.length * Math.ceil(Math.log2(items.length)));
  if (isFunction(comparator)) return mergeSort(items, (left, right) => comparator([left, right], null, run));
  if (!items.every(isNumeric) && !items.every((item) => typeof item === 'string')) return fail('D3070', { index: 1 });
  return mergeSort(items as number[], (left, right) => left > right);
}

function shuffle(run: Run, items?: unknown[]): unknown {
  if (items === undefined || items.length <= 1) return items;
  const shuffled: unknown[] = [];
  items.forEach((item, index) => {
    const at = Math.floor(nextRandom(run.environment.random) * (index + 1));
    if (at !== index) shuffled.push(shuffled[at]);
    shuffled[at] = item;
  });
  return shuffled;
}

function distinct(run: Run, value?: unknown): unknown {
  if (!Array.isArray(value) || value.length <= 1) return value;
  const kept: unknown[] = [];
  const scalars = new Set<unknown>();
  const containers: object[] = [];
  for (const item of value as unknown[]) {
    if (typeof item === 'object' && item !== null) {
      run.charge(containers.length);
      if (containers.some((other) => isEqual(run, item, other))) continue;
      containers.push(item);
    } else if (scalars.has(item)) continue;
    else scalars.add(item);
    kept.push(item);
  }
  return isSequence(value) ? markSequence(kept) : kept;
}

function zip(_run: Run, ...arrays: unknown[]): unknown {
  const shortest = Math.min(...arrays.map((array) => (Array.isArray(array) ? array.length : 0)));
  const tuples: unknown[] = [];
  for (let index = 0; index < shortest; index++) tuples.push(arrays.map((array) => (array as unknown[])[index]));
  return tuples;
}
