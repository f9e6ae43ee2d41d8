import type { Json } from '@interstate/kernel';
import type { JsonataCatcher, JsonPathCatcher } from './catcher.ts';
import type { JsonataExpression, Path, ReferencePath } from './query-language.ts';
import type { Retrier } from './retrier.ts';
import type { AssignField, JsonataFlow, JsonPathFlow, JsonPathPayload, JsonPathResult, StateFields, Transition } from './state-fields.ts';

interface TaskFields extends StateFields, AssignField {
  readonly Type: 'Task';
  /**
   * What to do: `arn:aws:states:::sqs:sendMessage` (then `.sync`, `.sync:2` or `.waitForTaskToken`),
   * `arn:aws:states:::aws-sdk:service:action`, or the ARN of a Lambda function or an activity.
   */
  readonly Resource: string;
  /** Retriers in order. */
  readonly Retry?: readonly Retrier[];
}

type JsonPathTimeout =
  | {
      /** Longest time of one attempt, in seconds: integer 1…99,999,999. Default 99,999,999. Expiry: `States.Timeout`. */
      readonly TimeoutSeconds?: number;
      readonly TimeoutSecondsPath?: never;
    }
  | {
      readonly TimeoutSeconds?: never;
      /** Path of `TimeoutSeconds`. Not together with it. */
      readonly TimeoutSecondsPath: ReferencePath;
    };

type JsonPathHeartbeat =
  | {
      /** Longest time between two heartbeats, in seconds: integer 1…99,999,999, less than the timeout. Default: none. */
      readonly HeartbeatSeconds?: number;
      readonly HeartbeatSecondsPath?: never;
    }
  | {
      readonly HeartbeatSeconds?: never;
      /** Path of `HeartbeatSeconds`. Not together with it. */
      readonly HeartbeatSecondsPath: ReferencePath;
    };

/** The role a Task is done with. */
export type JsonPathCredentials = { readonly RoleArn: string } | { readonly 'RoleArn.$': Path | `States.${string}` };
export interface JsonataCredentials {
  readonly RoleArn: JsonataExpression | (string & {});
}

export type JsonPathTaskState<Name extends string = string> = Transition<Name> &
  TaskFields &
  JsonPathFlow &
  JsonPathPayload &
  JsonPathResult &
  JsonPathTimeout &
  JsonPathHeartbeat & {
    /** Catchers in order. */
    readonly Catch?: readonly JsonPathCatcher<Name>[];
    /** The role the Task is done with. Default: the machine's. */
    readonly Credentials?: JsonPathCredentials;
  };

export type JsonataTaskState<Name extends string = string> = Transition<Name> &
  TaskFields &
  JsonataFlow & {
    /** What the Task is given: an object, or an expression that gives one. Default: the state's input. */
    readonly Arguments?: Json;
    /** Catchers in order. */
    readonly Catch?: readonly JsonataCatcher<Name>[];
    /** The role the Task is done with. Default: the machine's. */
    readonly Credentials?: JsonataCredentials | JsonataExpression;
    /** Longest time of one attempt, in seconds: integer 1…99,999,999. Default 99,999,999. Expiry: `States.Timeout`. */
    readonly TimeoutSeconds?: number | JsonataExpression;
    /** Longest time between two heartbeats, in seconds: integer 1…99,999,999, less than the timeout. Default: none. */
    readonly HeartbeatSeconds?: number | JsonataExpression;
    readonly TimeoutSecondsPath?: never;
    readonly HeartbeatSecondsPath?: never;
  };

/** Has something else do the work: a service, a Lambda function, an activity. */
export type TaskState<Name extends string = string> = JsonPathTaskState<Name> | JsonataTaskState<Name>;
