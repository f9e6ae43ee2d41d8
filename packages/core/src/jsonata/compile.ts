import type { Json } from '@interstate/kernel';
import type { Node } from './ast.ts';
import { Compiler } from './compiler.ts';
import { BoundFailure, Failure, toJsonataError, toSyntaxError } from './errors.ts';
import { Frame, type Evaluate } from './frame.ts';
import { unroll } from './function-value.ts';
import { clearSlots } from './nodes/block.ts';
import { parseJsonata } from './parse.ts';
import { Run, UNBOUND, type JsonataEnvironment } from './run.ts';
import { slotScope, type Scope } from './scope.ts';
import { wrapOuter } from './sequence.ts';

export { JsonataError } from './errors.ts';
export { AWS_BOUNDS, type JsonataBounds, type JsonataEnvironment } from './run.ts';

export interface JsonataExpression {
  readonly text: string;
  /**
   * The raw result: JSON, undefined (nothing), or a function or regular expression.
   * `input` is the input document (`$`, `$$`); Step Functions gives none.
   * @throws JsonataError
   */
  evaluate(environment: JsonataEnvironment, input?: Json): unknown;
}

interface Program {
  readonly evaluate: Evaluate;
  /** Deepest level of evaluation outside lambdas. */
  readonly deepest: number;
}

/** Compiles an expression (text without `{%` and `%}`) once. @throws JsonataError where it does not parse. */
export function compileJsonata(text: string): JsonataExpression {
  const ast = parseJsonata(text);
  const globals: string[] = [];
  let program: Program;
  let scope: Scope;
  try {
    scope = slotScope(undefined, [], [ast]);
    program = compileProgram(ast, scope, globals, false);
  } catch (error) {
    if (error instanceof Failure || error instanceof BoundFailure) throw toJsonataError(error);
    throw error instanceof RangeError ? toSyntaxError(error) : error;
  }
  let checked: Program | undefined;
  const slots = scope.slots.size;
  return {
    text,
    evaluate(environment, input) {
      const values: unknown[] = [];
      for (let index = 0; index < globals.length; index++) values.push(UNBOUND);
      const run = new Run(environment, input, values);
      try {
        const frame = new Frame(undefined, run, 0);
        clearSlots(frame, 0, slots);
        const { evaluate } = program.deepest > run.maxDepth ? (checked ??= compileProgram(ast, scope, globals, true)) : program;
        return unroll(evaluate(wrapOuter(input), frame), input, run);
      } catch (error) {
        throw toJsonataError(error);
      }
    },
  };
}

function compileProgram(ast: Node, scope: Scope, globals: string[], checked: boolean): Program {
  const compiler = new Compiler(globals, checked);
  const evaluate = compiler.compile(ast, scope, 1);
  return { evaluate, deepest: compiler.deepest };
}
