import type { JsonataChoiceRule, JsonPathChoiceRule } from './choice-rule.ts';
import type { AssignField, JsonataFlow, JsonPathFlow, StateFields } from './state-fields.ts';

/** `Assign` (and `Output`) of the state itself apply only where `Default` is taken. */
interface ChoiceFields<Name extends string> extends StateFields, AssignField {
  readonly Type: 'Choice';
  /** State to go to where no rule matches. Default: the execution fails with `States.Runtime`. */
  readonly Default?: Name;
}

export type JsonPathChoiceState<Name extends string = string> = ChoiceFields<Name> &
  JsonPathFlow & {
    /** Rules in order, at least one; the first that matches wins. */
    readonly Choices: readonly JsonPathChoiceRule<Name>[];
  };

export type JsonataChoiceState<Name extends string = string> = ChoiceFields<Name> &
  JsonataFlow & {
    /** Rules in order, at least one; the first that matches wins. */
    readonly Choices: readonly JsonataChoiceRule<Name>[];
    readonly Arguments?: never;
  };

/** Branches on its input. */
export type ChoiceState<Name extends string = string> = JsonPathChoiceState<Name> | JsonataChoiceState<Name>;
