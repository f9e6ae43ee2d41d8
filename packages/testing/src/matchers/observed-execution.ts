import type { HistoryEvent } from '@interstate/core';
import type { Json } from '@interstate/kernel';
import { ExecutionResult } from 'interstate';
import { createExecutionTrace } from '../trace/execution-trace.ts';
import type { Visit } from '../trace/visit.ts';

/** What matchers look at. */
export interface ObservedExecution {
  readonly status: string;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly history: readonly HistoryEvent[];
}

/** @throws TypeError where the value is no execution and no result of one */
export function observe(value: unknown): ObservedExecution {
  if (isFinished(value)) {
    const { status, output, error, cause } = value;
    return { status, output, error, cause, history: value.history() };
  }
  if (isLive(value)) return { status: value.status(), output: undefined, error: undefined, cause: undefined, history: value.history() };
  throw new TypeError('This matcher looks at executions: give it what cloud.run(…) or execution.result() resolves to, awaited.');
}

function isFinished(value: unknown): value is ExecutionResult {
  return value instanceof ExecutionResult || (isLiving(value) && typeof value.status === 'string');
}

function isLive(value: unknown): value is { status(): string; history(): readonly HistoryEvent[] } {
  return isLiving(value) && typeof value.status === 'function';
}

function isLiving(value: unknown): value is { status: unknown; history(): readonly HistoryEvent[] } {
  return typeof value === 'object' && value !== null && typeof (value as { history?: unknown }).history === 'function';
}

/** Every visit of a state, nested ones included, in the order they began. */
export function visitsOf({ history }: ObservedExecution): readonly Visit[] {
  const trace = createExecutionTrace();
  const visits: Visit[] = [];
  for (const event of history) {
    const change = trace.add(event);
    if (change?.type === 'entered' && change.visit.kind === 'state') visits.push(change.visit);
  }
  return visits;
}
