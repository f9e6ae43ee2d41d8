import { jsonBytes, nextUint32, nextUuid, type Json } from '@interstate/kernel';
import { EXECUTION_KIND, mapRunFault, mapRunProcessor, selectMapRunItem, type ExecutionEnd, type StartNotice } from '@interstate/core';
import { executionArnOf } from '../names.ts';
import { MOST_INPUT_BYTES, nextBatch, type Batch } from './batch.ts';
import { count, tallyOf, unsuccessful } from './counts.ts';
import { itemAt, readAhead, useItems } from './items.ts';
import { keepResult } from './results.ts';
import type { ChildRecord, EndedRecord, FailedRecord, MapRun } from './run-state.ts';
import { exceedsTolerance } from './tolerance.ts';

/** An execution that ended longer ago is not redriven. */
const REDRIVABLE_MS = 14 * 86_400_000;

/** Starts children while there is room: first those that wait to be redriven, then those of items not yet begun. */
export function startChildren(mapRun: MapRun): void {
  const { run } = mapRun;
  const room = (): boolean => !run.closing && mapRun.running < concurrency(mapRun);
  while (room() && run.failedHead < run.redriveEnd) redriveChild(mapRun);
  let batchIsOpen = false;
  while (room() && !batchIsOpen && run.firstItem < run.nextItem) batchIsOpen = !startChild(mapRun);
  if (!run.closing) readAhead(mapRun, batchIsOpen);
}

function concurrency({ run, limits }: MapRun): number {
  return run.maxConcurrency === 0 ? limits.mapRunConcurrency : Math.min(run.maxConcurrency, limits.mapRunConcurrency);
}

/** False where more items must come first. */
function startChild(mapRun: MapRun): boolean {
  const { run, start } = mapRun;
  const batch = selectBatch(mapRun);
  if (!batch) return false;
  if (jsonBytes(batch.input) > MOST_INPUT_BYTES) {
    mapRun.close('FAILED', {
      Error: 'States.DataLimitExceeded',
      Cause: `The state/task '${start.state.name}' started a child execution with an input exceeding the maximum number of bytes service limit.`,
    });
    return false;
  }
  useItems(mapRun, batch.items);
  const index = run.started++;
  run.counts = count(run.counts, 'running', batch.items, 1);
  spawn(mapRun, index, batch);
  return true;
}

function selectBatch(mapRun: MapRun): Batch | undefined {
  const { run, start } = mapRun;
  const program = mapRun.programOf(start.programId);
  try {
    return nextBatch(start, run.nextItem - run.firstItem, run.exhausted, (offset) =>
      selectMapRunItem(program, start, { index: run.firstItem + offset, ...itemAt(mapRun, offset) }, run.random, mapRun.context),
    );
  } catch (error) {
    mapRun.close('FAILED', mapRunFault(error));
    return undefined;
  }
}

function spawn({ start, run, records, effects, now, programOf }: MapRun, index: number, { input, items }: Batch): void {
  const { execution: parent } = start;
  const name = nextUuid(run.random);
  const stateMachineArn = `${parent.stateMachineArn}/${start.label}`;
  const executionArn = executionArnOf(stateMachineArn, name, start.executionType === 'EXPRESS' ? nextUuid(run.random) : undefined);
  const child: ChildRecord = { index, items, name, startTime: now };
  records.set(`child:${executionArn}`, child as unknown as Json);
  const notice: StartNotice = {
    type: 'start',
    programId: start.programId,
    group: mapRunProcessor(programOf(start.programId), start),
    input,
    executionArn,
    stateMachineArn,
    roleArn: parent.roleArn,
    executionType: start.executionType,
    seed: [nextUint32(run.random), nextUint32(run.random), nextUint32(run.random), nextUint32(run.random)],
    notify: [start.mapRunArn],
    mapRunArn: start.mapRunArn,
    ...(parent.directory !== undefined && { directory: parent.directory }),
    ...(parent.limits !== undefined && { limits: parent.limits }),
    ...(parent.asOf !== undefined && { asOf: parent.asOf }),
  };
  effects.push({ type: 'spawn', kind: EXECUTION_KIND, address: executionArn, notice: notice as unknown as Json });
}

/** Redrives the next child that waits for it; one that cannot be redriven any more has failed for good. */
function redriveChild(mapRun: MapRun): void {
  const { run, records, effects, start, now } = mapRun;
  const key = `failed:${run.failedHead++}`;
  const failed = records.get(key) as unknown as FailedRecord;
  records.delete(key);
  run.counts = count(run.counts, 'pendingRedrive', -failed.items, -1);
  const expired = start.executionType === 'STANDARD' && now - failed.stopTime > REDRIVABLE_MS;
  if (failed.final || expired) return keepFailed(mapRun, { ...failed, final: true });
  const { executionArn, index, name, items, startTime, redriveCount = 0 } = failed;
  const isExpress = start.executionType === 'EXPRESS';
  // An Express child is started anew, and cannot be told from one that never failed.
  const child: ChildRecord = isExpress ? { index, name, items, startTime: now } : { index, name, items, startTime, redriveCount: redriveCount + 1, redriveTime: now };
  records.set(`child:${executionArn}`, child as unknown as Json);
  run.counts = count(run.counts, 'running', failed.items, 1);
  effects.push({ type: 'notice', to: executionArn, notice: { type: 'redrive' } });
}

/** A child has ended. */
export function childEnded(mapRun: MapRun, end: ExecutionEnd): void {
  const { run, records } = mapRun;
  const key = `child:${end.executionArn}`;
  const child = records.get(key) as unknown as ChildRecord | undefined;
  if (!child) return;
  records.delete(key);
  run.counts = count(run.counts, 'running', -child.items, -1);
  keepResult(mapRun, child, end);
  const { executionArn, stopTime, final } = end;
  const ended: EndedRecord = { ...child, executionArn, status: end.status as EndedRecord['status'], stopTime };
  if (end.status !== 'SUCCEEDED') return keepFailed(mapRun, final ? { ...ended, final } : ended);
  run.counts = count(run.counts, 'succeeded', child.items, 1);
  records.set(`ended:${run.succeededTail++}`, ended as unknown as Json);
  if (run.succeededTail % FORGOTTEN_AT_ONCE === 0) forgetOldest(mapRun);
}

/** Children that are listed no more are forgotten by the host too, so that neither grows with the number of items. */
function forgetOldest(mapRun: MapRun): void {
  const { run, records } = mapRun;
  const addresses: string[] = [];
  for (let at = run.succeededTail - ENDED_KEPT - FORGOTTEN_AT_ONCE; at < run.succeededTail - ENDED_KEPT; at++) {
    const ended = records.get(`ended:${at}`) as unknown as EndedRecord | undefined;
    if (!ended) continue;
    addresses.push(ended.executionArn);
    records.delete(`ended:${at}`);
  }
  if (addresses.length > 0) mapRun.forget(addresses);
}

/** The execution and its Map run are past their retention: what is left of the children goes with them. */
export function forgetAll(mapRun: MapRun): void {
  const addresses: string[] = [];
  for (const [key, value] of mapRun.records.all()) {
    if (key.startsWith('ended:') || key.startsWith('failed:')) addresses.push((value as unknown as EndedRecord).executionArn);
  }
  mapRun.forget([...addresses.sort(), mapRun.start.mapRunArn]);
}

/** Children that have ended, and wait for nothing more than to be listed. */
export const ENDED_KEPT = 1000;
const FORGOTTEN_AT_ONCE = 100;

function keepFailed(mapRun: MapRun, failed: FailedRecord): void {
  const { run, records } = mapRun;
  records.set(`failed:${run.failedTail++}`, failed as unknown as Json);
  run.counts = count(run.counts, tallyOf(failed.status), failed.items, 1);
  if (failed.final) run.counts = count(run.counts, 'failuresNotRedrivable', failed.items, 1);
  if (!run.closing && exceedsTolerance(run, unsuccessful(run.counts.items))) mapRun.close('FAILED', THRESHOLD_EXCEEDED);
}

export const THRESHOLD_EXCEEDED = { Error: 'States.ExceedToleratedFailureThreshold', Cause: 'The specified tolerated failure threshold was exceeded' };
