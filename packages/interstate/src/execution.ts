import type { ExecutionEnd, ExecutionLimits, ExecutionSlot, ExecutionStatus, HistoryEvent } from '@interstate/core';
import { executionEnd } from '@interstate/core';
import type { Json, Outcome } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import type { DefinitionOptions } from './definition.ts';
import { explainWaiting } from './waiting.ts';

export interface StartOptions {
  /** Name of the execution (default: a UUID). */
  readonly name?: string;
  /** Stops the execution when it aborts. */
  readonly signal?: AbortSignal;
  /** False keeps no history (default true). */
  readonly history?: boolean;
  /** AWS's limits, relaxed by name. */
  readonly limits?: Partial<ExecutionLimits>;
  /** Behave as the service did at this time, where it has changed since. */
  readonly asOf?: number;
}

export interface RunOptions extends StartOptions, DefinitionOptions {
  /** `STANDARD` (default) or `EXPRESS`. */
  readonly type?: 'STANDARD' | 'EXPRESS';
}

/** How an execution ended. `output` with SUCCEEDED; `error` and `cause`, where there are any, otherwise. */
export interface ExecutionResult {
  readonly executionArn: string;
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly stopTime: number;
  /** Every event, payloads as values. */
  history(): readonly HistoryEvent[];
}

/** A started execution. */
export interface Execution {
  readonly executionArn: string;
  status(): ExecutionStatus;
  /**
   * Settles when the execution has ended. Under a virtual clock it lets time pass.
   * @throws StuckExecutionError where the clock is virtual and nothing can ever bring what the execution waits for
   */
  result(): Promise<ExecutionResult>;
  /** Stops the execution: ABORTED, with this error and cause. */
  stop(reason?: { readonly error?: string; readonly cause?: string }): Promise<void>;
  history(): readonly HistoryEvent[];
}

/** The execution waits for something that nothing in this cloud can bring. */
export class StuckExecutionError extends Error {
  override readonly name = 'StuckExecutionError';
}

export function createExecution(host: Host, executionArn: string, call: (action: string, input: Record<string, Json>) => Promise<Outcome>): Execution {
  const history = (): readonly HistoryEvent[] => host.journalOf(executionArn) as readonly HistoryEvent[];
  const live = (): ExecutionSlot => host.stateOf(executionArn) as ExecutionSlot;
  return {
    executionArn,
    history,
    status: () => live()?.execution?.status ?? 'RUNNING',
    async stop({ error, cause } = {}) {
      await call('StopExecution', { executionArn, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    },
    async result() {
      if (host.clock.type === 'real') await host.ended(executionArn);
      else {
        const ended = await host.runUntil(() => host.isEnded(executionArn));
        if (!ended) throw new StuckExecutionError(explainWaiting(live().execution!));
      }
      const { type: _type, input: _input, status, ...end }: ExecutionEnd = executionEnd(live().execution!);
      return { ...end, status: status as ExecutionResult['status'], history };
    },
  };
}
