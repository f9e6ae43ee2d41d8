import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { fail, Failure } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import { toText } from '../functions/to-text.ts';
import type { Run } from '../run.ts';
import type { Scope } from '../scope.ts';
import { markSequence } from '../sequence.ts';
import { isEqual, isNumeric, isTruthy } from '../values.ts';

/** Binary operators: arithmetic, comparison, boolean, `&`, `in` and `..`. */
export function compileBinary(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const left = compiler.compile(node.lhs as Node, scope, level + 1);
  const right = compiler.compile(node.rhs!, scope, level + 1);
  const operator = String(node.value);
  switch (operator) {
    case '+':
      return arithmetic(node, left, right, (a, b) => a + b);
    case '-':
      return arithmetic(node, left, right, (a, b) => a - b);
    case '*':
      return arithmetic(node, left, right, (a, b) => a * b);
    case '/':
      return arithmetic(node, left, right, (a, b) => a / b);
    case '%':
      return arithmetic(node, left, right, (a, b) => a % b);
    case '=':
      return (input, frame) => {
        const a = left(input, frame);
        const b = right(input, frame);
        return a !== undefined && b !== undefined && isEqual(frame.run, a, b);
      };
    case '!=':
      return (input, frame) => {
        const a = left(input, frame);
        const b = right(input, frame);
        return a !== undefined && b !== undefined && !isEqual(frame.run, a, b);
      };
    case '<':
      return comparison(node, left, right, (a, b) => a < b);
    case '<=':
      return comparison(node, left, right, (a, b) => a <= b);
    case '>':
      return comparison(node, left, right, (a, b) => a > b);
    case '>=':
      return comparison(node, left, right, (a, b) => a >= b);
    case '&':
      return located(node, left, right, concatenate);
    case '..':
      return located(node, left, right, range);
    case 'in':
      return located(node, left, right, includes);
    case 'and':
      return guarded(node, (input, frame) => isTruthy(left(input, frame)), right, false);
    case 'or':
      return guarded(node, (input, frame) => isTruthy(left(input, frame)), right, true);
  }
  // The parser knows no other operator (`?:` and `??` are conditions by now).
  return fail('S0204', { value: operator });
}

// Each operator has call sites of its own through these closures, so the common case stays free of dispatch.
function arithmetic(node: Node, left: Evaluate, right: Evaluate, apply: (a: number, b: number) => number): Evaluate {
  return (input, frame) => {
    const a = left(input, frame);
    const b = right(input, frame);
    if (typeof a === 'number' && typeof b === 'number' && Number.isFinite(a) && Number.isFinite(b)) return apply(a, b);
    return locate(node, () => {
      if (a !== undefined && !isNumeric(a)) fail('T2001', { value: a });
      if (b !== undefined && !isNumeric(b)) fail('T2002', { value: b });
      return undefined;
    });
  };
}

function comparison(
  node: Node,
  left: Evaluate,
  right: Evaluate,
  apply: (a: string | number, b: string | number) => boolean,
): Evaluate {
  return (input, frame) => {
    const a = left(input, frame);
    const b = right(input, frame);
    if (typeof a === 'number' && typeof b === 'number') return apply(a, b);
    if (typeof a === 'string' && typeof b === 'string') return apply(a, b);
    return locate(node, () => {
      if (!isComparable(a)) fail('T2010', { value: a });
      if (!isComparable(b)) fail('T2010', { value: b });
      if (a === undefined || b === undefined) return undefined;
      return fail('T2009', { value: a, value2: b });
    });
  };
}

function isComparable(value: unknown): boolean {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

function located(node: Node, left: Evaluate, right: Evaluate, apply: (a: unknown, b: unknown, run: Run) => unknown): Evaluate {
  return (input, frame) => {
    const a = left(input, frame);
    const b = right(input, frame);
    try {
      return apply(a, b, frame.run);
    } catch (error) {
      throw atOperator(node, error);
    }
  };
}

// Failures of the right side, too, are said to be at the operator.
function guarded(node: Node, left: Evaluate, right: Evaluate, decided: boolean): Evaluate {
  return (input, frame) => {
    const a = left(input, frame) as boolean;
    if (a === decided) return a;
    try {
      return isTruthy(right(input, frame));
    } catch (error) {
      throw atOperator(node, error);
    }
  };
}

function locate(node: Node, apply: () => unknown): unknown {
  try {
    return apply();
  } catch (error) {
    throw atOperator(node, error);
  }
}

function atOperator(node: Node, error: unknown): unknown {
  if (error instanceof Failure) {
    error.position = node.position;
    error.token = String(node.value);
  }
  return error;
}

function concatenate(a: unknown, b: unknown, run: Run): string {
  const text = (a === undefined ? '' : toText(run, a)) + (b === undefined ? '' : toText(run, b));
  run.checkText(text.length);
  return text;
}

const MOST_IN_RANGE = 1e7;

function range(a: unknown, b: unknown, run: Run): unknown[] | undefined {
  if (a !== undefined && !Number.isInteger(a)) fail('T2003', { value: a });
  if (b !== undefined && !Number.isInteger(b)) fail('T2004', { value: b });
  if (a === undefined || b === undefined) return undefined;
  const from = a as number;
  const size = (b as number) - from + 1;
  if (size <= 0) return undefined;
  if (size > MOST_IN_RANGE) fail('D2014', { value: size });
  run.checkItems(size);
  run.charge(size);
  const items: number[] = [];
  for (let index = 0; index < size; index++) items.push(from + index);
  return markSequence(items);
}

function includes(a: unknown, b: unknown, run: Run): boolean {
  if (a === undefined || b === undefined) return false;
  if (!Array.isArray(b)) return a === b;
  run.charge(b.length);
  for (let index = 0; index < b.length; index++) if (b[index] === a) return true;
  return false;
}
