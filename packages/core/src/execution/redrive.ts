import { isJsonObject, type Json, type Message, type ReplyTo } from '@interstate/kernel';
import { startIteration } from '../states/map.ts';
import { faultAboveChildren } from './drive.ts';
import { executionEnd, isOutOfHistory } from './execution-end.ts';
import { makeReady, redriveCountOf, type Execution, type ExecutionRedriven, type Redrives } from './execution.ts';
import { TOUCHED_DATA, TOUCHED_FRAME, type Frame, type Join } from './frame.ts';
import { dropJoin } from './join.ts';
import { park } from './park.ts';
import { redriveStatusOf } from './redrive-status.ts';
import type { Run } from './run.ts';

/*
 * Implements RedriveExecution: an execution that did not succeed goes on from what failed, under its old name and definition.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 *
 * R1. States that have succeeded are not run again: finished branches and iterations keep their results.
 * R2. The history goes on with ExecutionRedriven, after the event that ended the execution; every thread goes on from it.
 * R3. A state that was entered and not left is not entered again, but for Fail: a Task is scheduled, a Wait waits anew.
 * R4. Retry counters, the state's time-outs and the machine's TimeoutSeconds start over.
 */

/** True for what wakes an ended execution: a call RedriveExecution, or the notice of its Map run. */
export function asksForRedrive(message: Message): boolean {
  if (message.type === 'call') return isJsonObject(message.request) && message.request['action'] === 'RedriveExecution';
  return message.type === 'notice' && isJsonObject(message.notice) && message.notice['type'] === 'redrive';
}

/** Answers the call `{ action: 'RedriveExecution', input: { clientToken? } }`: `{ redriveDate }` in milliseconds, or ExecutionNotRedrivable. */
export function answerRedrive(run: Run, replyTo: ReplyTo, request: Json): void {
  const { execution, now } = run;
  const input = (request as { readonly input?: { readonly clientToken?: Json; readonly stateMachineDeleting?: Json } }).input;
  const token = input?.clientToken;
  const known = typeof token === 'string' ? recentTokens(execution, now).find((recent) => recent.token === token) : undefined;
  const refused = known ? undefined : refusal(execution, now, input?.stateMachineDeleting === true);
  if (refused !== undefined) {
    run.effects.push({ type: 'reply', to: replyTo, outcome: { ok: false, error: { Error: 'ExecutionNotRedrivable', Cause: refused } } });
    return;
  }
  run.effects.push({ type: 'reply', to: replyTo, outcome: { ok: true, value: { redriveDate: known?.time ?? now } } });
  if (known) return;
  redrive(run, typeof token === 'string' ? [...recentTokens(execution, now), { token, time: now }].slice(-TOKENS_KEPT) : undefined);
}

const TOKENS_KEPT = 10;
const TOKEN_MS = 15 * 60_000;

function recentTokens({ redrives }: Execution, now: number): Redrives['tokens'] {
  return (redrives?.tokens ?? []).filter(({ time }) => now - time < TOKEN_MS);
}

function refusal(execution: Execution, now: number, deleting: boolean): string | undefined {
  const { start, status, startTime, ending, lastEventId, limits } = execution;
  if (start.mapRunArn !== undefined && status !== 'RUNNING' && status !== 'SUCCEEDED') return 'Execution can only be redriven by its Map Run';
  const { executionType = 'STANDARD' } = start;
  return redriveStatusOf({ status, executionType, startTime, stopTime: ending?.stopTime ?? 0, events: lastEventId, historyEvents: limits.historyEvents, deleting }, now).redriveStatusReason;
}

/** The Map run redrives its child. One that cannot go on any more tells its end again. */
export function redriveByMapRun(run: Run): void {
  const { execution } = run;
  const { status, start } = execution;
  if (status === 'RUNNING') return;
  if (status === 'SUCCEEDED' || isOutOfHistory(execution)) {
    for (const to of start.notify ?? []) run.effects.push({ type: 'notice', to, notice: executionEnd(execution) as unknown as Json });
    return;
  }
  if (start.executionType === 'EXPRESS') restart(run);
  else redrive(run);
}

function redrive(run: Run, tokens?: Redrives['tokens']): void {
  const { execution, now: redriveTime } = run;
  const redriveCount = redriveCountOf(execution) + 1;
  execution.redrives = { count: redriveCount, time: redriveTime, tokens: tokens ?? execution.redrives?.tokens ?? [] };
  reopen(run);
  const redriven = run.append('ExecutionRedriven', execution.lastEventId, { redriveCount });
  const notice: ExecutionRedriven = { type: 'executionRedriven', executionArn: execution.start.executionArn, redriveCount, redriveTime };
  for (const to of execution.start.notify ?? []) run.effects.push({ type: 'notice', to, notice: notice as unknown as Json });
  resume(run, execution.root, redriven);
}

/** An Express child begins again with its first state, as a new execution under the old name. */
function restart(run: Run): void {
  const { execution } = run;
  const { root, start } = execution;
  execution.startTime = run.now;
  reopen(run);
  if (root.join) dropJoin(run, root, root.join);
  Object.assign(root, { state: root.group.startAt, entered: false, input: start.input, inputBytes: 0, variables: null, mapRun: null });
  root.touched |= TOUCHED_DATA;
  resume(run, root, run.append('ExecutionStarted', 0, { input: start.input, roleArn: start.roleArn }));
}

function reopen({ execution, effects }: Run): void {
  execution.status = 'RUNNING';
  execution.ending = null;
  execution.bounded = false;
  execution.ready = null;
  if (execution.offspring) execution.offspring.failing = null;
  effects.push({ type: 'resumed' });
}

/** Lets a frame, and what has not succeeded below it, run again. @param chain the event its next one follows */
function resume(run: Run, frame: Frame, chain: number): void {
  const wasEnded = frame.ended;
  frame.chain = chain;
  frame.ended = false;
  frame.outcome = null;
  frame.waiting = null;
  frame.retries = null;
  frame.touched |= TOUCHED_FRAME;
  // Its end is in the history, so its new beginning is too.
  if (wasEnded && frame.item) run.record(frame, 'MapIterationStarted', { name: frame.parent!.state.name, index: frame.item.index });
  if (frame.state.type === 'Fail') frame.entered = false;
  if (frame.join) resumeJoin(run, frame, frame.join);
  else makeReady(run.execution, frame);
}

function resumeJoin(run: Run, frame: Frame, join: Join): void {
  const { state, chain } = frame;
  join.failure = null;
  join.failedFrameId = 0;
  join.running = join.children.size;
  park(frame, { type: 'children' });
  for (const child of [...join.children.values()]) resume(run, child, chain);
  try {
    while (state.type === 'Map' && join.next < join.count && join.running < join.maxConcurrency) startIteration(run, frame, state, chain);
  } catch (error) {
    return faultAboveChildren(run, frame, error);
  }
  if (join.running === 0) makeReady(run.execution, frame);
}
