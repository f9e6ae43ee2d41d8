import type { Json } from '@interstate/kernel';
import type { ActionContext } from './action.ts';
import type { DirectoryState, ExecutionRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { assertStatesArn } from './names.ts';

/** What is known of an execution, Express ones included. */
export function executionRecord({ records }: DirectoryState, executionArn: string): ExecutionRecord | undefined {
  const record = records.get(executionArn) as unknown as ExecutionRecord | undefined;
  return record?.sequence === undefined ? undefined : record;
}

/**
 * A Standard execution, or a Map run's child that was found.
 * @param kinds where Express children are told of too
 * @throws StatesError InvalidArn (Express ones among them), ExecutionDoesNotExist
 */
export function executionOf({ state, child }: ActionContext, executionArn: Json | undefined, ...kinds: readonly 'express'[]): ExecutionRecord {
  const record = child?.record ?? executionRecord(state, executionArn as string);
  if (record && (!record.express || (child && kinds.length > 0))) return record;
  if (child) assertStatesArn(executionArn, 'execution', ...kinds);
  else assertStatesArn(executionArn, 'execution');
  throw new StatesError('ExecutionDoesNotExist', { arn: executionArn });
}

export function addExecution({ state }: ActionContext, executionArn: string, record: ExecutionRecord): void {
  const { executions } = state.index.of(record.stateMachineArn);
  state.records.set(executionArn, record as unknown as Json);
  state.index.running++;
  // Express executions are in no list.
  if (record.express) executions.running++;
  else executions.add(executionArn, record);
}

/** Puts a changed record in the place of an execution's old one. */
export function changeExecution({ state }: ActionContext, executionArn: string, before: ExecutionRecord, record: ExecutionRecord): void {
  const { executions } = state.index.of(record.stateMachineArn);
  const running = Number(record.status === 'RUNNING') - Number(before.status === 'RUNNING');
  state.index.running += running;
  state.records.set(executionArn, record as unknown as Json);
  if (record.express) executions.running += running;
  else executions.change(executionArn, before, record);
}
