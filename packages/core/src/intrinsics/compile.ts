import type { Json } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import type { Expression } from '../query/scope.ts';
import { IntrinsicFailure, type FixedIntrinsic } from './intrinsic.ts';
import { parseIntrinsic, type IntrinsicArgument, type IntrinsicCall } from './parse.ts';

export { IntrinsicSyntaxError } from './errors.ts';

/**
 * Compiles `States.Name(…)` once.
 * @param compilePath compiles a path argument: `$…`, `$$…`, `$variable…`. Called for each in order; what it throws passes through.
 * @throws IntrinsicSyntaxError for malformed calls, unknown names, wrong argument counts, nesting past 10.
 * The compiled call raises `Fault` `States.IntrinsicFailure` for arguments it cannot work with.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export function compileIntrinsic(text: string, compilePath: (path: string) => Expression): Expression {
  return compileCall(parseIntrinsic(text), compilePath);
}

function compileCall(call: IntrinsicCall, compilePath: (path: string) => Expression): Expression {
  const { intrinsic, args, text } = call;
  const evaluated = args.map((argument) => compileArgument(argument, compilePath));
  const apply =
    'variadic' in intrinsic
      ? intrinsic.compile(args.map((argument, index) => ({ evaluate: evaluated[index]!, rawString: rawString(argument) })))
      : compileFixed(intrinsic.evaluate, evaluated);
  return (scope) => {
    try {
      return apply(scope);
    } catch (failure) {
      if (!(failure instanceof IntrinsicFailure)) throw failure;
      throw new Fault('States.IntrinsicFailure', `The function '${text}' had the following error: ${failure.message}`);
    }
  };
}

/** One closure per number of arguments: no array is built per call. */
function compileFixed(evaluate: FixedIntrinsic['evaluate'], args: readonly Expression[]): Expression {
  const [a, b, c] = args;
  if (a === undefined) return (scope) => evaluate(null, null, undefined, scope);
  if (b === undefined) return (scope) => evaluate(a(scope), null, undefined, scope);
  if (c === undefined) return (scope) => evaluate(a(scope), b(scope), undefined, scope);
  return (scope) => evaluate(a(scope), b(scope), c(scope), scope);
}

function compileArgument(argument: IntrinsicArgument, compilePath: (path: string) => Expression): Expression {
  switch (argument.type) {
    case 'call':
      return compileCall(argument, compilePath);
    case 'path':
      return compilePath(argument.text);
    case 'literal':
      return constant(argument.value);
  }
}

function constant(value: Json): Expression {
  return () => value;
}

function rawString(argument: IntrinsicArgument): string | undefined {
  return argument.type === 'literal' ? argument.rawString : undefined;
}
