import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { failAt } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import { functionValue, isFunction } from '../function-value.ts';
import type { Scope } from '../scope.ts';
import { compileHint, procedureName } from './call.ts';

/** Partial application `$f(?, 2)`: a function of the parameters left open. */
export function compilePartial(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const args = node.arguments!.map((argument) =>
    argument.type === 'operator' && argument.value === '?' ? undefined : compiler.compile(argument, scope, level + 1),
  );
  const procedure = compiler.compile(node.procedure!, scope, level + 1);
  const hint = compileHint(compiler, node, scope, 'T1007');
  return (input, frame) => {
    const bound = args.map((argument) => argument?.(input, frame));
    const callee = procedure(input, frame);
    if (callee === undefined) hint?.(input, frame);
    if (!isFunction(callee)) return failAt(node.position, 'T1008', {}, procedureName(node));
    const parameters = callee.lambda ? callee.arity : args.length;
    const open: number[] = [];
    for (let index = 0; index < parameters; index++) if (index < args.length && args[index] === undefined) open.push(index);
    const { run } = frame;
    const apply = (given: unknown[]): unknown => {
      const all = Array.from({ length: parameters }, (_none, index) => bound[index]);
      open.forEach((parameter, index) => (all[parameter] = given[index]));
      return callee.unchecked(all, run);
    };
    return functionValue(apply, { arity: open.length, lambda: true, unchecked: apply });
  };
}
