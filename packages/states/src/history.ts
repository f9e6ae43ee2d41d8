import { detailsKey, type HistoryEvent } from '@interstate/core';
import type { EpochMs, Json, JsonObject } from '@interstate/kernel';
import type { LoggingConfiguration } from './directory-state.ts';

/** An event as GetExecutionHistory gives it: payloads as JSON text. `timestamp` is milliseconds since 1970. */
export interface PublishedEvent {
  readonly timestamp: EpochMs;
  readonly type: string;
  readonly id: number;
  readonly previousEventId: number;
  readonly [detailsKey: string]: Json;
}

/** @param includeData false leaves out inputs and outputs, as `includeExecutionData: false` asks */
export function publishHistoryEvent(event: HistoryEvent, includeData: boolean): PublishedEvent {
  const { timestamp, type, id, previousEventId } = event;
  const key = detailsKey(type);
  if (key === undefined) return { timestamp, type, id, previousEventId };
  return { timestamp, type, id, previousEventId, [key]: publishDetails(event, includeData) };
}

const NOT_TRUNCATED: JsonObject = { truncated: false };

function publishDetails({ details = {} }: HistoryEvent, includeData: boolean): JsonObject {
  const published: Record<string, Json> = {};
  for (const field of Object.keys(details)) {
    const value = details[field];
    if (value === undefined) continue;
    if (field === 'input' || field === 'output') {
      if (!includeData) continue;
      published[field] = JSON.stringify(value);
      published[`${field}Details`] = NOT_TRUNCATED;
    } else if (field === 'assignedVariables') {
      if (!includeData) continue;
      published[field] = Object.fromEntries(Object.entries(value as JsonObject).map(([name, variable]) => [name, JSON.stringify(variable)]));
      published['assignedVariablesDetails'] = NOT_TRUNCATED;
    } else if (field === 'parameters') published[field] = JSON.stringify(value);
    else published[field] = value;
  }
  return published;
}

/**
 * An event as it stands in CloudWatch Logs; undefined where the level does not let it through.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
export function logRecord(executionArn: string, event: HistoryEvent, { level, includeExecutionData }: LoggingConfiguration, redriveCount = 0): JsonObject | undefined {
  if (!isLogged(event.type, level)) return undefined;
  return {
    id: String(event.id),
    type: event.type,
    details: publishDetails(event, includeExecutionData),
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.timestamp),
    execution_arn: executionArn,
    redrive_count: String(redriveCount),
  };
}

function isLogged(type: string, level: LoggingConfiguration['level']): boolean {
  switch (level) {
    case 'ALL':
      return true;
    case 'ERROR':
      return type === 'FailStateEntered' || /(?:Failed|TimedOut|Aborted)$/.test(type);
    case 'FATAL':
      return type === 'ExecutionFailed' || type === 'ExecutionAborted' || type === 'ExecutionTimedOut';
    case 'OFF':
      return false;
  }
}
