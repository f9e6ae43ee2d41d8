import type { Json, JsonObject } from '@interstate/kernel';
import { redriveStatusOf } from '@interstate/core';
import type { Action, ActionContext } from '../action.ts';
import { readRecord, type ExecutionRecord, type StateMachineRecord } from '../directory-state.ts';
import { executionOf } from '../executions.ts';
import { splitLabel } from '../names.ts';
import { assertKeyUsable, revisionOf } from '../state-machines.ts';

/** Implements DescribeExecution. */
export const describeExecution: Action = (context, { executionArn, includedData }) => {
  const record = executionOf(context, executionArn, 'express');
  const includeData = includedData !== 'METADATA_ONLY';
  if (context.options.kmsKeyState && includeData) assertKeyUsable(context, revisionOf(context, record.revision).encryption);
  const { stopTime, output, error, cause, traceHeader, mapRunArn, versionArn, aliasArn, redriveCount = 0, redriveTime } = record;
  const { redriveStatus, redriveStatusReason } = record.status === 'SUCCEEDED' ? SUCCEEDED : redriveOf(context, record);
  const { stateMachineArn, name, status, startTime } = record;
  if (status === 'SUCCEEDED' && includeData && stopTime !== undefined && output !== undefined && mapRunArn === undefined && versionArn === undefined && traceHeader === undefined && redriveTime === undefined) {
    // What nearly all of them are; written out, it takes a fraction of the time.
    return {
      executionArn: executionArn!,
      stateMachineArn,
      name,
      status,
      startDate: startTime,
      stopDate: stopTime,
      input: record.inputText,
      inputDetails: INCLUDED,
      output: JSON.stringify(output),
      outputDetails: INCLUDED,
      redriveCount: 0,
      redriveStatus,
      redriveStatusReason: redriveStatusReason!,
    };
  }
  const description: Record<string, Json> = { executionArn: executionArn!, stateMachineArn, name, status, startDate: startTime };
  if (stopTime !== undefined) description['stopDate'] = stopTime;
  if (includeData) description['input'] = record.inputText;
  description['inputDetails'] = { included: includeData };
  if (output !== undefined) {
    if (includeData) description['output'] = JSON.stringify(output);
    description['outputDetails'] = { included: includeData };
  }
  if (traceHeader !== undefined) description['traceHeader'] = traceHeader;
  if (mapRunArn !== undefined) description['mapRunArn'] = mapRunArn;
  if (error !== undefined) description['error'] = error;
  if (cause !== undefined) description['cause'] = cause;
  if (versionArn !== undefined) description['stateMachineVersionArn'] = versionArn;
  if (aliasArn !== undefined) description['stateMachineAliasArn'] = aliasArn;
  description['redriveCount'] = redriveCount;
  if (redriveTime !== undefined) description['redriveDate'] = redriveTime;
  description['redriveStatus'] = redriveStatus;
  if (redriveStatusReason !== undefined) description['redriveStatusReason'] = redriveStatusReason;
  return description;
};

const INCLUDED = { included: true } as const;
const SUCCEEDED = { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' } as const;

/** Whether an execution can be redriven now. */
export function redriveOf({ state, now }: ActionContext, { status, stateMachineArn, startTime, stopTime = 0, express, mapRunArn, final }: ExecutionRecord): ReturnType<typeof redriveStatusOf> {
  const machine = readRecord<StateMachineRecord>(state, splitLabel(stateMachineArn).stateMachineArn);
  const deleting = machine === undefined || machine.deleting === true;
  return redriveStatusOf({ status, executionType: express ? 'EXPRESS' : 'STANDARD', startTime, stopTime, events: final ? Infinity : 0, mapRunArn, deleting }, now);
}

/** An execution as ListExecutions shows it. */
export function listed(executionArn: string, record: ExecutionRecord): JsonObject {
  const { stateMachineArn, name, status, startTime, stopTime, versionArn, aliasArn, redriveCount = 0, redriveTime } = record;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: startTime,
    ...(stopTime !== undefined && { stopDate: stopTime }),
    ...(versionArn !== undefined && { stateMachineVersionArn: versionArn }),
    ...(aliasArn !== undefined && { stateMachineAliasArn: aliasArn }),
    redriveCount,
    ...(redriveTime !== undefined && { redriveDate: redriveTime }),
  };
}
