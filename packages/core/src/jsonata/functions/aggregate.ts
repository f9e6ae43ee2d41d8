import type { Builtins } from './table.ts';

function sum(items: readonly number[]): number {
  let total = 0;
  for (let index = 0; index < items.length; index++) total += items[index]!;
  return total;
}

/** Aggregation functions (JSONata documentation, "Numeric aggregation functions"). */
export const AGGREGATE_FUNCTIONS: Builtins = {
  sum: { signature: '<a<n>:n>', arity: 1, call: (_run, items?: number[]) => (items === undefined ? undefined : sum(items)) },
  count: { signature: '<a:n>', arity: 1, call: (_run, items?: unknown[]) => items?.length ?? 0 },
  max: { signature: '<a<n>:n>', arity: 1, call: (_run, items?: number[]) => best(items, (a, b) => Math.max(a, b)) },
  min: { signature: '<a<n>:n>', arity: 1, call: (_run, items?: number[]) => best(items, (a, b) => Math.min(a, b)) },
  average: {
    signature: '<a<n>:n>',
    arity: 1,
    call: (_run, items?: number[]) => (items === undefined || items.length === 0 ? undefined : sum(items) / items.length),
  },
};

function best(items: readonly number[] | undefined, choose: (a: number, b: number) => number): number | undefined {
  if (items === undefined || items.length === 0) return undefined;
  return items.reduce((a, b) => choose(a, b));
}
