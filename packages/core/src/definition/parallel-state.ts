import type { Json } from '@interstate/kernel';
import type { JsonataCatcher, JsonPathCatcher } from './catcher.ts';
import type { QueryLanguage } from './query-language.ts';
import type { Retrier } from './retrier.ts';
import type { AssignField, JsonataFlow, JsonPathFlow, JsonPathPayload, JsonPathResult, StateFields, Transition } from './state-fields.ts';
import type { State } from './state.ts';

/** A machine within a state. Its states' names are unique over the whole machine; they go to each other only. */
export interface Branch<Root extends QueryLanguage = QueryLanguage> {
  readonly Comment?: string;
  /** Name of the first state. */
  readonly StartAt: string;
  /** States by name. */
  readonly States: { readonly [name: string]: State<Root> };
}

interface ParallelFields<Root extends QueryLanguage> extends StateFields, AssignField {
  readonly Type: 'Parallel';
  /** Branches, at least one. Each gets the state's input; the result is the array of their outputs. */
  readonly Branches: readonly Branch<Root>[];
  /** Retriers in order; a retry runs all branches again. */
  readonly Retry?: readonly Retrier[];
}

export type JsonPathParallelState<Name extends string = string> = Transition<Name> &
  ParallelFields<'JSONPath'> &
  JsonPathFlow &
  JsonPathPayload &
  JsonPathResult & {
    /** Catchers in order. */
    readonly Catch?: readonly JsonPathCatcher<Name>[];
  };

export type JsonataParallelState<Name extends string = string, Root extends QueryLanguage = QueryLanguage> = Transition<Name> &
  ParallelFields<Root> &
  JsonataFlow & {
    /** What the branches are given. Default: the state's input. */
    readonly Arguments?: Json;
    /** Catchers in order. */
    readonly Catch?: readonly JsonataCatcher<Name>[];
  };

/** Runs its branches side by side. The first that fails fails the state. */
export type ParallelState<Name extends string = string, Root extends QueryLanguage = QueryLanguage> =
  | JsonPathParallelState<Name>
  | JsonataParallelState<Name, Root>;
