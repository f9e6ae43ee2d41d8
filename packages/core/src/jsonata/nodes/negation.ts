import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { failAt } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import type { Scope } from '../scope.ts';
import { isNumeric } from '../values.ts';

export function compileNegation(compiler: Compiler, node: Node, scope: Scope, level: number): Evaluate {
  const operand = compiler.compile(node.expression!, scope, level + 1);
  return (input, frame) => {
    const value = operand(input, frame);
    if (value === undefined) return undefined;
    if (isNumeric(value)) return -value;
    return failAt(node.position, 'D1002', { value }, String(node.value));
  };
}
