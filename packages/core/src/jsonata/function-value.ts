import { Failure } from './errors.ts';
import type { Run } from './run.ts';

/** One call: the arguments (the array may be changed), and the context that may stand in for a missing first one. */
export type Call = (args: unknown[], context: unknown, run: Run) => unknown;

/**
 * A function as a value: a JavaScript function, so that `typeof` tells it from data and no property of it can be reached by a path.
 */
export interface FunctionValue extends Call {
  /** Parameters it declares: higher-order functions pass no more than these. */
  arity: number;
  /** One call without unrolling the tail call it may end in. */
  once: Call;
  /** Set for lambdas of at most three parameters and no signature: called without an array of arguments. */
  direct: ((context: unknown, a?: unknown, b?: unknown, c?: unknown) => unknown) | undefined;
  /** What partial application calls: a lambda's arguments are not checked again. */
  unchecked: (args: unknown[], run: Run) => unknown;
  /** True for lambdas, partial applications and chains; false for built-ins, regular expressions and transforms. */
  lambda: boolean;
}

export function isFunction(value: unknown): value is FunctionValue {
  return typeof value === 'function';
}

/** A call in tail position, handed back to the caller's loop so that the stack does not grow. */
export class TailCall {
  constructor(
    readonly callee: FunctionValue,
    readonly args: unknown[],
    readonly name: string | undefined,
  ) {}
}

export function unroll(result: unknown, context: unknown, run: Run): unknown {
  let value = result;
  while (value instanceof TailCall) {
    const { callee, args, name } = value;
    try {
      value = callee.once(args, context, run);
    } catch (error) {
      if (error instanceof Failure) error.token ??= name;
      throw error;
    }
  }
  return value;
}

export interface FunctionTraits {
  readonly arity: number;
  readonly lambda?: boolean;
  readonly unchecked?: (args: unknown[], run: Run) => unknown;
}

/** A function value from a plain call that may answer with a TailCall. */
export function functionValue(once: Call, { arity, lambda = false, unchecked }: FunctionTraits): FunctionValue {
  const call: Call = (args, context, run) => unroll(once(args, context, run), context, run);
  const value = call as FunctionValue;
  value.arity = arity;
  value.once = once;
  value.direct = undefined;
  value.unchecked = unchecked ?? ((args, run) => once(args, undefined, run));
  value.lambda = lambda;
  return value;
}

/** Calls a callback of a higher-order function with as many of (item, index, all) as it declares. */
export function callback(run: Run, callee: FunctionValue, a: unknown, b: unknown, c: unknown): unknown {
  const { arity, direct } = callee;
  if (direct !== undefined) return direct(null, a, b, c);
  return callee(arity >= 3 ? [a, b, c] : arity === 2 ? [a, b] : [a], null, run);
}
