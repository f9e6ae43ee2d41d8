import { setJsonKey, type Json } from '@interstate/kernel';
import { Gathered } from '../append.ts';
import type { Node, Pairs } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { failAt } from '../errors.ts';
import { tupleFrame, VALUE, type Evaluate, type Frame, type Tuple } from '../frame.ts';
import { tupleScope, type Scope } from '../scope.ts';

/** An object constructor: a group-by over the context, which is an ordinary object in the common case. */
export function compileObject(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const lhs = node.lhs as Pairs['lhs'];
  const pairs = compilePairs(compiler, lhs, scope, level + 1);
  const group = itemGroups(pairs, node.position);
  const names = lhs.map(([key]) => (key.type === 'string' && key.predicate === undefined && key.group === undefined ? key.value : undefined));
  const plain = names.every((name) => typeof name === 'string' && !RESERVED.has(name)) && new Set(names).size === names.length;
  if (!plain) return group;
  const { values } = pairs;
  return (input, frame) => {
    if (Array.isArray(input)) return group(input, frame);
    const object: Record<string, Json> = {};
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!(input, frame);
      if (value !== undefined) object[names[index] as string] = value as Json;
    }
    return object;
  };
}

// The first needs `setJsonKey`; the others are refused, as the jsonata package refuses them.
const RESERVED: ReadonlySet<unknown> = new Set(['__proto__', '_jsonata_lambda', '_jsonata_function']);

interface Group {
  readonly pair: number;
  readonly items: Gathered;
  readonly tuples: Tuple[];
}

/** Group-by `{key: value}`: items with equal keys are gathered, then each value is evaluated on what was gathered. */
export function compileGroup(compiler: Compiler, pairs: Pairs, scope: Scope, level: number): Evaluate {
  return itemGroups(compilePairs(compiler, pairs.lhs, scope, level), pairs.position);
}

interface CompiledPairs {
  readonly keys: readonly Evaluate[];
  readonly values: readonly Evaluate[];
}

function compilePairs(compiler: Compiler, pairs: Pairs['lhs'], scope: Scope, level: number): CompiledPairs {
  return {
    keys: pairs.map(([key]) => compiler.compile(key, scope, level)),
    values: pairs.map(([, value]) => compiler.compile(value, scope, level)),
  };
}

function itemGroups({ keys, values }: CompiledPairs, position: number | undefined): Evaluate {
  return (input, frame) => {
    const groups = new Map<string, Group>();
    const items: readonly unknown[] = Array.isArray(input) && input.length > 0 ? input : [Array.isArray(input) ? undefined : input];
    frame.run.charge(items.length);
    for (const item of items) {
      keys.forEach((key, pair) => groupOf(groups, key(item, frame), pair, position)?.items.add(frame.run, item));
    }
    return build(groups, (group) => values[group.pair]!(group.items.value, frame));
  };
}

/** Group-by on tuples: inside a group, each variable stands for all its values. */
export function compileTupleGroup(compiler: Compiler, pairs: Pairs, scope: Scope, level: number): (tuples: Tuple[], frame: Frame) => unknown {
  const { keys, values } = compilePairs(compiler, pairs.lhs, tupleScope(scope), level);
  return (tuples, frame) => {
    const groups = new Map<string, Group>();
    for (const tuple of tuples) {
      keys.forEach((key, pair) => {
        groupOf(groups, key(tuple.get(VALUE), tupleFrame(frame, tuple)), pair, pairs.position)?.tuples.push(tuple);
      });
    }
    return build(groups, (group) => {
      const tuple = mergeTuples(group.tuples, frame);
      const context = tuple.get(VALUE);
      tuple.delete(VALUE);
      return values[group.pair]!(context, tupleFrame(frame, tuple));
    });
  };
}

function groupOf(groups: Map<string, Group>, key: unknown, pair: number, position: number | undefined): Group | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string') return failAt(position, 'T1003', { value: key });
  if (key === '_jsonata_lambda' || key === '_jsonata_function') return failAt(position, 'D1013', { value: key });
  let group = groups.get(key);
  if (group === undefined) {
    group = { pair, items: new Gathered(undefined), tuples: [] };
    groups.set(key, group);
  } else if (group.pair !== pair) return failAt(position, 'D1009', { value: key });
  return group;
}

function build(groups: ReadonlyMap<string, Group>, evaluate: (group: Group) => unknown): Record<string, Json> {
  const object: Record<string, Json> = {};
  for (const [key, group] of groups) {
    const value = evaluate(group);
    if (value !== undefined) setJsonKey(object, key, value as Json);
  }
  return object;
}

// Each variable of the group becomes all its values.
function mergeTuples(tuples: readonly Tuple[], frame: Frame): Tuple {
  const [first, ...rest] = tuples;
  const gathered = new Map<string, Gathered>();
  for (const [name, value] of first!) gathered.set(name, new Gathered(value));
  for (const tuple of rest) {
    for (const [name, value] of tuple) {
      const known = gathered.get(name);
      if (known === undefined) gathered.set(name, new Gathered(value));
      else known.add(frame.run, value);
    }
  }
  return new Map([...gathered].map(([name, { value }]) => [name, value]));
}
