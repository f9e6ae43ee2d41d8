import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { Failure, failAt } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import { functionValue, isFunction, TailCall, type Call, type FunctionValue } from '../function-value.ts';
import type { Scope } from '../scope.ts';
import { compileCall } from './call.ts';

/** `~>`: calls the right side with the left as first argument, or chains two functions into one. */
export function compileApply(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const left = compiler.compile(node.lhs as Node, scope, level + 1);
  if (node.rhs!.type === 'function') return compileCall(compiler, node.rhs!, scope, level, left);
  const right = compiler.compile(node.rhs!, scope, level + 1);
  return (input, frame) => {
    const value = left(input, frame);
    const callee = right(input, frame);
    if (!isFunction(callee)) return failAt(node.position, 'T2006', { value: callee });
    if (isFunction(value)) return chain(value, callee);
    const { run } = frame;
    run.depth = frame.base + level;
    try {
      return callee([value], null, run);
    } catch (error) {
      if (error instanceof Failure && node.rhs!.type === 'variable') error.token ??= String(node.rhs!.value);
      throw error;
    }
  };
}

// As the lambda `function($x) { $g($f($x)) }`, whose names show in messages.
function chain(first: FunctionValue, second: FunctionValue): FunctionValue {
  const apply: Call = (args, _context, run) => {
    let value: unknown;
    try {
      value = first([args[0]], null, run);
    } catch (error) {
      if (error instanceof Failure) error.token ??= 'f';
      throw error;
    }
    return new TailCall(second, [value], 'g');
  };
  return functionValue(apply, { arity: 1, lambda: true });
}
