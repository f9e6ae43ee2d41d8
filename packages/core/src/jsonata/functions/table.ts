import type { Run } from '../run.ts';

/** One built-in function. Its arguments have passed the signature, so each function may take them as what they are. */
export interface Builtin {
  readonly signature: string;
  /** How many of (item, index, all) a higher-order function hands to it. */
  readonly arity: number;
  readonly call: (run: Run, ...args: never[]) => unknown;
}

export type Builtins = Readonly<Record<string, Builtin>>;
