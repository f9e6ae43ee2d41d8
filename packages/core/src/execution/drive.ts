import type { Json } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import { IterationDetails } from '../history/plain-event.ts';
import { enterChoice } from '../states/choice.ts';
import { enterFail } from '../states/fail.ts';
import { enterDistributedMap } from '../states/map-run.ts';
import { enterInlineMap, finishInlineMap, startIteration, type MapState } from '../states/map.ts';
import { enterParallel, finishParallel, type ParallelState } from '../states/parallel.ts';
import { enterPass } from '../states/pass.ts';
import { enterSucceed } from '../states/succeed.ts';
import { enterTask } from '../states/task.ts';
import { enterWait } from '../states/wait.ts';
import { endExecution } from './execution-end.ts';
import { errorOutputOf, failureOf, type StateFailure } from './failure.ts';
import { failFrame } from './frame-end.ts';
import { frameTree, TOUCHED_FRAME, type Frame, type Join } from './frame.ts';
import { cancelWaits, dropJoin, removeChild } from './join.ts';
import { catchOrFail, retry } from './recover.ts';
import type { Run } from './run.ts';
import { recordEntered } from './transition.ts';
import { makeReady } from './execution.ts';

/** Runs every frame that can run, in order, until all are parked, the execution has ended, or the transition budget is spent. */
export function drive(run: Run): void {
  const { execution } = run;
  let next = 0;
  while (execution.ready !== null && next < execution.ready.length && execution.status === 'RUNNING') {
    if (run.budget <= 0) break;
    // Frames whose turn is over are let go now and then: most have ended.
    if (next === LINE_TRIM) {
      execution.ready.splice(0, next);
      next = 0;
    }
    advance(run, execution.ready[next++]!);
  }
  if (execution.status !== 'RUNNING' || next === execution.ready?.length) execution.ready = null;
  else if (next > 0) execution.ready = execution.ready!.slice(next);
  if (execution.status !== 'RUNNING') return;
  if (execution.ready !== null || execution.offspring?.failing) run.effects.push({ type: 'continue' });
}

const LINE_TRIM = 64;

function advance(run: Run, frame: Frame): void {
  if (isDead(run, frame)) return;
  if (frame.waiting?.type === 'children') finishJoin(run, frame);
  while (frame.waiting === null && frame.outcome === null) {
    if (run.budget-- <= 0) {
      frame.touched |= TOUCHED_FRAME;
      makeReady(run.execution, frame);
      return;
    }
    enterState(run, frame);
  }
  if (frame.outcome !== null) settle(run, frame);
}

/** A frame whose siblings' failure has ended it while it stood in line. */
function isDead(run: Run, frame: Frame): boolean {
  return frame.ended || (frame.parent !== null && !run.execution.offspring?.frames.has(frame.id));
}

function enterState(run: Run, frame: Frame): void {
  const { state } = frame;
  if (!frame.entered) recordEntered(run, frame);
  run.aim(frame, frame.input);
  try {
    switch (state.type) {
      case 'Pass':
        return enterPass(run, frame, state);
      case 'Choice':
        return enterChoice(run, frame, state);
      case 'Task':
        return enterTask(run, frame, state);
      case 'Wait':
        return enterWait(run, frame, state);
      case 'Succeed':
        return enterSucceed(run, frame, state);
      case 'Fail':
        return enterFail(run, frame, state);
      case 'Parallel':
        return enterParallel(run, frame, state);
      case 'Map':
        return state.distributed ? enterDistributedMap(run, frame, state, state.distributed) : enterInlineMap(run, frame, state);
      default:
        return state satisfies never;
    }
  } catch (error) {
    stateFault(run, frame, error);
  }
}

/** Turns a Fault raised by a state's fields into the state's failure. Anything else is not ours. */
export function stateFault(run: Run, frame: Frame, error: unknown): void {
  if (!(error instanceof Fault)) throw error;
  const failure = failureOf(frame, error);
  if (error.error === 'States.QueryEvaluationError') recordEvaluationFailed(run, frame, error, failure);
  stateFailed(run, frame, failure);
}

function recordEvaluationFailed(run: Run, frame: Frame, fault: Fault, failure: StateFailure): void {
  // Expressions are evaluated before StateEntered has become the end of the thread; their values are used after.
  if (!fault.late && frame.chain === frame.enteredEventId) frame.chain = frame.chainBeforeEntered;
  run.record(frame, 'EvaluationFailed', {
    state: frame.state.name,
    error: failure.Error,
    cause: failure.Cause,
    location: fault.location,
  });
}

/** The state has failed: a Retrier or Catcher takes over, or the frame fails with it. */
export function stateFailed(run: Run, frame: Frame, failure: StateFailure): void {
  const { state } = frame;
  run.observe?.('Failure', errorOutputOf(failure), frame);
  if (state.type !== 'Task' && state.type !== 'Parallel' && state.type !== 'Map') return failFrame(frame, failure);
  const { join } = frame;
  // A fault of the state's own fields is no failure of its children, and leaves no event but JSONata's.
  const silent = failure.fatal && !join;
  if (join) endChildren(run, frame, join);
  if (retry(run, frame, state.retriers, failure)) {
    if (join) dropJoin(run, frame, join);
    return;
  }
  if (state.type === 'Parallel' && !silent) run.record(frame, 'ParallelStateFailed');
  if (state.type === 'Map' && !silent) run.record(frame, 'MapStateFailed');
  try {
    catchOrFail(run, frame, state.catchers, failure);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const inCatcher = failureOf(frame, error);
    if (error.error === 'States.QueryEvaluationError') recordEvaluationFailed(run, frame, error, inCatcher);
    failFrame(frame, inCatcher);
  }
  // After a failure that nothing catches the children are kept: a redrive runs again those that did not succeed.
  if (join && frame.outcome === null) dropJoin(run, frame, join);
}

/** Acts on a frame that has ended. */
export function settle(run: Run, frame: Frame): void {
  const outcome = frame.outcome!;
  const { parent } = frame;
  if (parent === null) {
    if ('output' in outcome) endExecution(run, 'SUCCEEDED', { output: outcome.output });
    else endExecution(run, 'FAILED', outcome.failure);
    return;
  }
  if ('output' in outcome) childSucceeded(run, parent, frame, outcome.output);
  else childFailed(run, parent, frame, outcome.failure);
}

function childSucceeded(run: Run, parent: Frame, child: Frame, output: Json): void {
  const join = parent.join!;
  const { state } = parent;
  const isMap = state.type === 'Map';
  const last = isMap ? run.append('MapIterationSucceeded', child.chain, new IterationDetails(state.name, child.index)) : child.chain;
  if (last > join.lastEventId) join.lastEventId = last;
  join.results[child.index] = output;
  join.touchedResults.push(child.index);
  join.running--;
  removeChild(run, child);
  if (join.failure) return;
  if (isMap && join.next < join.count) {
    try {
      startIteration(run, parent, state as MapState, child.chain);
    } catch (error) {
      parent.chain = child.chain;
      faultAboveChildren(run, parent, error);
    }
  } else if (join.running === 0) makeReady(run.execution, parent);
}

/** A field of a state whose children are at work cannot be evaluated. */
export function faultAboveChildren(run: Run, frame: Frame, error: unknown): void {
  frame.waiting = null;
  stateFault(run, frame, error);
  if (frame.outcome) settle(run, frame);
  else if (frame.waiting === null) makeReady(run.execution, frame);
}

function childFailed(run: Run, parent: Frame, child: Frame, failure: StateFailure): void {
  const join = parent.join!;
  join.running--;
  child.touched |= TOUCHED_FRAME;
  parent.touched |= TOUCHED_FRAME;
  if (join.failure) return;
  // What else is due at this very moment goes first; then the failure is acted on.
  join.failure = failure;
  join.failedFrameId = child.id;
  (run.execution.offspring!.failing ??= []).push(parent);
}

/** All children have succeeded. */
function finishJoin(run: Run, frame: Frame): void {
  const join = frame.join!;
  if (join.failure || join.running > 0 || join.next < join.count) return;
  const { results } = join;
  if (join.lastEventId > 0) frame.chain = join.lastEventId;
  frame.waiting = null;
  dropJoin(run, frame, join);
  try {
    if (frame.state.type === 'Map') finishInlineMap(run, frame, frame.state, results);
    else finishParallel(run, frame, frame.state as ParallelState, results);
  } catch (error) {
    stateFault(run, frame, error);
  }
}

/** Acts on failures of children that were put off until everything due at the same moment had been heard. */
export function failJoins(run: Run): void {
  const { execution } = run;
  const { offspring } = execution;
  if (!offspring?.failing) return;
  const { failing } = offspring;
  offspring.failing = null;
  for (const frame of failing) {
    if (execution.status !== 'RUNNING' || isDead(run, frame) || !frame.join?.failure) continue;
    const { failure, failedFrameId, children } = frame.join;
    frame.chain = children.get(failedFrameId)!.chain;
    frame.waiting = null;
    stateFailed(run, frame, failure);
    if (frame.outcome) settle(run, frame);
    else if (frame.waiting === null) makeReady(execution, frame);
  }
}

/** Records what becomes of the children of a failed join and withdraws what they wait for. */
function endChildren(run: Run, frame: Frame, join: Join): void {
  const after = frame.chain;
  const { name } = frame.state;
  const children = [...join.children.values()];
  const failed = join.children.get(join.failedFrameId);
  const ordered = failed ? [failed, ...children.filter((child) => child !== failed)] : children;
  for (const child of ordered) {
    if (frame.state.type === 'Map') {
      const type = child === failed ? 'MapIterationFailed' : 'MapIterationAborted';
      run.append(type, after, { name, index: child.index });
    }
    recordAborted(run, child, after);
    cancelWaits(run, child);
    for (const each of frameTree(child)) {
      each.ended = true;
      each.touched |= TOUCHED_FRAME;
    }
  }
}

function recordAborted(run: Run, frame: Frame, after: number): void {
  // What has failed below has been recorded then.
  if (frame.ended) return;
  if (frame.join) for (const child of frame.join.children.values()) recordAborted(run, child, after);
  const { type } = frame.state;
  if (frame.waiting?.type === 'mapRun') run.append('MapRunAborted', after);
  if (frame.entered && (type === 'Task' || type === 'Wait' || type === 'Parallel' || type === 'Map')) run.append(`${type}StateAborted`, after);
}
