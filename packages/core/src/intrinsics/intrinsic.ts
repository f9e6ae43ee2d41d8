import type { Json } from '@interstate/kernel';
import type { Expression, Scope } from '../query/scope.ts';

/** One row of the table: a function's signature, and what it does. */
export type Intrinsic = FixedIntrinsic | VariadicIntrinsic;

interface Signature {
  /** `States.MathAdd`. */
  readonly name: string;
  /** Names of the arguments, in order, for messages. */
  readonly parameters: readonly string[];
}

export interface FixedIntrinsic extends Signature {
  /** How many of the parameters, at the end, may be left out. Default 0. */
  readonly optional?: number;
  /** Gets up to three arguments (null where there is none, undefined for an optional one). @throws IntrinsicFailure */
  readonly evaluate: (a: Json, b: Json, c: Json | undefined, scope: Scope) => Json;
}

export interface VariadicIntrinsic extends Signature {
  /** Takes any number of arguments after the parameters. */
  readonly variadic: true;
  readonly compile: (args: readonly CompiledArgument[]) => Expression;
}

export interface CompiledArgument {
  readonly evaluate: Expression;
  /** Present for a string written in the call itself: its text before escapes are resolved. */
  readonly rawString?: string | undefined;
}

/** What a function says of arguments it cannot work with; the compiled call makes it a `Fault` that names the call. */
export class IntrinsicFailure {
  constructor(readonly message: string) {}
}

export function fail(message: string): never {
  throw new IntrinsicFailure(message);
}
