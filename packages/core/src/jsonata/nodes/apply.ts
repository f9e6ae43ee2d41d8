import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { failAt } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import { functionValue, isFunction, type FunctionValue } from '../function-value.ts';
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
    return callee([value], null, run);
  };
}

function chain(first: FunctionValue, second: FunctionValue): FunctionValue {
  return functionValue((args, context, run) => second.once([first([args[0]], null, run)], context, run), { arity: 1, lambda: true });
}
