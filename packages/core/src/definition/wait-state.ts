import type { JsonataExpression, ReferencePath } from './query-language.ts';
import type { AssignField, JsonataFlow, JsonPathFlow, StateFields, Transition } from './state-fields.ts';

interface WaitFields extends StateFields, AssignField {
  readonly Type: 'Wait';
}

type JsonPathDelay =
  | {
      /** How long, in seconds: integer 0…99,999,999. */
      readonly Seconds: number;
      readonly Timestamp?: never;
      readonly SecondsPath?: never;
      readonly TimestampPath?: never;
    }
  | {
      /** Until when: RFC 3339 with `T` and a zone, `2026-01-01T00:00:00Z`. A time past goes on at once. */
      readonly Timestamp: string;
      readonly Seconds?: never;
      readonly SecondsPath?: never;
      readonly TimestampPath?: never;
    }
  | {
      /** Path of the number of seconds. */
      readonly SecondsPath: ReferencePath;
      readonly Seconds?: never;
      readonly Timestamp?: never;
      readonly TimestampPath?: never;
    }
  | {
      /** Path of the timestamp. */
      readonly TimestampPath: ReferencePath;
      readonly Seconds?: never;
      readonly Timestamp?: never;
      readonly SecondsPath?: never;
    };

type JsonataDelay =
  | {
      /** How long, in seconds: integer 0…99,999,999, or an expression that gives one. */
      readonly Seconds: number | JsonataExpression;
      readonly Timestamp?: never;
    }
  | {
      /** Until when: RFC 3339 with `T` and a zone, or an expression that gives one. */
      readonly Timestamp: JsonataExpression | (string & {});
      readonly Seconds?: never;
    };

export type JsonPathWaitState<Name extends string = string> = Transition<Name> & WaitFields & JsonPathFlow & JsonPathDelay;

export type JsonataWaitState<Name extends string = string> = Transition<Name> &
  WaitFields &
  JsonataFlow &
  JsonataDelay & { readonly SecondsPath?: never; readonly TimestampPath?: never; readonly Arguments?: never };

/** Goes on after a time, or at a time. */
export type WaitState<Name extends string = string> = JsonPathWaitState<Name> | JsonataWaitState<Name>;
