import { jsonBytes, type Failure, type Json, type JsonObject, type Outcome, type StepContext, type TaskCheck, type TaskRequest } from '@interstate/kernel';
import { drive, stateFailed, stateFault } from '../execution/drive.ts';
import { Execution, makeReady, type StartNotice } from '../execution/execution.ts';
import { oversize, type StateFailure } from '../execution/failure.ts';
import type { Frame } from '../execution/frame.ts';
import type { MapRunStart } from '../execution/map-run.ts';
import { startExecution } from '../execution/step.ts';
import { leave } from '../execution/transition.ts';
import type { FlowStage } from '../flow/state-scope.ts';
import type { Program, State, StateGroup } from '../program/program.ts';
import { finishMap, type MapState } from '../states/map.ts';
import { finishParallel } from '../states/parallel.ts';
import { finishTask, taskLimitName } from '../states/task.ts';
import { TestRun } from './test-run.ts';

/** A state to be entered once, by itself. */
export interface StateTest {
  readonly program: Program;
  readonly state: State;
  /** The execution the state believes itself in; `input` is the state's raw input. */
  readonly start: StartNotice;
  readonly variables?: JsonObject;
  /** Stands for the whole context object. */
  readonly context?: JsonObject;
  /** Retries already made, by whichever Retrier matches. Default 0. */
  readonly retries?: number;
  readonly checkTask?: TaskCheck;
  /** How the work of a Task, Map or Parallel state ends; undefined leaves it open. Whatever it throws but a Fault comes out of `testState`. */
  readonly work: (asked: StateWork) => Outcome | undefined;
}

/** What a state asks to be done between its input and its result. */
export type StateWork =
  | { readonly type: 'Task'; readonly request: TaskRequest }
  | { readonly type: 'Parallel'; readonly branches: number }
  | {
      readonly type: 'Map';
      /** Null where an ItemReader brings them. */
      readonly items: readonly Json[] | null;
      /** What a distributed Map asks of its Map run. */
      readonly mapRun: MapRunStart | null;
      /** The iterations' inputs: ItemSelector applied to each item; undefined for states without. */
      readonly select: ((items: readonly Json[]) => readonly Json[]) | undefined;
    };

export interface TestedState {
  /** `PENDING`: the work was left open. `RETRIABLE`, `CAUGHT_ERROR`: a Retrier or Catcher has taken the failure. */
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR' | 'PENDING';
  readonly output?: Json;
  readonly failure?: Failure;
  /** Absent where the state ends its machine, or has not been left. */
  readonly nextState?: string;
  /** Variables in scope afterwards. */
  readonly variables: JsonObject;
  /** The value of each stage of the data flow that was reached. */
  readonly stages: ReadonlyMap<FlowStage, Json>;
  /** Seconds until the next attempt of a RETRIABLE state. */
  readonly retryDelaySeconds?: number;
}

/** The state of this name, in the machine itself or anywhere within its branches and processors. */
export function findState(program: Program, name: string): { readonly group: StateGroup; readonly state: State } | undefined {
  for (const group of program.groups) {
    const state = group.states.get(name);
    if (state) return { group, state };
  }
  return undefined;
}

/**
 * Enters one state of a program, alone in an execution of its own, and tells what its data flow made at each stage.
 * The state runs as it does in any execution; only its work is done by `work`. Waits are over at once.
 */
export function testState(test: StateTest, { now, crypto }: StepContext): TestedState {
  const { program, state, start, variables = {}, retries = 0 } = test;
  const execution = new Execution();
  startExecution(execution, start, program, now);
  const frame = execution.root;
  frame.state = state;
  frame.entered = true;
  frame.enteredTime = now;
  if ('retriers' in state) frame.retries = { count: retries, byRetrier: state.retriers.map(() => retries) };
  frame.variables = Object.assign(Object.create(null) as Record<string, Json>, variables);
  const stages = new Map<FlowStage, Json>();
  const run = new TestRun(execution, now, crypto, test.context, test.checkTask, (stage, value) => stages.set(stage, value));
  state.visited?.();
  makeReady(execution, frame);
  drive(run);
  const pending = !endWork(run, frame, test.work);
  return { ...(pending ? { status: 'PENDING' } : endOf(run, frame, stages)), variables: { ...frame.variables }, stages };
}

/** Ends what the state waits for. False where it is left open. */
function endWork(run: TestRun, frame: Frame, work: StateTest['work']): boolean {
  const { waiting, state } = frame;
  if (waiting === null || waiting.type === 'retry') return true;
  try {
    if (waiting.type === 'time') {
      leave(run, frame, waiting.output, waiting.assigned);
      return true;
    }
    const outcome = work(askedWork(run, frame));
    if (outcome === undefined) return false;
    frame.waiting = null;
    frame.join = null;
    const failure = failureOfWork(run, state, outcome);
    if (failure) stateFailed(run, frame, failure);
    else if (outcome.ok) finish(run, frame, outcome.value);
  } catch (error) {
    frame.waiting = null;
    frame.join = null;
    stateFault(run, frame, error);
  }
  return true;
}

function askedWork(run: TestRun, frame: Frame): StateWork {
  const { state } = frame;
  const call = run.effects.find((effect) => effect.type === 'call');
  if (state.type === 'Task') return { type: 'Task', request: call!.request as unknown as TaskRequest };
  if (state.type === 'Parallel') return { type: 'Parallel', branches: state.branches.length };
  const mapRun = (call?.request as unknown as MapRunStart | undefined) ?? null;
  const { itemSelector } = state as MapState;
  return {
    type: 'Map',
    items: mapRun ? mapRun.items : frame.join!.items,
    mapRun,
    select: itemSelector && ((items) => run.select(frame, itemSelector, items, mapRun ? mapRun.scope.input : frame.join!.input)),
  };
}

function failureOfWork(run: TestRun, state: State, outcome: Outcome): StateFailure | undefined {
  if (!outcome.ok) return outcome.error.Error === 'States.Runtime' ? { ...outcome.error, fatal: true } : outcome.error;
  if (jsonBytes(outcome.value) <= run.execution.limits.payloadBytes) return undefined;
  return oversize(state.type === 'Task' ? taskLimitName(state.resource) : state.name);
}

function finish(run: TestRun, frame: Frame, result: Json): void {
  const { state } = frame;
  if (state.type === 'Task') finishTask(run, frame, state, result);
  else if (state.type === 'Map') finishMap(run, frame, state, result);
  else if (state.type === 'Parallel') finishParallel(run, frame, state, result);
}

function endOf(run: TestRun, frame: Frame, stages: ReadonlyMap<FlowStage, Json>): Pick<TestedState, 'status' | 'output' | 'failure' | 'nextState' | 'retryDelaySeconds'> {
  const { outcome } = frame;
  if (outcome && 'failure' in outcome) return { status: 'FAILED', failure: outcome.failure };
  const { Error, Cause } = (stages.get('Failure') ?? {}) as { readonly Error?: string | null; readonly Cause?: string | null };
  const failure: Failure = { ...(typeof Error === 'string' && { Error }), ...(typeof Cause === 'string' && { Cause }) };
  if (frame.waiting?.type === 'retry') {
    const timer = run.effects.find((effect) => effect.type === 'timer');
    return { status: 'RETRIABLE', failure, retryDelaySeconds: Math.round((timer!.at - run.now) / 1000) };
  }
  const left = outcome ? { output: outcome.output } : { output: frame.input, nextState: frame.state.name };
  return stages.has('Catch') ? { status: 'CAUGHT_ERROR', failure, ...left } : { status: 'SUCCEEDED', ...left };
}
