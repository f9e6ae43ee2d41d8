import type { Failure, Json } from '@interstate/kernel';
import type { HistoryEventDetails } from '../history/event.ts';
import type { Execution, ExecutionEnd, ExecutionStatus } from './execution.ts';
import { cancelWaits } from './join.ts';
import type { Run } from './run.ts';

const EVENT = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
} as const;

/** A timed-out execution has its error in the history only. */
const NOTHING_TOLD: { readonly output?: Json } & Failure = {};

/** Ends the execution: records it, withdraws everything still awaited, answers whoever waits for the end. Frames are kept for redrive. */
export function endExecution(run: Run, status: Exclude<ExecutionStatus, 'RUNNING'>, end: { readonly output?: Json } & Failure): void {
  const { execution } = run;
  execution.status = status;
  const { Error: error, Cause: cause, output } = status === 'TIMED_OUT' ? NOTHING_TOLD : end;
  execution.ending = { stopTime: run.now, ...(output !== undefined && { output }), ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  const details: HistoryEventDetails =
    end.output !== undefined
      ? { output: end.output }
      : { ...(end.Error !== undefined && { error: end.Error }), ...(end.Cause !== undefined && { cause: end.Cause }) };
  // A stop or timeout from outside follows no event.
  run.append(EVENT[status], status === 'ABORTED' || status === 'TIMED_OUT' ? 0 : execution.root.chain, details);
  cancelWaits(run, execution.root);
  if (execution.bounded && status !== 'TIMED_OUT') run.effects.push({ type: 'clearTimer', key: 'x' });
  for (const to of execution.start.notify ?? []) run.effects.push({ type: 'notice', to, notice: executionEnd(execution) as unknown as Json });
  run.effects.push({ type: 'ended' });
}

/** True where the history has no room for a redrive and one event more. */
export function isOutOfHistory({ start, limits, lastEventId }: Execution): boolean {
  return start.executionType !== 'EXPRESS' && lastEventId >= limits.historyEvents - 1;
}

/** How an ended execution tells of itself. */
export function executionEnd(execution: Execution): ExecutionEnd {
  const { ending, redrives } = execution;
  return {
    type: 'executionEnded',
    executionArn: execution.start.executionArn,
    status: execution.status,
    startTime: execution.startTime,
    input: execution.start.input,
    ...(ending ?? { stopTime: 0 }),
    ...(redrives && { redriveCount: redrives.count }),
    ...(isOutOfHistory(execution) && { final: true as const }),
  };
}
