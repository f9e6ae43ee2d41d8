import type { Json, JsonObject, TaskRequest } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon } from '../program/program.ts';
import { Fault } from '../fault.ts';
import { compileCatchers, type Catcher } from '../flow/catch.ts';
import { applyInput, compileInput, type InputFlow } from '../flow/input.ts';
import { applyAssign, applyResult, compileResult, type ResultFlow } from '../flow/result.ts';
import { compileRetriers, type Retrier } from '../flow/retry.ts';
import { compileSecondsField } from '../flow/seconds.ts';
import type { HistoryEventDetails } from '../history/event.ts';
import type { Expression } from '../query/scope.ts';
import { compileTemplate } from '../query/template.ts';
import { park, timerKey } from '../execution/park.ts';
import { nextCallId, tokenOf } from '../execution/task-token.ts';
import { leave } from '../execution/transition.ts';
import { iterationPath } from '../execution/iteration-path.ts';
import { retryCountOf, type Frame } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';
import { parseTaskResource, type TaskResource } from './task-resource.ts';

/** Implements the Task state. @see https://states-language.net/#task-state */
export interface TaskState extends StateCommon {
  readonly type: 'Task';
  readonly resource: TaskResource;
  /** True where the integration pattern gives the Task a token. */
  readonly usesToken: boolean;
  readonly inputFlow: InputFlow;
  readonly resultFlow: ResultFlow;
  readonly timeoutSeconds: ((run: Run) => number) | undefined;
  readonly heartbeatSeconds: ((run: Run) => number) | undefined;
  readonly credentials: Expression | undefined;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export function compileTask(raw: RawState, compiler: StateCompiler): TaskState {
  const { common, site } = compiler;
  const resource = parseTaskResource(raw['Resource'] as string);
  return {
    ...common,
    type: 'Task',
    resource,
    usesToken: resource.pattern !== 'requestResponse' || resource.events === 'Activity',
    inputFlow: compileInput(raw, site, true),
    resultFlow: compileResult(raw, site),
    timeoutSeconds: compileSecondsField(raw, 'TimeoutSeconds', site),
    heartbeatSeconds: compileSecondsField(raw, 'HeartbeatSeconds', site),
    credentials: compileTemplate(raw, 'Credentials', site),
    retriers: compileRetriers(raw, site),
    catchers: compileCatchers(raw, compiler),
  };
}

/** Schedules the Task: an effect that asks its resource, and the timers that bound the answer. */
export function enterTask(run: Run, frame: Frame, state: TaskState): void {
  const { execution, effects } = run;
  const { resource } = state;
  const input = frame.input;
  const effective = applyInput(state.inputFlow, run);
  run.input = input;
  const timeoutSeconds = state.timeoutSeconds?.(run);
  const heartbeatSeconds = state.heartbeatSeconds?.(run);
  const credentials = state.credentials?.(run) as JsonObject | undefined;
  const callId = nextCallId(execution, frame);
  const token = state.usesToken ? tokenOf(execution, frame, run.crypto) : null;
  execution.nextCallNumber++;

  const request: { -readonly [K in keyof TaskRequest]: TaskRequest[K] } = {
    resource: resource.arn,
    service: resource.service,
    action: resource.action,
    pattern: resource.pattern,
    arguments: effective,
    attemptId: callId,
    executionArn: execution.start.executionArn,
    stateMachineArn: execution.start.stateMachineArn,
    roleArn: execution.start.roleArn,
    stateName: state.name,
    retryCount: retryCountOf(frame),
    iteration: iterationPath(frame),
  };
  if (token !== null) request.taskToken = token;
  if (timeoutSeconds !== undefined) request.timeoutSeconds = timeoutSeconds;
  if (heartbeatSeconds !== undefined) request.heartbeatSeconds = heartbeatSeconds;
  const problem = run.checkTask?.(request);
  if (problem !== undefined) throw parametersFault(effective, problem);
  const scheduled = scheduledDetails(run, state, effective, { timeoutSeconds, heartbeatSeconds, credentials });
  if (resource.events !== 'Activity') run.record(frame, `${resource.events}Scheduled`, scheduled);
  if (token !== null && execution.start.directory) {
    effects.push({ type: 'notice', to: execution.start.directory, notice: { type: 'taskToken', token, callId } });
  }
  park(frame, {
    type: 'task',
    callId,
    token,
    phase: 'called',
    scheduled: resource.events === 'Activity' ? scheduled : null,
    timeoutSeconds: timeoutSeconds ?? null,
    heartbeatSeconds: heartbeatSeconds ?? null,
    early: null,
  });
  effects.push({ type: 'call', to: resource.arn, callId, request: request as unknown as Json });
  if (resource.events !== 'Activity') startTask(run, frame, state, undefined);
}

interface TaskBounds {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly credentials: JsonObject | undefined;
}

function scheduledDetails(run: Run, { resource }: TaskState, effective: Json, bounds: TaskBounds): HistoryEventDetails {
  const details: Record<string, Json> =
    resource.events === 'Task'
      ? { resourceType: resource.service, resource: resource.suffixedAction, region: run.execution.start.stateMachineArn.split(':')[3] ?? '', parameters: effective }
      : { resource: resource.arn, input: effective };
  if (bounds.timeoutSeconds !== undefined) details['timeoutInSeconds'] = bounds.timeoutSeconds;
  if (bounds.heartbeatSeconds !== undefined) details['heartbeatInSeconds'] = bounds.heartbeatSeconds;
  if (bounds.credentials !== undefined) details['taskCredentials'] = { roleArn: bounds.credentials['RoleArn'] ?? null };
  return details;
}

/** The activity has taken the Task. */
export function scheduleTask(run: Run, frame: Frame): void {
  const { waiting } = frame;
  if (waiting?.type !== 'task' || waiting.scheduled === null) return;
  run.record(frame, 'ActivityScheduled', waiting.scheduled);
  waiting.scheduled = null;
}

/** The attempt has started: its clock runs from here. For activities, when a worker has taken it. */
export function startTask(run: Run, frame: Frame, state: TaskState, workerName: string | undefined): void {
  const { resource } = state;
  scheduleTask(run, frame);
  if (resource.events === 'Task') run.record(frame, 'TaskStarted', taskNames(resource));
  else if (resource.events === 'Activity') run.record(frame, 'ActivityStarted', workerName === undefined ? {} : { workerName });
  else run.record(frame, 'LambdaFunctionStarted');
  const waiting = frame.waiting;
  if (waiting?.type !== 'task') return;
  if (waiting.timeoutSeconds !== null) {
    run.effects.push({ type: 'timer', key: timerKey(frame, 't'), at: run.now + waiting.timeoutSeconds * 1000 });
  }
  beatTask(run, frame);
}

/** Starts the heartbeat clock over. */
export function beatTask(run: Run, frame: Frame): void {
  const waiting = frame.waiting;
  if (waiting?.type !== 'task' || waiting.heartbeatSeconds === null) return;
  run.effects.push({ type: 'timer', key: timerKey(frame, 'h'), at: run.now + waiting.heartbeatSeconds * 1000 });
}

/** `resourceType` and `resource`, as every Task event repeats them. */
export function taskNames(resource: TaskResource): HistoryEventDetails {
  return { resourceType: resource.service, resource: resource.suffixedAction };
}

/** What a payload over the limit is called: the service, or the function's ARN. */
export function taskLimitName(resource: TaskResource): string {
  return resource.events === 'Task' ? resource.service : resource.arn;
}

/** Leaves the state with the Task's result. */
export function finishTask(run: Run, frame: Frame, state: TaskState, result: Json): void {
  run.aim(frame, frame.input);
  const assigned = applyAssign(state.resultFlow.assign, state.language, run, frame.input, result);
  leave(run, frame, applyResult(state.resultFlow, run, frame.input, result), assigned);
}

/** A Task that its resource refuses for the shape of its parameters fails like a fault of the definition. */
function parametersFault(effective: Json, problems: string): Fault {
  return new Fault('States.Runtime', `The Parameters '${JSON.stringify(effective)}' could not be used to start the Task: [${problems}]`);
}
