import type { JsonObject } from '@interstate/kernel';
import type { Action } from '../action.ts';
import { readRecord, type DirectoryState } from '../directory-state.ts';
import { executionOf } from '../executions.ts';
import { mapRunsOf, type MapRunRecord } from '../map-run/registry.ts';
import { listPage } from '../pagination.ts';

/** Implements ListMapRuns, newest first. Errors: ExecutionDoesNotExist, InvalidArn, InvalidToken. */
export const listMapRuns: Action = (context, input) => {
  const executionArn = input['executionArn'] as string;
  executionOf(context, executionArn);
  const runs = mapRunsOf(context.state, executionArn);
  const numbers = runs.map((_, index) => index).reverse();
  const { entries, token } = listPage(
    context,
    `ListMapRuns ${executionArn}`,
    input,
    (before, count) => numbers.filter((number) => before === undefined || number < (before as number)).slice(0, count),
    (number) => number,
  );
  return { mapRuns: entries.map((number) => listed(context.state, runs[number]!)), ...token };
};

function listed(state: DirectoryState, mapRunArn: string): JsonObject {
  const { executionArn, stateMachineArn, startDate, stopDate } = readRecord<MapRunRecord>(state, `mapRun:${mapRunArn}`)!;
  return { executionArn, mapRunArn, stateMachineArn, startDate, ...(stopDate !== undefined && { stopDate }) };
}
