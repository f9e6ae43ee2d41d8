import type { Json } from '@interstate/kernel';
import type { NoJsonataFields, NoJsonPathFields, Path, ReferencePath } from './query-language.ts';

/** An object in which a key ending in `.$` has its value evaluated (path or intrinsic call); everything else is literal. */
export interface PayloadTemplate {
  readonly [key: string]: Json;
}

/** Variable names to values (JSONPath: keys may end in `.$`). Names: letter first, at most 80 characters, never `states`. */
export interface Assignments {
  readonly [variable: string]: Json;
}

/** What every state may say. */
export interface StateFields {
  /** For people; never evaluated. */
  readonly Comment?: string;
}

/** Where to go after a state: another state of the same `States`, or the end of this machine, branch or iteration. */
export type Transition<Name extends string = string> =
  | {
      /** Name of the next state, in the same `States` object. */
      readonly Next: Name;
      /** True in the last state. Default false. */
      readonly End?: false;
    }
  | {
      readonly Next?: never;
      /** True in the last state. Default false. */
      readonly End: true;
    };

/** Input and output of a JSONPath state. */
export interface JsonPathFlow extends NoJsonataFields {
  readonly QueryLanguage?: 'JSONPath';
  /** Part of the input that the state works on. `null`: `{}`. Default `$`. */
  readonly InputPath?: Path | null;
  /** Part of the result handed on. `null`: `{}`. Default `$`. */
  readonly OutputPath?: Path | null;
}

/** `Parameters` and `ResultPath`: Pass, Task, Parallel and Map. */
export interface JsonPathPayload {
  /** What the state works on, built from its input. Default: the input. */
  readonly Parameters?: PayloadTemplate;
  /** Where the result goes in the raw input. `null`: discard the result. Default `$`: the result replaces the input. */
  readonly ResultPath?: ReferencePath | null;
}

/** `ResultSelector`: Task, Parallel and Map. */
export interface JsonPathResult {
  /** Builds the result from the raw result, before ResultPath. Default: the raw result. */
  readonly ResultSelector?: PayloadTemplate;
}

/** Output of a JSONata state. */
export interface JsonataFlow extends NoJsonPathFields {
  readonly QueryLanguage?: 'JSONata';
  /** The state's output; `{% … %}` strings at any depth are evaluated. Default: the result, or the input where there is none. */
  readonly Output?: Json;
}

export interface AssignField {
  /** Variables to set when the state succeeds. All expressions see the values as they were on entry. */
  readonly Assign?: Assignments;
}
