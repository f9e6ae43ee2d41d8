import { verdict, type MatcherResult, type MatcherState } from './matcher.ts';
import { observe, visitsOf, type ObservedExecution } from './observed-execution.ts';

/** How an execution ended, and where it failed. */
export function said(execution: ObservedExecution): string {
  const { status, output, error, cause } = execution;
  if (status === 'SUCCEEDED') return `it SUCCEEDED with ${shown(output)}`;
  if (status === 'RUNNING') return 'it is still RUNNING';
  const place = visitsOf(execution).findLast((visit) => visit.status === 'failed');
  return `it ${status}${place === undefined ? '' : ` in '${place.name}'`}${error === undefined ? '' : ` with ${error}`}${cause === undefined ? '' : `: ${cause.length > 500 ? `${cause.slice(0, 500)}…` : cause}`}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

export function toHaveSucceeded(this: MatcherState, received: unknown): MatcherResult {
  const execution = observe(received);
  return verdict(execution.status === 'SUCCEEDED', 'to have succeeded', said(execution));
}

export function toHaveSucceededWith(this: MatcherState, received: unknown, output: unknown): MatcherResult {
  const execution = observe(received);
  const pass = execution.status === 'SUCCEEDED' && this.equals(execution.output, output);
  const values = execution.status === 'SUCCEEDED' ? { actual: execution.output, expected: output } : {};
  return verdict(pass, `to have succeeded with ${shown(output)}`, said(execution), values);
}

/** @param error a name, or a pattern for it; @param cause the same for the cause (a text is looked for in it) */
export function toHaveFailedWith(this: MatcherState, received: unknown, error: string | RegExp, cause?: string | RegExp): MatcherResult {
  const execution = observe(received);
  const pass = execution.status === 'FAILED' && fits(execution.error, error, true) && (cause === undefined || fits(execution.cause, cause, false));
  return verdict(pass, `to have failed with ${String(error)}${cause === undefined ? '' : `: ${String(cause)}`}`, said(execution));
}

export function toHaveTimedOut(this: MatcherState, received: unknown): MatcherResult {
  const execution = observe(received);
  return verdict(execution.status === 'TIMED_OUT', 'to have timed out', said(execution));
}

export function toHaveBeenAborted(this: MatcherState, received: unknown): MatcherResult {
  const execution = observe(received);
  return verdict(execution.status === 'ABORTED', 'to have been aborted', said(execution));
}

export function fits(text: string | undefined, wanted: string | RegExp, whole: boolean): boolean {
  if (text === undefined) return false;
  if (typeof wanted === 'string') return whole ? text === wanted : text.includes(wanted);
  return new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(text);
}
