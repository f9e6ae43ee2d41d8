import type { Json } from './json.ts';

export type IntegrationPattern = 'requestResponse' | 'sync' | 'sync:2' | 'waitForTaskToken';

/**
 * What a Task state asks of the world: the request of the `call` effect it makes.
 * The answer's value is the Task's result, before ResultSelector.
 */
export interface TaskRequest {
  /** The Task's `Resource`, as the definition gives it. */
  readonly resource: string;
  readonly service: string;
  /** Action without its pattern suffix, e.g. `sendMessage`; empty for a bare Lambda function or activity ARN. */
  readonly action: string;
  readonly pattern: IntegrationPattern;
  /** Effective input: the result of Parameters or Arguments. */
  readonly arguments: Json;
  /** Names this attempt; the same in a repeated delivery. */
  readonly attemptId: string;
  /** Present for `.waitForTaskToken`, `.sync` and activities. */
  readonly taskToken?: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly stateName: string;
  /** 0 for the first attempt. */
  readonly retryCount: number;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  /** Names of the Map states around the Task with the iteration's index, outermost first: `Name[index]`. */
  readonly iteration: readonly string[];
}

/** News of a Task that still runs. */
export type TaskNews =
  | { readonly type: 'scheduled' }
  | { readonly type: 'started'; readonly workerName?: string }
  | { readonly type: 'submitted'; readonly output: Json }
  | { readonly type: 'heartbeat' };
