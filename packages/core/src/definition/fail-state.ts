import type { IntrinsicCall, JsonataExpression, Path } from './query-language.ts';
import type { StateFields } from './state-fields.ts';

interface FailFields extends StateFields {
  readonly Type: 'Fail';
}

type JsonPathError =
  | {
      /** Error name, at most 256 characters. Default: none. */
      readonly Error?: string;
      readonly ErrorPath?: never;
    }
  | {
      readonly Error?: never;
      /** Path of the error name, or an intrinsic call that gives a string. Not together with `Error`. */
      readonly ErrorPath: Path | IntrinsicCall;
    };

type JsonPathCause =
  | {
      /** What happened, at most 32,768 characters. Default: none. */
      readonly Cause?: string;
      readonly CausePath?: never;
    }
  | {
      readonly Cause?: never;
      /** Path of the cause, or an intrinsic call that gives a string. Not together with `Cause`. */
      readonly CausePath: Path | IntrinsicCall;
    };

export type JsonPathFailState = FailFields & { readonly QueryLanguage?: 'JSONPath' } & JsonPathError & JsonPathCause;

export interface JsonataFailState extends FailFields {
  readonly QueryLanguage?: 'JSONata';
  /** Error name, at most 256 characters. Default: none. */
  readonly Error?: JsonataExpression | (string & {});
  /** What happened, at most 32,768 characters. Default: none. */
  readonly Cause?: JsonataExpression | (string & {});
  readonly ErrorPath?: never;
  readonly CausePath?: never;
}

/** Ends the machine, branch or iteration with an error. */
export type FailState = JsonPathFailState | JsonataFailState;
