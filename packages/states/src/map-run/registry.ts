import type { JsonObject } from '@interstate/kernel';
import type { ActionContext } from '../action.ts';
import { readRecord, writeRecord, type DirectoryState } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn } from '../names.ts';

/** A Map run as the directory knows it, under `mapRun:<arn>`; what else there is to know, the Map run knows. */
export interface MapRunRecord {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** Milliseconds since 1970. */
  readonly startDate: number;
  /** Milliseconds since 1970, once it has ended. */
  readonly stopDate?: number;
}

/** A Map run has told of its start, its end, or its going on after a redrive. */
export function mapRunChanged({ state }: ActionContext, notice: JsonObject): void {
  const { mapRunArn, executionArn, stateMachineArn, startDate, stopDate } = notice as unknown as MapRunRecord & { readonly mapRunArn: string };
  const key = `mapRun:${mapRunArn}`;
  const known = state.records.has(key);
  writeRecord<MapRunRecord>(state, key, {
    executionArn,
    stateMachineArn,
    startDate,
    ...(stopDate !== undefined && { stopDate }),
  });
  if (known) return;
  const runs = mapRunsOf(state, executionArn);
  writeRecord(state, `mapRuns:${executionArn}`, [...runs, mapRunArn]);
}

/** An execution is past its retention: its Map runs are known no more, and see to their own end. */
export function forgetMapRuns({ state, effects }: ActionContext, executionArn: string): void {
  for (const mapRunArn of mapRunsOf(state, executionArn)) {
    state.records.delete(`mapRun:${mapRunArn}`);
    effects.push({ type: 'notice', to: mapRunArn, notice: { type: 'forget' } });
  }
  state.records.delete(`mapRuns:${executionArn}`);
}

/** ARNs of the Map runs an execution has started, oldest first. */
export function mapRunsOf(state: DirectoryState, executionArn: string): readonly string[] {
  return readRecord<readonly string[]>(state, `mapRuns:${executionArn}`) ?? [];
}

/** @throws StatesError InvalidArn, ResourceNotFound */
export function assertMapRun(state: DirectoryState, arn: unknown): asserts arn is string {
  assertStatesArn(arn, 'mapRun');
  if (!state.records.has(`mapRun:${arn}`)) throw new StatesError('ResourceNotFound', { reason: `Resource not found: '${arn}'` });
}
