import type { EpochMs } from '@interstate/kernel';
import type { ExecutionStatus } from './execution.ts';
import { AWS_LIMITS } from './limits.ts';

/** What decides whether an execution can be redriven. */
export interface RedriveFacts {
  readonly status: ExecutionStatus | 'PENDING_REDRIVE';
  readonly executionType: 'STANDARD' | 'EXPRESS';
  readonly startTime: EpochMs;
  /** Of the last attempt. */
  readonly stopTime: EpochMs;
  /** Events in its history. */
  readonly events: number;
  /** Most events a history may have (default: AWS's 25,000). */
  readonly historyEvents?: number;
  /** A child of a Map run is redriven by its Map run alone. */
  readonly mapRunArn?: string | undefined;
  /** True while its state machine is being deleted. */
  readonly deleting?: boolean;
}

/** As DescribeExecution gives it. */
export interface RedriveStatus {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  /** Only with NOT_REDRIVABLE. */
  readonly redriveStatusReason?: string;
}

/** An execution can be redriven for 14 days after its end. */
export const REDRIVABLE_MS = 14 * 86_400_000;

/**
 * Whether an execution can be redriven now, and if not, why.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-eligibility
 */
export function redriveStatusOf(facts: RedriveFacts, now: EpochMs): RedriveStatus {
  const redriveStatusReason = obstacle(facts, now);
  if (redriveStatusReason !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
  return { redriveStatus: facts.mapRunArn === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}

function obstacle(facts: RedriveFacts, now: EpochMs): string | undefined {
  const { status, executionType, startTime, stopTime, events, historyEvents = AWS_LIMITS.historyEvents } = facts;
  if (status === 'RUNNING' || status === 'SUCCEEDED' || status === 'PENDING_REDRIVE') return `Execution is ${status} and cannot be redriven`;
  if (facts.deleting) return 'State machine is in DELETING status';
  // Express children of a Map run are started anew, so nothing else stands against it.
  if (executionType === 'EXPRESS') return facts.mapRunArn === undefined ? 'Execution is EXPRESS and cannot be redriven' : undefined;
  // That it was started after the launch of RedriveExecution (2023-11-15) is not asked: only a test's clock stands before it.
  if (events >= historyEvents - 1) return 'Execution history event limit exceeded';
  if (now - startTime > AWS_LIMITS.standardSeconds * 1000) return 'Execution has exceeded the max execution time';
  if (now - stopTime > REDRIVABLE_MS) return 'Execution redrivable period exceeded';
  return undefined;
}
