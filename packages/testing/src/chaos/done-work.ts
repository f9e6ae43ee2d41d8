import type { Json } from '@interstate/kernel';

/** Work that was done: a Task's answer that was no failure, or a function's to a service that gave it something; lost or not. */
export interface DoneWork {
  /** The execution and state whose Task it was; undefined where a service called the function. */
  readonly executionArn: string | undefined;
  readonly stateName: string | undefined;
  /** The Task's resource, or the function's ARN. */
  readonly resource: string;
  /** Of the Task, or the function's event. */
  readonly arguments: Json;
  readonly retryCount: number;
  readonly iteration: readonly string[];
}
