import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { failAt } from '../errors.ts';
import { tupleFrame, VALUE, type Evaluate, type Frame, type Tuple } from '../frame.ts';
import type { Scope } from '../scope.ts';
import { mergeSort } from '../merge-sort.ts';

export type SortItems = (items: unknown[], frame: Frame) => unknown[];

const NOT_YET = Symbol('not evaluated');

/** Order-by `^(…)`: what a term gives is evaluated at most once for each item; items without it come last. */
export function compileSort(compiler: Compiler, node: Node, scope: Scope, level: number): SortItems {
  const sort = compileSorter(compiler, node, scope, level);
  return (items, frame) => sort(items, (item, term) => term(item, frame), frame);
}

type SortTuples = (tuples: Tuple[], frame: Frame) => Tuple[];

export function compileTupleSort(compiler: Compiler, node: Node, scope: Scope, level: number): SortTuples {
  const sort = compileSorter(compiler, node, scope, level);
  return (tuples, frame) => sort(tuples, (tuple, term) => term(tuple.get(VALUE), tupleFrame(frame, tuple)), frame);
}

type Sorter = <Item>(items: Item[], evaluate: (item: Item, term: Evaluate) => unknown, frame: Frame) => Item[];

function compileSorter(compiler: Compiler, node: Node, scope: Scope, level: number): Sorter {
  const terms = node.terms!.map(({ descending, expression }) => ({ descending, evaluate: compiler.compile(expression, scope, level) }));
  return <Item>(items: Item[], evaluate: (item: Item, term: Evaluate) => unknown, frame: Frame) => {
    if (items.length <= 1) return items;
    frame.run.charge(items.length);
    const keyed = items.map((item) => ({ item, keys: terms.map((): unknown => NOT_YET) }));
    const keyOf = (entry: (typeof keyed)[number], term: number): unknown => {
      const known = entry.keys[term];
      return known === NOT_YET ? (entry.keys[term] = evaluate(entry.item, terms[term]!.evaluate)) : known;
    };
    const sorted = mergeSort(keyed, (left, right) => {
      for (let term = 0; term < terms.length; term++) {
        const order = compare(keyOf(left, term), keyOf(right, term), node.position, terms[term]!.descending);
        if (order !== 0) return order > 0;
      }
      return false;
    });
    return sorted.map(({ item }) => item);
  };
}

function compare(left: unknown, right: unknown, position: number | undefined, descending: boolean): number {
  if (left === undefined) return right === undefined ? 0 : 1;
  if (right === undefined) return -1;
  if (!isSortable(left) || !isSortable(right)) return failAt(position, 'T2008', { value: isSortable(left) ? right : left });
  if (typeof left !== typeof right) return failAt(position, 'T2007', { value: left, value2: right });
  if (left === right) return 0;
  return left < right === descending ? 1 : -1;
}

function isSortable(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
