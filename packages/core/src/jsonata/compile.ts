import type { Crypto, EpochMs, Json, RandomState } from '@interstate/kernel';

/** A JSONata failure: the code (`T2001`) and message of the jsonata dialect, without the code in the text. */
export class JsonataError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly position?: number,
    readonly token?: string,
  ) {
    super(message);
    this.name = 'JsonataError';
  }
}

export interface JsonataEnvironment {
  /** Value of `$name`; for `states` the `$states` object. Undefined where there is none. */
  variable(name: string): unknown;
  readonly now: EpochMs;
  readonly crypto: Crypto;
  readonly random: RandomState;
  readonly bounds?: JsonataBounds;
}

export interface JsonataBounds {
  /** Call depth; AWS: 100. */
  readonly depth: number;
  /** Bytes of one built value; AWS: 6,990,256. */
  readonly valueBytes: number;
  /** Evaluation steps after which an endless evaluation is cut, since no clock is read. */
  readonly steps: number;
}

export interface JsonataExpression {
  readonly text: string;
  /**
   * The raw result: JSON, undefined (nothing), or a function or regular expression.
   * `input` is the input document (`$`, `$$`); Step Functions gives none.
   * @throws JsonataError
   */
  evaluate(environment: JsonataEnvironment, input?: Json): unknown;
}

/** Compiles an expression (text without `{%` and `%}`) once. @throws JsonataError where it does not parse. */
export function compileJsonata(_text: string): JsonataExpression {
  throw new JsonataError('S0000', 'not yet');
}
