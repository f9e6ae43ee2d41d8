import type { JsonataChoiceState, JsonPathChoiceState } from './choice-state.ts';
import type { JsonataFailState, JsonPathFailState } from './fail-state.ts';
import type { JsonataMapState, JsonPathMapState } from './map-state.ts';
import type { JsonataParallelState, JsonPathParallelState } from './parallel-state.ts';
import type { JsonataPassState, JsonPathPassState } from './pass-state.ts';
import type { QueryLanguage } from './query-language.ts';
import type { JsonataSucceedState, JsonPathSucceedState } from './succeed-state.ts';
import type { JsonataTaskState, JsonPathTaskState } from './task-state.ts';
import type { JsonataWaitState, JsonPathWaitState } from './wait-state.ts';

export type JsonPathState<Name extends string = string> =
  | JsonPathPassState<Name>
  | JsonPathTaskState<Name>
  | JsonPathChoiceState<Name>
  | JsonPathWaitState<Name>
  | JsonPathSucceedState
  | JsonPathFailState
  | JsonPathParallelState<Name>
  | JsonPathMapState<Name>;

export type JsonataState<Name extends string = string, Root extends QueryLanguage = QueryLanguage> =
  | JsonataPassState<Name>
  | JsonataTaskState<Name>
  | JsonataChoiceState<Name>
  | JsonataWaitState<Name>
  | JsonataSucceedState
  | JsonataFailState
  | JsonataParallelState<Name, Root>
  | JsonataMapState<Name, Root>;

/** A state of a machine whose root's language is `Root`: under JSONPath each state may choose, under JSONata all are JSONata. */
export type State<Root extends QueryLanguage = QueryLanguage, Name extends string = string> = Root extends 'JSONata'
  ? JsonataState<Name, 'JSONata'>
  : JsonPathState<Name> | (JsonataState<Name, 'JSONPath'> & { readonly QueryLanguage: 'JSONata' });

export type StateType = State['Type'];
