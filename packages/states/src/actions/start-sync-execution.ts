import type { Json, JsonObject } from '@interstate/kernel';
import type { Action } from '../action.ts';
import { readRecord, writeRecord, type ExecutionRecord, type StateMachineRecord, type WatchRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { splitQualifier } from '../names.ts';
import { beginExecution } from './start-execution.ts';

/** Implements StartSyncExecution: Express only; the answer comes with the end. A failed execution is an answer, not an error. */
export const startSyncExecution: Action = (context, input, wishes) => {
  const machine = readRecord<StateMachineRecord>(context.state, splitQualifier(String(input['stateMachineArn'])).stateMachineArn);
  if (machine?.type === 'STANDARD') throw new StatesError('StateMachineTypeNotSupported');
  const { executionArn } = beginExecution(context, input, wishes);
  writeRecord<WatchRecord>(context.state, `watch:${executionArn}`, { replyTo: context.replyTo!, pattern: 'api', includeData: input['includedData'] !== 'METADATA_ONLY', ...(context.isSdkTask && { sdk: true }) });
  context.state.index.watched++;
  return undefined;
};

/** What StartSyncExecution answers. Memory is billed in chunks of 64 MB, time in tenths of a second. */
export function syncResult(executionArn: string, record: ExecutionRecord, includeData: boolean): Json {
  const { startTime, stopTime = startTime, output, error, cause, traceHeader } = record;
  const result: JsonObject = {
    executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    startDate: startTime,
    stopDate: stopTime,
    status: record.status,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(includeData && { input: record.inputText }),
    inputDetails: { included: includeData },
    ...(output !== undefined && includeData && { output: JSON.stringify(output) }),
    ...(output !== undefined && { outputDetails: { included: includeData } }),
    ...(traceHeader !== undefined && { traceHeader }),
    billingDetails: { billedDurationInMilliseconds: Math.max(1, Math.ceil((stopTime - startTime) / 100)) * 100, billedMemoryUsedInMB: 64 },
  };
  return result;
}
