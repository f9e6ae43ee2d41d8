import { formatTimestamp, jsonBytes, RESULTS_ADDRESS, type Json, type JsonObject, type ResultRecord, type ResultStatus, type WriteResultsRequest } from '@interstate/kernel';
import type { ExecutionEnd } from '@interstate/core';
import { count, type Counts } from './counts.ts';
import { itemAt } from './items.ts';
import type { ChildRecord, MapRun } from './run-state.ts';

/** Records sent to the ResultWriter at once. */
const PAGE_RECORDS = 100;
/** What a state may return. */
const MOST_RESULT_BYTES = 262_144;
const PARTS: readonly ResultStatus[] = ['SUCCEEDED', 'FAILED', 'PENDING'];

interface DoneRecord {
  readonly record: ResultRecord;
  readonly items: number;
}

/** Keeps what a child has given: on its way to the ResultWriter, or for the state's result. Children that failed give the latter nothing. */
export function keepResult(mapRun: MapRun, child: ChildRecord, end: ExecutionEnd): void {
  const { run, records, start } = mapRun;
  if (start.writer?.Resource) return enqueue(mapRun, end.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED', { record: resultRecord(end, child.name), items: child.items });
  const whole = start.writer?.WriterConfig['Transformation'] === 'NONE';
  if (run.resultBytes < 0 || (!whole && end.status !== 'SUCCEEDED')) return;
  const result = whole ? resultRecord(end, child.name) : end.output!;
  // FLATTEN takes away the brackets.
  run.resultBytes += jsonBytes(result) - 1;
  if (run.resultBytes <= MOST_RESULT_BYTES) records.set(`result:${child.index}`, result);
  else dropResults(mapRun);
}

/** More than the state may return: the run goes on, but nothing need be kept of it. */
function dropResults({ run, records }: MapRun): void {
  for (let index = 0; index < run.started; index++) records.delete(`result:${index}`);
  run.resultBytes = -1;
}

/** The Map state's result where no ResultWriter exports it: outputs in item order. Undefined where they are too many. */
export function stateResult({ run, records, start }: MapRun): Json | undefined {
  if (run.resultBytes < 0) return undefined;
  const results: Json[] = [];
  for (let index = 0; index < run.started; index++) {
    const result = records.get(`result:${index}`);
    if (result !== undefined) results.push(result);
  }
  const shaped = start.writer?.WriterConfig['Transformation'] === 'FLATTEN' ? results.flat() : results;
  return jsonBytes(shaped) > MOST_RESULT_BYTES ? undefined : shaped;
}

function enqueue({ run, records }: MapRun, part: ResultStatus, done: DoneRecord): void {
  const { head, tail } = run.queues[part];
  records.set(`done:${part}:${tail}`, done as unknown as Json);
  run.queues = { ...run.queues, [part]: { head, tail: tail + 1 } };
}

/** Items that were read and never begun, for the ResultWriter of a run that fails. They stay at hand for a redrive. */
export function enqueuePending(mapRun: MapRun): void {
  const { run } = mapRun;
  for (let offset = 0; run.firstItem + offset < run.nextItem; offset++) {
    enqueue(mapRun, 'PENDING', { record: { Input: JSON.stringify(itemAt(mapRun, offset).value), InputDetails: { Included: true }, Status: 'PENDING' }, items: 0 });
  }
}

/** Sends the ResultWriter a page of records, or what there is where no more will come. True while something is under way. */
export function writeResults(mapRun: MapRun, last: boolean): boolean {
  const { run, records, start } = mapRun;
  if (run.writing !== null) return true;
  const part = PARTS.find((each) => size(run.queues[each]) >= (last ? 1 : PAGE_RECORDS));
  if (part === undefined) return false;
  const { head, tail } = run.queues[part];
  const end = Math.min(tail, head + PAGE_RECORDS);
  const page: DoneRecord[] = [];
  for (let at = head; at < end; at++) page.push(records.get(`done:${part}:${at}`) as unknown as DoneRecord);
  run.writing = { part, end, items: page.reduce((sum, { items }) => sum + items, 0), executions: part === 'PENDING' ? 0 : page.length };
  const common = { action: 'write', writer: start.writer as never, mapRunArn: start.mapRunArn } as const;
  const request: WriteResultsRequest = { ...common, part, position: run.positions[part] ?? null, records: page.map(({ record }) => record) };
  mapRun.call(RESULTS_ADDRESS, 'write', request);
  return true;
}

function size({ head, tail }: { readonly head: number; readonly tail: number }): number {
  return tail - head;
}

/** Everything is written: the manifest says what there is. */
export function writeManifest(mapRun: MapRun): void {
  const { run, start } = mapRun;
  run.writing = 'MANIFEST';
  const request: WriteResultsRequest = { action: 'write', writer: start.writer as never, mapRunArn: start.mapRunArn, part: 'MANIFEST', positions: run.positions };
  mapRun.call(RESULTS_ADDRESS, 'write', request);
}

/** The ResultWriter has answered. */
export function resultsWritten(mapRun: MapRun, value: JsonObject): void {
  const { run } = mapRun;
  const { writing } = run;
  run.writing = null;
  if (writing === 'MANIFEST') run.manifest = value;
  else if (writing !== null) {
    dropQueue(mapRun, writing.part, writing.end);
    run.positions = { ...run.positions, [writing.part]: value['position'] };
    run.counts = count(run.counts, 'resultsWritten', writing.items, writing.executions);
  }
}

/** What failed or was pending is written anew after a redrive, so only the successes written so far count. */
export function countWrittenSuccesses({ run, records, start }: MapRun): Counts {
  const { items, executions } = run.counts;
  if (!start.writer?.Resource) return run.counts;
  const { head, tail } = run.queues.SUCCEEDED;
  let queued = 0;
  for (let at = head; at < tail; at++) queued += (records.get(`done:SUCCEEDED:${at}`) as unknown as DoneRecord).items;
  return {
    items: { ...items, resultsWritten: items.succeeded - queued },
    executions: { ...executions, resultsWritten: executions.succeeded - (tail - head) },
  };
}

/** Forgets records on their way to the ResultWriter, up to a number. */
export function dropQueue({ run, records }: MapRun, part: ResultStatus, end = run.queues[part].tail): void {
  const { head, tail } = run.queues[part];
  for (let at = head; at < end; at++) records.delete(`done:${part}:${at}`);
  run.queues = { ...run.queues, [part]: { head: end, tail } };
}

/** What a ResultWriter exports of one child execution. */
function resultRecord(end: ExecutionEnd, name: string): ResultRecord {
  const stateMachineArn = end.executionArn.replace(/:(?:execution|express):/, ':stateMachine:').split(':').slice(0, 7).join(':');
  return {
    ExecutionArn: end.executionArn,
    Input: JSON.stringify(end.input),
    InputDetails: { Included: true },
    Name: name,
    ...(end.output !== undefined && { Output: JSON.stringify(end.output), OutputDetails: { Included: true } }),
    ...(end.error !== undefined && { Error: end.error }),
    ...(end.cause !== undefined && { Cause: end.cause }),
    RedriveCount: end.redriveCount ?? 0,
    RedriveStatus: end.status === 'SUCCEEDED' || end.final ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    ...(end.status === 'SUCCEEDED' && { RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' }),
    ...(end.final && { RedriveStatusReason: 'Execution history event limit exceeded' }),
    StartDate: formatTimestamp(end.startTime),
    StateMachineArn: stateMachineArn,
    Status: end.status,
    StopDate: formatTimestamp(end.stopTime),
  };
}
