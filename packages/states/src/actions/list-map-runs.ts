import type { Json, JsonObject } from '@interstate/kernel';
import { decodePageToken, encodePageToken } from '@interstate/service-kit';
import type { Action } from '../directory.ts';
import { readRecord, type DirectoryState, type ExecutionRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { STATES_LIMITS } from '../limits.ts';
import { mapRunsOf, type MapRunRecord } from '../map-run/registry.ts';
import { assertStatesArn } from '../names.ts';

/**
 * Implements ListMapRuns: newest first, 100 a page unless maxResults says otherwise.
 * Errors: ExecutionDoesNotExist, InvalidArn, InvalidToken.
 */
export const listMapRuns: Action = ({ state }, { executionArn, maxResults, nextToken }) => {
  assertStatesArn(executionArn);
  if (!readRecord<ExecutionRecord>(state, executionArn)) throw new StatesError('ExecutionDoesNotExist', { arn: executionArn });
  const scope = `ListMapRuns ${executionArn}`;
  const runs = mapRunsOf(state, executionArn);
  // Counted from the oldest, so that runs started between two pages shift nothing.
  const end = nextToken === undefined ? runs.length : pageEnd(scope, nextToken);
  const start = Math.max(0, end - pageSize(maxResults));
  const mapRuns = runs.slice(start, end).reverse().map((arn) => describe(state, arn));
  return { mapRuns, ...(start > 0 && { nextToken: encodePageToken(scope, start) }) };
};

function pageSize(maxResults: Json | undefined): number {
  return typeof maxResults === 'number' && maxResults > 0 ? maxResults : STATES_LIMITS.pageResults;
}

function pageEnd(scope: string, token: Json): number {
  const position = typeof token === 'string' ? decodePageToken(scope, token) : undefined;
  if (typeof position !== 'number') throw new StatesError('InvalidToken', { reason: 'Invalid token' });
  return position;
}

function describe(state: DirectoryState, mapRunArn: string): JsonObject {
  const { executionArn, stateMachineArn, startDate, stopDate } = readRecord<MapRunRecord>(state, `mapRun:${mapRunArn}`)!;
  return { executionArn, mapRunArn, stateMachineArn, startDate, ...(stopDate !== undefined && { stopDate }) };
}
