import type { JsonObject, Outcome } from '@interstate/kernel';
import { StatesError } from '../errors.ts';
import { listChildren } from './list-children.ts';
import { describeCounts } from './counts.ts';
import type { MapRun } from './run-state.ts';

/** Implements the operations a Map run answers itself. Times are milliseconds since 1970. */
export function answerOperation(mapRun: MapRun, { action, input }: { readonly action: string; readonly input: JsonObject }): Outcome {
  try {
    if (action === 'DescribeMapRun') return { ok: true, value: describeMapRun(mapRun) };
    if (action === 'ListExecutions') return { ok: true, value: listChildren(mapRun, input) };
    if (action === 'UpdateMapRun') return { ok: true, value: updateMapRun(mapRun, input) };
    throw new StatesError('ValidationException', { reason: `A Map Run does not answer the operation '${action}'.` });
  } catch (error) {
    if (error instanceof StatesError) return { ok: false, error: error.toFailure() };
    throw error;
  }
}

function describeMapRun({ run, start }: MapRun): JsonObject {
  const { status, startDate, stopDate, redriveCount, redriveDate } = run;
  return {
    mapRunArn: start.mapRunArn,
    executionArn: start.execution.executionArn,
    status,
    startDate,
    ...(status !== 'RUNNING' && { stopDate }),
    maxConcurrency: run.maxConcurrency,
    toleratedFailurePercentage: run.toleratedFailurePercentage ?? 0,
    toleratedFailureCount: run.toleratedFailureCount ?? 0,
    ...describeCounts(run, start.batcher?.MaxItemsPerBatch ?? 1),
    redriveCount,
    ...(redriveCount > 0 && { redriveDate }),
  };
}

function updateMapRun({ run }: MapRun, input: JsonObject): JsonObject {
  if (run.status !== 'RUNNING') throw new StatesError('ValidationException', { reason: 'Map Run has completed and cannot be updated' });
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = input;
  if (typeof maxConcurrency === 'number') run.maxConcurrency = maxConcurrency;
  if (typeof toleratedFailureCount === 'number') run.toleratedFailureCount = toleratedFailureCount;
  if (typeof toleratedFailurePercentage === 'number') run.toleratedFailurePercentage = toleratedFailurePercentage;
  return {};
}
