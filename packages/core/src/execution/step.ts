import { jsonBytes, type EpochMs, type Failure, type Json, type Message, type Step, type StepContext, type TaskCheck, type TaskNews } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import type { HistoryEvent } from '../history/event.ts';
import type { Program } from '../program/program.ts';
import { finishDistributedMap } from '../states/map-run.ts';
import { beatTask, finishTask, scheduleTask, startTask, taskLimitName, taskNames, type TaskState } from '../states/task.ts';
import { drive, failJoins, settle, stateFailed, stateFault } from './drive.ts';
import { endExecution } from './execution-end.ts';
import { forgetDropped, frameById, makeReady, type Execution, type StartNotice } from './execution.ts';
import { failureOf, oversize, type StateFailure } from './failure.ts';
import { createFrame, TOUCHED_FRAME, type CallbackNotice, type Frame, type TaskWaiting } from './frame.ts';
import { endCall } from './join.ts';
import { AWS_LIMITS } from './limits.ts';
import { park, timerKey, wake } from './park.ts';
import { HISTORY_FULL, Run } from './run.ts';
import { answerRedrive, asksForRedrive, redriveByMapRun } from './redrive.ts';
import { callFrameId } from './task-token.ts';
import { leave } from './transition.ts';
import { WatchedRun, type Watcher } from './watched-run.ts';

/** Notices an execution understands beside `start`. */
export type ExecutionNotice =
  | StartNotice
  | CallbackNotice
  | { readonly type: 'taskHeartbeat'; readonly callId: string }
  | { readonly type: 'stop'; readonly error?: string; readonly cause?: string }
  | { readonly type: 'redrive' };

/** States one step may run through before others get their turn. */
export const TRANSITION_BUDGET = 1000;

/** Starts a new-born execution, before its first step. */
export function startExecution(execution: Execution, start: StartNotice, program: Program, now: EpochMs): void {
  execution.start = start;
  execution.program = program;
  execution.limits = start.limits ? { ...AWS_LIMITS, ...start.limits } : AWS_LIMITS;
  execution.startTime = now;
  execution.root = createFrame(0, null, program.groups[start.group ?? 0]!, 0, start.input, 0);
}

/** Advances an execution by one message. */
export function stepExecution(execution: Execution, message: Message, { now, crypto }: StepContext, checkTask?: TaskCheck, watcher?: Watcher): Step<HistoryEvent> {
  const run = watcher ? new WatchedRun(execution, now, crypto, TRANSITION_BUDGET, checkTask, watcher) : new Run(execution, now, crypto, TRANSITION_BUDGET, checkTask);
  forgetDropped(execution);
  if (execution.status !== 'RUNNING' && !asksForRedrive(message)) return run;
  try {
    receive(run, message);
    drive(run);
    if (!execution.bounded && execution.status === 'RUNNING') bound(run);
  } catch (error) {
    if (error !== HISTORY_FULL) throw error;
    const events = execution.limits.historyEvents;
    endExecution(run, 'FAILED', {
      Error: 'States.Runtime',
      Cause: `The execution reached the maximum number of history events (${events}).`,
    });
  }
  return run;
}

function receive(run: Run, message: Message): void {
  switch (message.type) {
    case 'notice':
      return receiveNotice(run, message.notice as unknown as ExecutionNotice);
    case 'reply':
      return receiveReply(run, message.callId, message.outcome);
    case 'progress':
      return receiveProgress(run, message.callId, message.news as unknown as TaskNews);
    case 'timer':
      return receiveTimer(run, message.key);
    case 'continue':
      return failJoins(run);
    case 'call':
      return asksForRedrive(message) ? answerRedrive(run, message.replyTo, message.request) : undefined;
    case 'cancelled':
      return;
    default:
      return message satisfies never;
  }
}

function receiveNotice(run: Run, notice: ExecutionNotice): void {
  switch (notice.type) {
    case 'start':
      return begin(run);
    case 'stop':
      return endExecution(run, 'ABORTED', {
        ...(notice.error !== undefined && { Error: notice.error }),
        ...(notice.cause !== undefined && { Cause: notice.cause }),
      });
    case 'redrive':
      return redriveByMapRun(run);
    case 'taskHeartbeat': {
      const frame = waitingTask(run, notice.callId);
      if (frame) beatTask(run, frame);
      return;
    }
    case 'taskSuccess':
    case 'taskFailure':
      return receiveCallback(run, notice);
    default:
      return notice satisfies never;
  }
}

function begin(run: Run): void {
  const { execution } = run;
  const { start } = execution;
  const { input, roleArn, stateMachineAliasArn, stateMachineVersionArn } = start;
  const details: Record<string, Json> = { input, roleArn };
  if (stateMachineAliasArn !== undefined) details['stateMachineAliasArn'] = stateMachineAliasArn;
  if (stateMachineVersionArn !== undefined) details['stateMachineVersionArn'] = stateMachineVersionArn;
  run.append('ExecutionStarted', 0, details);
  makeReady(execution, execution.root);
}

/** Sets the execution's own time-out, once it is seen not to end at once. */
function bound(run: Run): void {
  const { execution } = run;
  const { start, limits, program } = execution;
  const own = start.group === undefined || start.group === 0 ? program.timeoutSeconds : undefined;
  const most = start.executionType === 'EXPRESS' ? limits.expressSeconds : limits.standardSeconds;
  const bound = execution.startTime + most * 1000;
  // A redrive starts the machine's own TimeoutSeconds anew; the service's bound counts from the start.
  const deadline = own === undefined ? bound : Math.min((execution.redrives?.time ?? execution.startTime) + own * 1000, bound);
  // What is over before then wakes the execution anyway, and it is asked again.
  if (own === undefined && isSoonOver(run, deadline)) return;
  execution.bounded = true;
  // The service's own bound keeps no run alive; a machine's TimeoutSeconds is part of what it does.
  run.effects.push({ type: 'timer', key: 'x', at: deadline, ...(own === undefined && { housekeeping: true as const }) });
}

/** True where the execution waits for a time before the deadline, or for nothing but the answer of a request. */
function isSoonOver({ execution, effects }: Run, deadline: EpochMs): boolean {
  const { waiting, state } = execution.root;
  if (waiting?.type === 'task') return waiting.phase === 'called' && (state as TaskState).resource.pattern === 'requestResponse' && waiting.token === null;
  if (waiting?.type !== 'time') return false;
  const key = timerKey(execution.root, 'w');
  return effects.some((effect) => effect.type === 'timer' && effect.key === key && effect.at <= deadline);
}

/** The frame whose Task made this call and still waits for it. */
function waitingTask(run: Run, callId: string): (Frame & { waiting: TaskWaiting }) | undefined {
  const frame = frameById(run.execution, callFrameId(callId));
  return frame?.waiting?.type === 'task' && frame.waiting.callId === callId ? (frame as Frame & { waiting: TaskWaiting }) : undefined;
}

function receiveProgress(run: Run, callId: string, news: TaskNews): void {
  const frame = waitingTask(run, callId);
  if (!frame) return;
  if (news.type === 'heartbeat') return beatTask(run, frame);
  if (news.type === 'scheduled') return scheduleTask(run, frame);
  if (news.type === 'started') return startTask(run, frame, frame.state as TaskState, news.workerName);
  submitted(run, frame, news.output);
}

function submitted(run: Run, frame: Frame & { waiting: TaskWaiting }, output: Json): void {
  const { resource } = frame.state as TaskState;
  run.record(frame, 'TaskSubmitted', { ...taskNames(resource), output });
}

function receiveReply(run: Run, callId: string, outcome: { ok: true; value: Json } | { ok: false; error: Failure }): void {
  const frame = frameById(run.execution, callFrameId(callId));
  if (!frame) return;
  if (frame.waiting?.type === 'mapRun') {
    if (frame.waiting.callId === callId) mapRunEnded(run, frame, outcome);
    return;
  }
  const task = waitingTask(run, callId);
  if (!task) return;
  const { resource } = task.state as TaskState;
  if (outcome.ok && resource.pattern === 'waitForTaskToken') {
    const { early } = task.waiting;
    submitted(run, task, outcome.value);
    park(task, { ...task.waiting, phase: 'submitted', early: null });
    if (early) receiveCallback(run, early);
    return;
  }
  if (outcome.ok) return taskSucceeded(run, task, outcome.value);
  // An activity that never took the Task, or parameters nothing can be started with: faults of the definition.
  if (task.waiting.scheduled) return refused(run, task, `The activity ${resource.arn} does not exist.`);
  if (outcome.error.Error === 'States.Runtime') return refused(run, task, outcome.error.Cause ?? '');
  taskFailed(run, task, outcome.error);
}

function refused(run: Run, frame: Frame, problem: string): void {
  endCall(run, frame, true);
  ended(run, frame, failureOf(frame, new Fault('States.Runtime', problem)));
}

function receiveCallback(run: Run, notice: CallbackNotice): void {
  const frame = waitingTask(run, notice.callId);
  if (!frame) return;
  const { resource } = frame.state as TaskState;
  if (resource.pattern === 'waitForTaskToken' && frame.waiting.phase === 'called') {
    // The callback was quicker than the answer of the call that carried the token.
    park(frame, { ...frame.waiting, early: notice });
    return;
  }
  if (notice.type === 'taskSuccess') return taskSucceeded(run, frame, notice.output);
  taskFailed(run, frame, {
    ...(notice.error !== null && { Error: notice.error }),
    ...(notice.cause !== null && { Cause: notice.cause }),
  });
}

function taskSucceeded(run: Run, frame: Frame, result: Json): void {
  const state = frame.state as TaskState;
  const { resource } = state;
  if (jsonBytes(result) > run.execution.limits.payloadBytes) return taskFailed(run, frame, oversize(taskLimitName(resource)));
  endCall(run, frame, true);
  scheduleTask(run, frame);
  if (resource.events === 'Task') run.record(frame, 'TaskSucceeded', { ...taskNames(resource), output: result });
  else run.record(frame, `${resource.events}Succeeded`, { output: result });
  wake(run, frame);
  guarded(run, frame, () => finishTask(run, frame, state, result));
}

function taskFailed(run: Run, frame: Frame, failure: StateFailure, timedOut = false): void {
  const state = frame.state as TaskState;
  const { resource } = state;
  endCall(run, frame, !timedOut);
  const details = { ...(failure.Error !== undefined && { error: failure.Error }), ...(failure.Cause !== undefined && { cause: failure.Cause }) };
  const end = timedOut ? 'TimedOut' : 'Failed';
  if (resource.events === 'Task') run.record(frame, `Task${end}`, { ...taskNames(resource), ...details });
  else run.record(frame, `${resource.events}${end}`, details);
  ended(run, frame, failure);
}

/** Lets Retry, Catch or the frame above have a failure, and the frame run on where it can. */
function ended(run: Run, frame: Frame, failure: StateFailure): void {
  frame.waiting = null;
  frame.touched |= TOUCHED_FRAME;
  stateFailed(run, frame, failure);
  if (frame.outcome) settle(run, frame);
  else if (frame.waiting === null) makeReady(run.execution, frame);
}

function guarded(run: Run, frame: Frame, leaveState: () => void): void {
  try {
    leaveState();
  } catch (error) {
    frame.waiting = null;
    stateFault(run, frame, error);
  }
}

function mapRunEnded(run: Run, frame: Frame, outcome: { ok: true; value: Json } | { ok: false; error: Failure }): void {
  const { state } = frame;
  if (state.type !== 'Map') return;
  if (!outcome.ok) {
    const { Error, Cause } = outcome.error;
    // After these a redrive starts another Map run.
    if (Error === 'States.DataLimitExceeded' || Error === 'States.Runtime') frame.mapRun = null;
    run.record(frame, 'MapRunFailed', { ...(Error !== undefined && { error: Error }), ...(Cause !== undefined && { cause: Cause }) });
    return ended(run, frame, outcome.error);
  }
  frame.mapRun = null;
  if (jsonBytes(outcome.value) > run.execution.limits.payloadBytes) return ended(run, frame, oversize(state.name));
  wake(run, frame);
  guarded(run, frame, () => finishDistributedMap(run, frame, state, outcome.value));
}

function receiveTimer(run: Run, key: string): void {
  if (key === 'x') return endExecution(run, 'TIMED_OUT', { Error: 'States.Timeout' });
  const frame = frameById(run.execution, Number(key.slice(1)));
  const waiting = frame?.waiting;
  // A timer may have been due together with what made it needless.
  if (!frame || !waiting || (key[0] === 'w') === (waiting.type === 'task')) return;
  switch (waiting.type) {
    case 'retry':
      return wake(run, frame);
    case 'time':
      wake(run, frame);
      return leave(run, frame, waiting.output, waiting.assigned);
    case 'task': {
      const failure: StateFailure = { Error: 'States.Timeout', ...(key[0] === 'h' && { alias: 'States.HeartbeatTimeout' }) };
      return taskFailed(run, frame, failure, true);
    }
    case 'children':
    case 'mapRun':
      return;
    default:
      return waiting satisfies never;
  }
}
