import type { Json } from '@interstate/kernel';
import type { AssignField, JsonataFlow, JsonPathFlow, JsonPathPayload, StateFields, Transition } from './state-fields.ts';

interface PassFields extends StateFields, AssignField {
  readonly Type: 'Pass';
}

export type JsonPathPassState<Name extends string = string> = Transition<Name> &
  PassFields &
  JsonPathFlow &
  JsonPathPayload & {
    /** The result, literally. Default: the input after `Parameters`. */
    readonly Result?: Json;
    readonly ResultSelector?: never;
  };

export type JsonataPassState<Name extends string = string> = Transition<Name> &
  PassFields &
  JsonataFlow & { readonly Result?: never; readonly Arguments?: never };

/** Hands its input on, changed or with a literal result. */
export type PassState<Name extends string = string> = JsonPathPassState<Name> | JsonataPassState<Name>;
