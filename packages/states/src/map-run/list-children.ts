import type { JsonObject } from '@interstate/kernel';
import { listPage } from '../pagination.ts';
import type { ChildRecord, EndedRecord, MapRun } from './run-state.ts';

interface Listed extends ChildRecord {
  readonly executionArn: string;
  readonly status: EndedRecord['status'] | 'RUNNING' | 'PENDING_REDRIVE';
  readonly stopTime?: number;
}

/**
 * Implements ListExecutions with mapRunArn, newest first. Of the children that have succeeded it knows the last thousand:
 * a Map run's state does not grow with its items. Errors: InvalidToken.
 */
export function listChildren(mapRun: MapRun, input: JsonObject): JsonObject {
  const { start } = mapRun;
  const { statusFilter, redriveFilter } = input;
  const { entries, token } = listPage(
    mapRun,
    `ListExecutions ${start.mapRunArn} ${String(statusFilter ?? '')} ${String(redriveFilter ?? '')}`,
    input,
    (before, count) =>
      children(mapRun)
        .filter((child) => (before === undefined || child.index < (before as number)) && isAskedFor(child, input))
        .sort((a, b) => b.index - a.index)
        .slice(0, count),
    ({ index }) => index,
  );
  return { executions: entries.map((child) => listed(mapRun, child)), ...token };
}

function children({ records, run }: MapRun): Listed[] {
  const all: Listed[] = [];
  for (const [key, value] of records.all()) {
    const [kind, number] = key.split(':', 2) as [string, string];
    const record = value as unknown as ChildRecord & EndedRecord;
    if (kind === 'child') all.push({ ...record, executionArn: key.slice('child:'.length), status: 'RUNNING' });
    else if (kind === 'ended') all.push(record);
    else if (kind === 'failed') all.push(Number(number) < run.redriveEnd ? { ...record, status: 'PENDING_REDRIVE' } : record);
  }
  return all;
}

function isAskedFor({ status, redriveCount = 0 }: Listed, { statusFilter, redriveFilter }: JsonObject): boolean {
  if (statusFilter !== undefined && status !== statusFilter) return false;
  return redriveFilter === undefined || (redriveFilter === 'REDRIVEN') === redriveCount > 0;
}

function listed({ start }: MapRun, child: Listed): JsonObject {
  const { executionArn, name, status, startTime, stopTime, items, redriveCount = 0, redriveTime } = child;
  return {
    executionArn,
    stateMachineArn: `${start.execution.stateMachineArn}/${start.label}`,
    name,
    status,
    startDate: startTime,
    ...(stopTime !== undefined && { stopDate: stopTime }),
    mapRunArn: start.mapRunArn,
    itemCount: items,
    redriveCount,
    ...(redriveTime !== undefined && { redriveDate: redriveTime }),
  };
}
