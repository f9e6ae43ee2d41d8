import type { JsonObject } from '@interstate/kernel';
import type { ExecutionStatus } from '@interstate/core';
import type { RunRecord } from './run-state.ts';

/** How many items, or child executions, are in which state. */
export interface Tally {
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly resultsWritten: number;
  readonly failuresNotRedrivable: number;
  readonly pendingRedrive: number;
}

export interface Counts {
  readonly items: Tally;
  readonly executions: Tally;
}

const NONE: Tally = { running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, resultsWritten: 0, failuresNotRedrivable: 0, pendingRedrive: 0 };
export const NO_COUNTS: Counts = { items: NONE, executions: NONE };

/** Counts with so many items and executions more, or less, in one state. */
export function count(counts: Counts, field: keyof Tally, items: number, executions: number): Counts {
  return {
    items: { ...counts.items, [field]: counts.items[field] + items },
    executions: { ...counts.executions, [field]: counts.executions[field] + executions },
  };
}

/** Where an ended child is counted. */
export function tallyOf(status: ExecutionStatus): 'succeeded' | 'failed' | 'timedOut' | 'aborted' {
  return status === 'SUCCEEDED' ? 'succeeded' : status === 'TIMED_OUT' ? 'timedOut' : status === 'ABORTED' ? 'aborted' : 'failed';
}

export function unsuccessful({ failed, timedOut, aborted }: Tally): number {
  return failed + timedOut + aborted;
}

/** A redrive begins: what did not succeed waits for it. */
export function awaitRedrive({ items, executions }: Counts): Counts {
  const waiting = (tally: Tally): Tally => ({ ...tally, failed: 0, timedOut: 0, aborted: 0, failuresNotRedrivable: 0, pendingRedrive: unsuccessful(tally) });
  return { items: waiting(items), executions: waiting(executions) };
}

/** `itemCounts` and `executionCounts` of DescribeMapRun. Children not yet begun are counted as their batches will be. */
export function describeCounts({ counts, firstItem, nextItem }: RunRecord, itemsPerBatch: number): { readonly itemCounts: JsonObject; readonly executionCounts: JsonObject } {
  const pending = nextItem - firstItem;
  return { itemCounts: describeTally(counts.items, pending), executionCounts: describeTally(counts.executions, Math.ceil(pending / itemsPerBatch)) };
}

function describeTally(tally: Tally, pending: number): JsonObject {
  const { running, succeeded, failed, timedOut, aborted, pendingRedrive, resultsWritten, failuresNotRedrivable } = tally;
  const total = pending + running + succeeded + failed + timedOut + aborted + pendingRedrive;
  return { pending, running, succeeded, failed, timedOut, aborted, total, resultsWritten, failuresNotRedrivable, pendingRedrive };
}
