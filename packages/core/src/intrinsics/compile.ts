import type { Expression } from '../query/scope.ts';

/** An intrinsic call that does not parse; Step Functions reports it when the definition is created. */
export class IntrinsicSyntaxError extends Error {}

/**
 * Compiles `States.Name(…)` once.
 * @param compilePath compiles a path argument: `$…`, `$$…`, `$variable…`.
 * @throws IntrinsicSyntaxError for malformed calls, unknown names, wrong argument counts, nesting past 10.
 * The compiled call raises `Fault` `States.IntrinsicFailure` for arguments it cannot work with.
 */
export function compileIntrinsic(_text: string, _compilePath: (path: string) => Expression): Expression {
  throw new IntrinsicSyntaxError('not yet');
}
