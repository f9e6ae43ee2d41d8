import type { Json } from '@interstate/kernel';
import type { StateGroup } from '../program/program.ts';
import { makeReady, type Dropped, type Execution } from './execution.ts';
import { createFrame, frameTree, TOUCHED_DATA, TOUCHED_FRAME, type Frame, type Join, type MapItem } from './frame.ts';
import { park, timerKey } from './park.ts';
import type { Run } from './run.ts';

/** Readies a frame to have children. */
export function openJoin(frame: Frame, shape: Pick<Join, 'items' | 'input' | 'count' | 'maxConcurrency'>): Join {
  const join: Join = {
    ...shape,
    next: 0,
    running: 0,
    results: [],
    touchedResults: [],
    lastEventId: 0,
    failure: null,
    failedFrameId: 0,
    children: new Map(),
  };
  frame.join = join;
  frame.touched |= TOUCHED_DATA;
  park(frame, { type: 'children' });
  return join;
}

/** Starts the next child of a Parallel or Map frame. @param chain the event its first one follows */
export function startChild(run: Run, parent: Frame, group: StateGroup, input: Json, chain: number, item: MapItem | null): Frame {
  const { execution } = run;
  const join = parent.join!;
  const offspring = (execution.offspring ??= { nextId: 1, frames: new Map(), failing: null, dropped: null });
  const child = createFrame(offspring.nextId++, parent, group, join.next++, input, chain);
  child.item = item;
  join.running++;
  join.children.set(child.id, child);
  offspring.frames.set(child.id, child);
  makeReady(execution, child);
  parent.touched |= TOUCHED_FRAME;
  return child;
}

/** Takes a finished or aborted child out of the execution. */
export function removeChild(run: Run, child: Frame): void {
  dropTree(run.execution, child);
  child.parent!.join!.children.delete(child.id);
  child.parent!.touched |= TOUCHED_FRAME;
}

/** Takes all children of a join out of the execution, and what has come of them. */
export function dropJoin({ execution }: Run, frame: Frame, join: Join): void {
  for (const child of join.children.values()) dropTree(execution, child);
  if (join.results.length > 0) droppedOf(execution).joins.push([frame.id, join.results.length]);
  // The items of a join are among the frame's payloads, so these are saved without them.
  if (frame.join === join) frame.join = null;
  frame.touched |= TOUCHED_FRAME | TOUCHED_DATA;
}

function dropTree(execution: Execution, root: Frame): void {
  const dropped = droppedOf(execution);
  dropped.frames.push(root.id);
  execution.offspring!.frames.delete(root.id);
  if (!root.join) return;
  dropped.joins.push([root.id, root.join.results.length]);
  for (const child of root.join.children.values()) dropTree(execution, child);
}

function droppedOf({ offspring }: Execution): Dropped {
  return (offspring!.dropped ??= { frames: [], joins: [] });
}

/** Withdraws what a frame and everything below it waits for: timers and calls. */
export function cancelWaits(run: Run, root: Frame): void {
  for (const frame of frameTree(root)) {
    const { waiting } = frame;
    if (waiting === null || waiting.type === 'children') continue;
    if (waiting.type === 'time' || waiting.type === 'retry') run.effects.push({ type: 'clearTimer', key: timerKey(frame, 'w') });
    else if (waiting.type === 'mapRun') run.effects.push({ type: 'cancel', callId: waiting.callId });
    else endCall(run, frame);
    frame.waiting = null;
    frame.touched |= TOUCHED_FRAME;
  }
}

/** Ends a Task's call: its timers are cleared, the request is withdrawn where it is unanswered, its token dies. */
export function endCall(run: Run, frame: Frame, answered = false): void {
  const { waiting } = frame;
  if (waiting?.type !== 'task') return;
  if (waiting.timeoutSeconds !== null) run.effects.push({ type: 'clearTimer', key: timerKey(frame, 't') });
  if (waiting.heartbeatSeconds !== null) run.effects.push({ type: 'clearTimer', key: timerKey(frame, 'h') });
  if (!answered && waiting.phase === 'called') run.effects.push({ type: 'cancel', callId: waiting.callId });
  const { directory } = run.execution.start;
  if (waiting.token !== null && directory) {
    run.effects.push({ type: 'notice', to: directory, notice: { type: 'taskTokenClosed', token: waiting.token } });
  }
}
