import type { QueryLanguage } from './query-language.ts';
import type { State } from './state.ts';

interface StateMachineFields<Root extends QueryLanguage, Name extends string> {
  readonly Comment?: string;
  /** Name of the first state. */
  readonly StartAt: NoInfer<Name>;
  /** States by name: at least one; names of 1…80 characters, unique over the whole machine, branches included. */
  readonly States: { readonly [Key in Name]: State<Root, NoInfer<Name>> };
  /** Version of the language. Default and only value `1.0`. */
  readonly Version?: '1.0';
  /** Longest time of an execution, in seconds: integer 1…99,999,999. Default: none (Standard), 300 (Express). Expiry: `TIMED_OUT`. */
  readonly TimeoutSeconds?: number;
}

export interface JsonPathStateMachineDefinition<Name extends string = string> extends StateMachineFields<'JSONPath', Name> {
  /** Language of all states at any depth that name none. Default `JSONPath`. */
  readonly QueryLanguage?: 'JSONPath';
}

export interface JsonataStateMachineDefinition<Name extends string = string> extends StateMachineFields<'JSONata', Name> {
  /** Language of all states at any depth. Default `JSONPath`. */
  readonly QueryLanguage: 'JSONata';
}

/**
 * An Amazon States Language definition. `Name`: the names of its top-level states.
 * @see https://states-language.net/spec.html#structure-of-a-state-machine
 */
export type StateMachineDefinition<Name extends string = string> = JsonPathStateMachineDefinition<Name> | JsonataStateMachineDefinition<Name>;

/** The definition as it is, with types checked and completed, `StartAt`, `Next` and `Default` from the names in `States`. */
export function defineStateMachine<const Name extends string>(definition: StateMachineDefinition<Name>): StateMachineDefinition<Name> {
  return definition;
}
