import type { HistoryEvent } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import { ExecutionResult } from 'interstate';
import { stateFault } from '../named-in.ts';
import { createExecutionTrace } from '../trace/execution-trace.ts';
import type { Visit } from '../trace/visit.ts';

/** What matchers look at. */
export interface ObservedExecution {
  readonly status: string;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly history: readonly HistoryEvent[];
  /** Where it is known: of results. */
  readonly definition: JsonObject | undefined;
}

/** @throws TypeError where the value is no execution and no result of one */
export function observe(value: unknown): ObservedExecution {
  if (isFinished(value)) {
    const { status, output, error, cause, definition } = value;
    return { status, output, error, cause, definition, history: value.history() };
  }
  if (isLive(value)) return { status: value.status(), output: undefined, error: undefined, cause: undefined, definition: undefined, history: value.history() };
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

/** The same for matchers that name states. @throws TypeError where none is named, or its definition has no such state */
export function observeStates(value: unknown, states: readonly string[]): ObservedExecution {
  if (states.length === 0) throw new TypeError('This matcher needs the name of a state: without one it would hold whatever happens.');
  const execution = observe(value);
  const fault = execution.definition && states.map((state) => stateFault(execution.definition!, state)).find((each) => each !== undefined);
  if (fault !== undefined) throw new TypeError(fault);
  return execution;
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
