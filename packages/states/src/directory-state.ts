import type { Json, JsonObject, RandomState, RecordMap, ReplyTo } from '@interstate/kernel';
import type { ExecutionStatus } from '@interstate/core';
import type { DirectoryIndex } from './directory-index.ts';
import type { ChildCall } from './map-run/child-execution.ts';

/*
 * Records of the directory, by key. What has an ARN is kept under it; the rest under `<kind>:<name>`.
 *   <state machine ARN>, <version ARN>, <alias ARN>, <execution ARN>, <activity ARN>
 *   revision:<state machine ARN>:<n>   what a state machine was made of at a time
 *   deleted:<state machine ARN>        how many revisions it had
 *   tags:<ARN>                        pairs of key and value
 *   eventBus                           who wants to hear of status changes
 *   token:<task token>  watch:<execution ARN>  waiting:<callId>
 */

/** Where the directory of the Step Functions service of an account and region lives. */
export function directoryAddress(region: string, account: string): string {
  return `arn:aws:states:${region}:${account}:directory`;
}

export interface StateMachineRecord {
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly deleting?: true;
  /** Key of the current revision's record. */
  readonly revision: string;
  readonly revisions: number;
  /** Number of the version published last; numbers are never used again. */
  readonly lastVersion: number;
}

/** What an execution is started from. */
export interface RevisionRecord {
  readonly stateMachineArn: string;
  /** Null before the first update. */
  readonly revisionId: string | null;
  /** Definition text as it was given. */
  readonly definition: string;
  /** Name of the compiled definition in the program library. */
  readonly programId: string;
  readonly roleArn: string;
  readonly logging: LoggingConfiguration;
  readonly tracing: JsonObject;
  readonly encryption: JsonObject;
  /** When it became current; milliseconds since 1970. */
  readonly time: number;
}

export interface LoggingConfiguration {
  readonly level: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  readonly includeExecutionData: boolean;
  readonly destinations?: readonly { readonly cloudWatchLogsLogGroup: { readonly logGroupArn: string } }[];
}

export interface VersionRecord {
  readonly stateMachineArn: string;
  readonly number: number;
  /** Key of the revision it was published from. */
  readonly revision: string;
  readonly creationTime: number;
  readonly description?: string;
}

export interface AliasRecord {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routing: readonly { readonly stateMachineVersionArn: string; readonly weight: number }[];
  readonly creationTime: number;
  readonly updateTime: number;
}

export interface ActivityRecord {
  readonly name: string;
  readonly creationTime: number;
  readonly encryption: JsonObject;
}

export interface ExecutionRecord {
  /** Numbers executions in the order of their start. */
  readonly sequence: number;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly startTime: number;
  readonly inputText: string;
  readonly revision: string;
  readonly status: ExecutionStatus;
  readonly stopTime?: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly express?: true;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly traceHeader?: string;
  readonly redriveCount?: number;
  readonly redriveTime?: number;
  /** Its history has no room for a redrive. */
  readonly final?: true;
  /** The Map run whose child it is. Children are never saved; the record is made when one is asked for. */
  readonly mapRunArn?: string;
}

/** A task token, under `token:<token>`. Closed ones are remembered, so that a late answer hears TaskTimedOut. */
export interface TokenRecord {
  readonly executionArn: string;
  readonly callId: string;
  readonly closed?: true;
}

/** A caller who waits for an execution's end, under `watch:<executionArn>`. */
export interface WatchRecord {
  readonly replyTo: ReplyTo;
  /** `sync:2` gives a Task the output as JSON, `sync` as text; `api` is StartSyncExecution. */
  readonly pattern: string;
  readonly includeData?: boolean;
  /** The caller is an `aws-sdk:sfn` Task. */
  readonly sdk?: true;
}

/** A caller who waits for what the directory asked somebody else, under `waiting:<callId>`. */
export interface WaitingRecord {
  readonly replyTo: ReplyTo;
  /** The caller is an `aws-sdk:sfn` Task. */
  readonly sdk?: true;
  /** What the answer is a page of, and where the next begins: an answer `{ …, more: true }` gets the token for it. */
  readonly page?: { readonly scope: string; readonly next: number };
  /** The answer is the child execution that this call waits for. */
  readonly child?: ChildCall;
}

export interface DirectoryState {
  readonly records: RecordMap;
  /** The directory's own generator: execution names, seeds of executions. */
  random: RandomState;
  /** Executions started, and calls made of others, so far. */
  started: number;
  calls: number;
  /** The event bus that wants to hear of status changes; a record of that name. */
  eventBus: string | undefined;
  /** What is found in the records, ordered for listing. */
  readonly index: DirectoryIndex;
}

export function readRecord<T>(state: DirectoryState, key: string): T | undefined {
  return state.records.get(key) as unknown as T | undefined;
}

export function writeRecord<T extends object>(state: DirectoryState, key: string, value: T): void {
  state.records.set(key, value as unknown as Json);
}
