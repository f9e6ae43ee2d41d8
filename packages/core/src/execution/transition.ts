import { jsonBytes, jsonBytesBound, type Json, type JsonObject } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import type { HistoryEventType } from '../history/event.ts';
import type { State, Way } from '../program/program.ts';
import { oversize } from './failure.ts';
import { TOUCHED_DATA, TOUCHED_FRAME, type Frame } from './frame.ts';
import type { Run } from './run.ts';

/** Records that the frame has entered its state. */
export function recordEntered(run: Run, frame: Frame): void {
  frame.entered = true;
  frame.enteredTime = run.now;
  frame.chainBeforeEntered = frame.chain;
  frame.enteredEventId = run.recordState(frame, ENTERED[frame.state.type], 'input', frame.input, undefined);
  if (run.counted) frame.state.visited?.();
}

const ENTERED = {
  Pass: 'PassStateEntered',
  Task: 'TaskStateEntered',
  Choice: 'ChoiceStateEntered',
  Wait: 'WaitStateEntered',
  Succeed: 'SucceedStateEntered',
  Fail: 'FailStateEntered',
  Parallel: 'ParallelStateEntered',
  Map: 'MapStateEntered',
} as const satisfies Record<State['type'], HistoryEventType>;

/** A Fail state is never left. */
const EXITED = {
  Pass: 'PassStateExited',
  Task: 'TaskStateExited',
  Choice: 'ChoiceStateExited',
  Wait: 'WaitStateExited',
  Succeed: 'SucceedStateExited',
  Fail: 'FailStateEntered',
  Parallel: 'ParallelStateExited',
  Map: 'MapStateExited',
} as const satisfies Record<State['type'], HistoryEventType>;

/** Leaves the state with its output: records the exit, assigns variables, and goes on to the next state or ends the frame. */
export function leave(run: Run, frame: Frame, output: Json, assigned: Json | undefined): void {
  const { state } = frame;
  leaveTo(run, frame, state.next, output, assigned);
  // A frame that could not leave is still in its state.
  if (run.counted && !frame.entered) state.left?.();
}

/** As `leave`, by the way of a Choice rule or Catcher. */
export function leaveBy(run: Run, frame: Frame, way: Way, output: Json, assigned: Json | undefined): void {
  leaveTo(run, frame, way.next, output, assigned);
  if (run.counted && !frame.entered) way.left?.();
}

function leaveTo(run: Run, frame: Frame, next: State | null, output: Json, assigned: Json | undefined): void {
  const { payloadBytes } = run.execution.limits;
  let bytes = frame.inputBytes === 0 ? jsonBytes(output) : jsonBytesBound(output, frame.input, frame.inputBytes);
  if (bytes > payloadBytes) bytes = jsonBytes(output);
  if (bytes > payloadBytes) {
    frame.outcome = { failure: { ...oversize(frame.state.name), fatal: true } };
    return;
  }
  const noted = assigned !== undefined && assign(run, frame, assigned as JsonObject) ? assigned : undefined;
  run.recordState(frame, EXITED[frame.state.type], 'output', output, noted);
  if (next === null) frame.outcome = { output };
  else moveTo(frame, next, output, bytes);
}

/** Puts the frame before a state, all counters of the last visit forgotten. */
function moveTo(frame: Frame, next: State, input: Json, inputBytes: number): void {
  frame.state = next;
  frame.entered = false;
  frame.input = input;
  frame.inputBytes = inputBytes;
  frame.retries = null;
  frame.waiting = null;
  frame.join = null;
  frame.mapRun = null;
  frame.touched |= TOUCHED_FRAME | TOUCHED_DATA;
}

function assign(run: Run, frame: Frame, assigned: JsonObject): boolean {
  const names = Object.keys(assigned);
  if (names.length === 0) return false;
  if (jsonBytes(assigned) > run.execution.limits.assignBytes) {
    throw new Fault('States.Runtime', `The variables assigned exceed the maximum number of bytes service limit of ${run.execution.limits.assignBytes}.`);
  }
  // Without a prototype, so that no variable name can reach one.
  frame.variables ??= Object.create(null) as Record<string, Json>;
  for (const name of names) frame.variables[name] = assigned[name]!;
  frame.touched |= TOUCHED_DATA;
  return true;
}
