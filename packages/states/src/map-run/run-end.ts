import type { Failure, Json, ReplyTo } from '@interstate/kernel';
import { ENDED_KEPT, THRESHOLD_EXCEEDED } from './children.ts';
import { awaitRedrive, count, tallyOf, unsuccessful } from './counts.ts';
import { countWrittenSuccesses, dropQueue, enqueuePending, stateResult, writeManifest, writeResults } from './results.ts';
import type { FailedRecord, MapRun, RunRecord } from './run-state.ts';
import { exceedsTolerance } from './tolerance.ts';

/** Brings the run to its end where nothing is left to do but that. */
export function finishWhereDone(mapRun: MapRun): void {
  const { run, start } = mapRun;
  const isWritten = Boolean(start.writer?.Resource);
  const nothingRuns = mapRun.running === 0 && run.reading === null;
  const isDone = nothingRuns && (run.closing !== null || (run.exhausted && run.firstItem === run.nextItem && run.failedHead >= run.redriveEnd));
  if (isDone && !run.closing && exceedsTolerance(run, unsuccessful(run.counts.items))) mapRun.close('FAILED', THRESHOLD_EXCEEDED);
  if (isWritten && !run.unwritable) {
    if (isDone && run.closing && run.manifest === null && run.positions.PENDING === undefined && run.queues.PENDING.tail === 0) enqueuePending(mapRun);
    if (writeResults(mapRun, isDone) || !isDone) return;
    if (run.manifest === null) return writeManifest(mapRun);
  }
  if (isDone && run.writing === null) end(mapRun);
}

function end(mapRun: MapRun): void {
  const { run, start } = mapRun;
  if (run.closing) return fail(mapRun, run.closing.status, run.closing.error);
  const value: Json | undefined = run.manifest ? { MapRunArn: start.mapRunArn, ResultWriterDetails: run.manifest } : stateResult(mapRun);
  if (value === undefined) {
    const Cause = `The state/task '${start.state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    return fail(mapRun, 'FAILED', { Error: 'States.DataLimitExceeded', Cause });
  }
  close(mapRun, 'SUCCEEDED');
  // A run that has succeeded is not redriven: what is left is there to be listed.
  for (let index = 0; index < run.started; index++) mapRun.records.delete(`result:${index}`);
  for (let at = run.failedHead; at < run.failedTail - ENDED_KEPT; at++) mapRun.records.delete(`failed:${at}`);
  if (run.replyTo) mapRun.effects.push({ type: 'reply', to: run.replyTo, outcome: { ok: true, value } });
}

function fail(mapRun: MapRun, status: 'FAILED' | 'ABORTED', error: Failure): void {
  const { run, records, effects } = mapRun;
  // What waited to be redriven is as unsuccessful as it was.
  for (let at = run.failedHead; at < run.redriveEnd; at++) {
    const failed = records.get(`failed:${at}`) as unknown as FailedRecord;
    run.counts = count(count(run.counts, 'pendingRedrive', -failed.items, -1), tallyOf(failed.status), failed.items, 1);
    if (failed.final) run.counts = count(run.counts, 'failuresNotRedrivable', failed.items, 1);
  }
  run.redriveEnd = run.failedHead;
  close(mapRun, status);
  if (run.replyTo) effects.push({ type: 'reply', to: run.replyTo, outcome: { ok: false, error } });
}

function close({ run, effects, now, start }: MapRun, status: RunRecord['status']): void {
  run.status = status;
  run.stopDate = now;
  effects.push({ type: 'ended' });
  tellDirectory({ run, effects, start });
}

/** The directory lists Map runs: it hears of their start, their end and their going on. */
export function tellDirectory({ run, effects, start }: Pick<MapRun, 'run' | 'effects' | 'start'>): void {
  const { executionArn, stateMachineArn, directory } = start.execution;
  if (directory === undefined) return;
  const { startDate, stopDate, status } = run;
  const notice = { type: 'mapRunChanged', mapRunArn: start.mapRunArn, executionArn, stateMachineArn, startDate, ...(status !== 'RUNNING' && { stopDate }) };
  effects.push({ type: 'notice', to: directory, notice });
}

/** The parent is redriven: children that did not succeed go on, and so does the reading of items. A run still at its end finishes that first. */
export function redrive(mapRun: MapRun, replyTo: ReplyTo): void {
  const { run, effects, now } = mapRun;
  if (run.status === 'RUNNING') {
    run.redriveBy = replyTo;
    return;
  }
  if (run.status === 'SUCCEEDED') {
    const error = { Error: 'States.Runtime', Cause: 'The Map Run has succeeded and cannot be redriven.' };
    effects.push({ type: 'reply', to: replyTo, outcome: { ok: false, error } });
    return;
  }
  const { FAILED: _failed, PENDING: _pending, ...positions } = run.positions;
  for (const part of ['FAILED', 'PENDING'] as const) dropQueue(mapRun, part);
  Object.assign(run, {
    status: 'RUNNING',
    stopDate: 0,
    closing: null,
    redriveBy: null,
    replyTo,
    redriveCount: run.redriveCount + 1,
    redriveDate: now,
    redriveEnd: run.failedTail,
    counts: awaitRedrive(countWrittenSuccesses(mapRun)),
    // What failed or was pending is written anew.
    positions,
    queues: { ...run.queues, PENDING: { head: 0, tail: 0 } },
    manifest: null,
    unwritable: false,
  } satisfies Partial<RunRecord>);
  effects.push({ type: 'resumed' });
  tellDirectory(mapRun);
}
