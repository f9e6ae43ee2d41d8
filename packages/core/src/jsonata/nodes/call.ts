import type { Node } from '../ast.ts';
import type { Compiler } from '../compiler.ts';
import { Failure, failAt } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import { isFunction } from '../function-value.ts';
import type { Scope } from '../scope.ts';
import { compileReference } from './variable.ts';

/**
 * A function call. With `piped`, the value on the left of `~>` is the first argument.
 * A failure inside that names no function is said to be of this call.
 */
export function compileCall(compiler: Compiler, node: Node, scope: Scope, level: number, piped?: Evaluate): Evaluate {
  const procedure = compiler.compile(node.procedure!, scope, level + 1);
  const given = node.arguments!.map((argument) => compiler.compile(argument, scope, level + 1));
  const args = piped === undefined ? given : [piped, ...given];
  const name = procedureName(node);
  const hint = compileHint(compiler, node, scope, 'T1005');
  const { position } = node;
  const { length } = args;

  return (input, frame) => {
    const first = piped === undefined ? undefined : piped(input, frame);
    const callee = procedure(input, frame);
    const { run } = frame;
    if (callee === undefined) hint?.(input, frame);
    if (isFunction(callee) && callee.direct !== undefined && length <= 3) {
      const a = length > 0 ? (piped === undefined ? args[0]!(input, frame) : first) : undefined;
      const b = length > 1 ? args[1]!(input, frame) : undefined;
      const c = length > 2 ? args[2]!(input, frame) : undefined;
      run.depth = frame.base + level;
      try {
        return callee.direct(input, a, b, c);
      } catch (error) {
        throw ofCall(error, position, name);
      }
    }
    const values: unknown[] = [];
    for (let index = 0; index < length; index++) {
      values.push(index === 0 && piped !== undefined ? first : args[index]!(input, frame));
    }
    if (!isFunction(callee)) return failAt(position, 'T1006', {}, name);
    run.depth = frame.base + level;
    try {
      return callee(values, input, run);
    } catch (error) {
      throw ofCall(error, position, name);
    }
  };
}

function ofCall(error: unknown, position: number | undefined, name: string | undefined): unknown {
  if (error instanceof Failure) {
    error.position ??= position;
    error.token ??= name;
  }
  return error;
}

export function procedureName(node: Node): string | undefined {
  const procedure = node.procedure!;
  const value = procedure.type === 'path' ? procedure.steps![0]!.value : procedure.value;
  return value === undefined ? undefined : String(value);
}

/** For `sum(x)` where `$sum(x)` was meant. */
export function compileHint(compiler: Compiler, node: Node, scope: Scope, code: string): Evaluate | undefined {
  if (node.procedure!.type !== 'path') return undefined;
  const name = procedureName(node);
  if (name === undefined) return undefined;
  const meant = compileReference(compiler, name, scope);
  return (input, frame) => (meant(input, frame) ? failAt(node.position, code, {}, name) : undefined);
}
