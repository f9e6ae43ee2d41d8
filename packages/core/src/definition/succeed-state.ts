import type { JsonataFlow, JsonPathFlow, StateFields } from './state-fields.ts';

interface SucceedFields extends StateFields {
  readonly Type: 'Succeed';
}

export type JsonPathSucceedState = SucceedFields & JsonPathFlow;
export type JsonataSucceedState = SucceedFields & JsonataFlow & { readonly Arguments?: never };

/** Ends the machine, branch or iteration with its output. */
export type SucceedState = JsonPathSucceedState | JsonataSucceedState;
