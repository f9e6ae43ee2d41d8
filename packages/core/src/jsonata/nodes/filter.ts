import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { tupleFrame, VALUE, type Evaluate } from '../frame.ts';
import type { Scope } from '../scope.ts';
import { markSequence } from '../sequence.ts';
import { TupleStream } from '../tuple-stream.ts';
import { isNumeric, isTruthy } from '../values.ts';

/** A predicate `[…]` on a value: a literal index, or an expression that gives indices or a condition for each item. */
export function compileFilter(compiler: Compiler, predicate: Node, scope: Scope, level: number): Evaluate {
  if (predicate.type === 'number') return indexFilter(Math.floor(predicate.value as number));
  const test = compiler.compile(predicate, scope, level);
  return (value, frame) => {
    if (value instanceof TupleStream) {
      const { tuples } = value;
      const kept = tuples.filter((tuple, index) => matches(test(tuple.get(VALUE), tupleFrame(frame, tuple)), index, tuples.length));
      return new TupleStream(kept);
    }
    const kept: unknown[] = [];
    if (!Array.isArray(value)) {
      if (matches(test(value, frame), 0, 1)) kept.push(value);
      return markSequence(kept);
    }
    const { length } = value;
    frame.run.charge(length);
    for (let index = 0; index < length; index++) {
      const item: unknown = value[index];
      const result = test(item, frame);
      if (typeof result === 'boolean') {
        if (result) kept.push(item);
      } else {
        // A list of indices may name an item more than once.
        for (let times = matches(result, index, length); times > 0; times--) kept.push(item);
      }
    }
    return markSequence(kept);
  };
}

function indexFilter(wanted: number): Evaluate {
  return (value) => {
    if (value instanceof TupleStream) {
      const tuple = value.tuples.at(wanted);
      return new TupleStream(tuple === undefined ? [] : [tuple]);
    }
    const item: unknown = Array.isArray(value)
      ? value[wanted < 0 ? value.length + wanted : wanted]
      : wanted === 0 || wanted === -1
        ? value
        : undefined;
    if (Array.isArray(item)) return item;
    return markSequence(item === undefined ? [] : [item]);
  };
}

/** How often an item is selected by the result of its predicate. */
function matches(result: unknown, index: number, length: number): number {
  if (typeof result === 'boolean') return result ? 1 : 0;
  if (isNumeric(result)) return isIndex(result, index, length) ? 1 : 0;
  if (Array.isArray(result) && result.every(isNumeric)) return result.filter((wanted: number) => isIndex(wanted, index, length)).length;
  return isTruthy(result) ? 1 : 0;
}

function isIndex(wanted: number, index: number, length: number): boolean {
  const whole = Math.floor(wanted);
  return (whole < 0 ? length + whole : whole) === index;
}

