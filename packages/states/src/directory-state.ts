import type { Json, RandomState, RecordMap } from '@interstate/kernel';

/** Where the directory of the Step Functions service of an account and region lives. */
export function directoryAddress(region: string, account: string): string {
  return `arn:aws:states:${region}:${account}:directory`;
}

/** A state machine as the directory keeps it, under `stateMachine:<arn>`. */
export interface StateMachineRecord {
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly roleArn: string;
  /** Definition text as it was given. */
  readonly definition: string;
  /** Name of the compiled definition in the program library. */
  readonly programId: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
}

/** An execution, under `execution:<arn>`. */
export interface ExecutionRecord {
  readonly stateMachineArn: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly inputText: string;
}

/** A task token, under `token:<token>`. Closed ones are remembered, so that a late answer hears TaskTimedOut. */
export interface TokenRecord {
  readonly executionArn: string;
  readonly callId: string;
  readonly closed?: true;
}

/** A Task that waits for an execution it started, under `watch:<executionArn>`. */
export interface WatchRecord {
  readonly replyTo: { readonly address: string; readonly callId: string };
  /** `sync:2` gives the output as JSON, `sync` as text. */
  readonly pattern: string;
}

export interface DirectoryState {
  readonly records: RecordMap;
  /** The directory's own generator: execution names, seeds of executions. */
  random: RandomState;
}

export function readRecord<T>(state: DirectoryState, key: string): T | undefined {
  return state.records.get(key) as unknown as T | undefined;
}

export function writeRecord<T extends object>(state: DirectoryState, key: string, value: T): void {
  state.records.set(key, value as unknown as Json);
}
