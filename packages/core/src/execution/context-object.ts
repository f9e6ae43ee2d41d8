import { formatTimestamp, type Crypto, type Json, type JsonObject } from '@interstate/kernel';
import { redriveCountOf, type Execution } from './execution.ts';
import { retryCountOf, type Frame, type MapItem } from './frame.ts';
import { tokenOf } from './task-token.ts';

/** The context object as a state in this frame sees it. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject(execution: Execution, frame: Frame, selecting: MapItem | null, crypto: Crypto): JsonObject {
  const { start } = execution;
  const { state } = frame;
  const run: Record<string, Json> = {
    Id: start.executionArn,
    Input: start.input,
    StartTime: formatTimestamp(execution.startTime),
    Name: nameIn(start.executionArn, 7),
    RoleArn: start.roleArn,
  };
  // Express executions cannot be redriven.
  if (start.executionType !== 'EXPRESS') run['RedriveCount'] = redriveCountOf(execution);
  if (execution.redrives) run['RedriveTime'] = formatTimestamp(execution.redrives.time);
  const current: Record<string, Json> = { Name: state.name, EnteredTime: formatTimestamp(frame.enteredTime) };
  if (state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map') current['RetryCount'] = retryCountOf(frame);
  const context: Record<string, Json> = {
    Execution: run,
    StateMachine: { Id: start.stateMachineArn, Name: nameIn(start.stateMachineArn, 6) },
    State: current,
  };
  if (state.type === 'Task' && state.usesToken) context['Task'] = { Token: tokenOf(execution, frame, crypto) };
  const item = selecting ? itemObject(selecting) : mapItem(execution, frame);
  if (item) context['Map'] = { Item: item };
  return context;
}

/** A part of an ARN, parts being counted from 0. */
function nameIn(arn: string, part: number): string {
  return arn.split(':')[part] ?? '';
}

function mapItem(execution: Execution, frame: Frame): JsonObject | undefined {
  for (let at: Frame | null = frame; at !== null; at = at.parent) if (at.item) return itemObject(at.item);
  return execution.start.mapItem;
}

/** `Map.Item` of the context object. */
export function itemObject({ index, value, key, source }: MapItem): JsonObject {
  return { Index: index, Value: value, ...(key !== undefined && { Key: key }), ...(source !== undefined && { Source: source }) };
}
