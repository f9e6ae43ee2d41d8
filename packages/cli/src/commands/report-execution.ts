import type { HistoryEvent } from '@interstate/core';
import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { ExecutionResult } from 'interstate';
import type { Colors } from 'picocolors/types';
import { adviceOnMissing, type ExecutionTrace } from '@interstate/testing';
import type { ChildExecutions } from '../progress/progress.ts';
import { whereItStood } from '../progress/where-it-stood.ts';
import { formatDuration, visible } from '../text.ts';

/** An event as JSON: the time as ISO 8601 text, payloads as values. */
export function eventJson({ id, previousEventId, timestamp, type, details }: HistoryEvent): JsonObject {
  return { id, previousEventId, timestamp: new Date(timestamp).toISOString(), type, ...(details && { details: details as JsonObject }) };
}

/** `--json`: everything about an execution in one object. */
export function executionJson(result: ExecutionResult, history: readonly HistoryEvent[] | undefined): JsonObject {
  const { executionArn, status, startTime, stopTime, output, error, cause } = result;
  return {
    executionArn,
    status,
    startDate: new Date(startTime).toISOString(),
    stopDate: new Date(stopTime).toISOString(),
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(history && { history: history.map(eventJson) }),
  };
}

/** What was seen of an execution while it ran. */
export interface Watched {
  readonly trace: ExecutionTrace;
  readonly eventCount: number;
  readonly children: ChildExecutions;
}

/** How an execution ended, in a few lines for a person. */
export function endText(result: ExecutionResult, { trace, eventCount, children }: Watched, color: Colors): string {
  const { status, startTime, stopTime, error, cause } = result;
  const total = children.succeeded + children.failed;
  const childText = total === 0 ? '' : `, ${total} child executions${children.failed > 0 ? `, ${children.failed} of them failed` : ''}`;
  const facts = color.dim(`in ${formatDuration(stopTime - startTime)}, ${eventCount} events${childText}`);
  if (status === 'SUCCEEDED') return `${color.green(`✔ ${status}`)} ${facts}\n`;
  const lines = [`${color.red(`✗ ${status}`)} ${facts}`];
  if (error !== undefined) lines.push(`  ${color.bold(visible(error))}`);
  if (cause !== undefined) lines.push(...causeLines(cause).map((line) => `  ${visible(line)}`));
  const stood = status === 'FAILED' ? [] : whereItStood(trace.visits);
  if (stood.length > 0) lines.push('It stood in:', ...stood.slice(0, 20).map((line) => `  ${line}`));
  if (stood.length > 20) lines.push(`  … and ${stood.length - 20} more`);
  const missing = adviceOnMissing(error);
  const advice = missing === undefined ? adviceFor(cause ?? '') : `${missing} A file of them is given with --resources.`;
  if (advice !== undefined) lines.push(color.yellow(advice));
  return `${lines.join('\n')}\n`;
}

const MAX_CAUSE_LINES = 12;
/** Of a function's stack trace; what follows is how it was called. */
const MAX_FRAMES = 3;

/** A cause as lines: a function's own message and trace, where it is one. */
function causeLines(cause: string): string[] {
  const parsed = parseObject(cause);
  const { errorMessage, trace } = parsed ?? {};
  const lines = typeof errorMessage === 'string' ? [errorMessage, ...(Array.isArray(trace) ? trace.slice(1, 1 + MAX_FRAMES).map(String) : [])] : cause.split('\n');
  return lines.slice(0, MAX_CAUSE_LINES).map((line) => (line.length > 500 ? `${line.slice(0, 500)}…` : line));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function adviceFor(cause: string): string | undefined {
  const resource = /^Nothing answers '([^']+)'/.exec(cause)?.[1];
  if (resource === undefined) return undefined;
  return `Give it a function in the --functions module: export default { '${visible(resource)}': async (parameters) => ({ … }) }`;
}
