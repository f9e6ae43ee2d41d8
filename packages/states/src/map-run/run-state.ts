import type { Effect, Failure, Json, JsonObject, RandomState, RecordMap, ReplyTo, ResultStatus, StepContext } from '@interstate/kernel';
import type { ExecutionStatus, MapRunStart, Program } from '@interstate/core';
import type { StatesLimits } from '../limits.ts';
import { NO_COUNTS, type Counts } from './counts.ts';

/*
 * A Map run as records, none of which grows with the number of items:
 *   start            what it was started with, but for the items
 *   run              cursors and counts; written by every step
 *   item:<n>         an item that was read and not yet given to a child
 *   child:<arn>      a child execution that runs
 *   failed:<n>       a child that did not succeed, in the order of their ends: a redrive takes them from the front
 *   ended:<n>        a child that succeeded, for ListExecutions; the last thousand or so
 *   result:<n>       output of the nth child, where results stay in the state; dropped once they exceed what a state may return
 *   done:<part>:<n>  a result record on its way to the ResultWriter
 */

export interface RunRecord {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** Who started or redrove it; null once they have withdrawn. */
  readonly replyTo: ReplyTo | null;
  /** Milliseconds since 1970; 0 while it runs. */
  readonly startDate: number;
  readonly stopDate: number;
  /** How it will end once its children have. */
  readonly closing: { readonly status: 'FAILED' | 'ABORTED'; readonly error: Failure } | null;
  /** A redrive that came before it had ended. */
  readonly redriveBy: ReplyTo | null;
  readonly redriveCount: number;
  readonly redriveDate: number;
  /** Items [firstItem, nextItem) are at hand; `cursor` says where the reader goes on. */
  readonly firstItem: number;
  readonly nextItem: number;
  readonly cursor: Json;
  readonly exhausted: boolean;
  /** The reader's call that is open. */
  readonly reading: string | null;
  /** Children [0, started) have been started. Those of failed:[failedHead, redriveEnd) wait to be redriven. */
  readonly started: number;
  readonly failedHead: number;
  readonly redriveEnd: number;
  readonly failedTail: number;
  /** Children [0, succeededTail) have succeeded, in the order of their ends. */
  readonly succeededTail: number;
  readonly counts: Counts;
  /** Bytes of the results kept; -1 once they were too many and dropped. */
  readonly resultBytes: number;
  /** done:<part>:[head, tail) wait to be written. */
  readonly queues: { readonly [part in ResultStatus]: { readonly head: number; readonly tail: number } };
  readonly positions: { readonly [part in ResultStatus]?: Json };
  /** What is being written now; the manifest comes last. */
  readonly writing: { readonly part: ResultStatus; readonly end: number; readonly items: number; readonly executions: number } | 'MANIFEST' | null;
  readonly manifest: JsonObject | null;
  /** True once the ResultWriter has failed: nothing more is written. */
  readonly unwritable: boolean;
  readonly callNumber: number;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number | null;
  readonly toleratedFailurePercentage: number | null;
  readonly random: RandomState;
}

const EMPTY = { head: 0, tail: 0 };

export const NEW_RUN: RunRecord = {
  status: 'RUNNING',
  replyTo: null,
  startDate: 0,
  stopDate: 0,
  closing: null,
  redriveBy: null,
  redriveCount: 0,
  redriveDate: 0,
  firstItem: 0,
  nextItem: 0,
  cursor: null,
  exhausted: false,
  reading: null,
  started: 0,
  failedHead: 0,
  redriveEnd: 0,
  failedTail: 0,
  succeededTail: 0,
  counts: NO_COUNTS,
  resultBytes: 0,
  queues: { SUCCEEDED: EMPTY, FAILED: EMPTY, PENDING: EMPTY },
  positions: {},
  writing: null,
  manifest: null,
  unwritable: false,
  callNumber: 0,
  maxConcurrency: 0,
  toleratedFailureCount: null,
  toleratedFailurePercentage: null,
  random: [1, 0, 0, 0],
};

/** A child that runs, or that did not succeed. */
export interface ChildRecord {
  readonly index: number;
  readonly name: string;
  readonly items: number;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly redriveCount?: number;
  readonly redriveTime?: number;
}

export interface EndedRecord extends ChildRecord {
  readonly executionArn: string;
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stopTime: number;
}

export interface FailedRecord extends EndedRecord {
  /** It cannot be redriven. */
  readonly final?: true;
}

/** The working set of one step. */
export class MapRun {
  readonly effects: Effect[] = [];
  readonly start: MapRunStart;
  readonly run: { -readonly [K in keyof RunRecord]: RunRecord[K] };

  constructor(
    readonly records: RecordMap,
    readonly context: StepContext,
    readonly programOf: (id: string) => Program,
    readonly limits: StatesLimits,
  ) {
    this.start = records.get('start') as unknown as MapRunStart;
    const run = records.get('run') as unknown as RunRecord;
    this.run = { ...run, random: [...run.random] };
  }

  get now(): number {
    return this.context.now;
  }

  /** Children that run now. */
  get running(): number {
    return this.run.counts.executions.running;
  }

  /** Has machines forgotten, through the directory: an open call of so many names would be saved with every step. */
  forget(addresses: readonly string[]): void {
    const { directory } = this.start.execution;
    if (directory !== undefined) this.effects.push({ type: 'notice', to: directory, notice: { type: 'forget', addresses } });
  }

  call(to: string, name: 'read' | 'write', request: object): string {
    const callId = `${name}.${++this.run.callNumber}`;
    this.effects.push({ type: 'call', to, callId, request: request as Json });
    return callId;
  }

  /** The run cannot succeed any more: its children are stopped, and it ends when they have. */
  close(status: 'FAILED' | 'ABORTED', error: Failure): void {
    if (this.run.closing) return;
    this.run.closing = { status, error };
    if (this.run.reading !== null) this.effects.push({ type: 'cancel', callId: this.run.reading });
    this.run.reading = null;
    const children = [...this.records.entries('child:')] as unknown as [string, ChildRecord][];
    // In the order of the items: records may have been loaded in any.
    for (const [key] of children.sort(([, a], [, b]) => a.index - b.index)) {
      this.effects.push({ type: 'notice', to: key.slice('child:'.length), notice: { type: 'stop' } });
    }
  }
}
