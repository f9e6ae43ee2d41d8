import { isJsonObject, type Json, type JsonObject, type Outcome, type ReplyTo, type TaskRequest } from '@interstate/kernel';
import type { ExecutionEnd } from '@interstate/core';
import { sdkMetadata } from '@interstate/service-kit';
import { beginExecution } from './actions/start-execution.ts';
import type { ActionContext } from './action.ts';
import { writeRecord, type ExecutionRecord, type WatchRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { callerKey } from './waiting.ts';

/** Task resources the directory answers. */
export const TASK_RESOURCES = ['states:startExecution', 'aws-sdk:sfn:*'] as const;

/** Implements `arn:aws:states:::states:startExecution` with all its patterns. Undefined: the answer comes later. */
export function runTask(context: ActionContext, request: TaskRequest, replyTo: ReplyTo): Outcome | undefined {
  const { pattern } = request;
  const parameters = isJsonObject(request.arguments) ? request.arguments : {};
  const waits = pattern === 'sync' || pattern === 'sync:2';
  try {
    const { executionArn, record } = beginExecution(context, startInput(parameters));
    const response = startResponse(context, executionArn, record.startTime);
    if (!waits) return { ok: true, value: response };
    writeRecord<WatchRecord>(context.state, `watch:${executionArn}`, { replyTo, pattern });
    context.state.index.watched++;
    context.state.index.watchers.set(callerKey(replyTo), executionArn);
    context.effects.push({ type: 'progress', to: replyTo, news: { type: 'submitted', output: response } });
    return undefined;
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    const requestId = context.uuid();
    const cause = `${error.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${error.code}; Request ID: ${requestId}; Proxy: null)`;
    return { ok: false, error: { Error: `StepFunctions.${error.code}Exception`, Cause: cause } };
  }
}

function startInput(parameters: JsonObject): JsonObject {
  const { StateMachineArn, Name, Input } = parameters;
  return {
    stateMachineArn: StateMachineArn ?? null,
    ...(typeof Name === 'string' && { name: Name }),
    // Objects become JSON text; text is taken for JSON text already.
    ...(Input !== undefined && { input: typeof Input === 'string' ? Input : JSON.stringify(Input ?? {}) }),
  };
}

function startResponse(context: ActionContext, executionArn: string, startTime: number): JsonObject {
  const requestId = context.uuid();
  return {
    ExecutionArn: executionArn,
    StartDate: startTime,
    ...sdkMetadata({ status: 200, requestId, headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'application/x-amz-json-1.0' } }),
  };
}

/** What a Task that waits for a child execution hears of its end: the child's description, as result or as cause. */
export function childEnded(end: ExecutionEnd, { stateMachineArn }: ExecutionRecord, parsed: boolean): Outcome {
  const description = describeEnd(end, stateMachineArn, parsed);
  if (end.status === 'SUCCEEDED') return { ok: true, value: description };
  return { ok: false, error: { Error: 'States.TaskFailed', Cause: JSON.stringify(description) } };
}

/** A Task no longer waits for the execution it started with `.sync`: the execution is stopped with it. */
export function withdrawTask({ state, effects }: ActionContext, replyTo: ReplyTo): void {
  const { watchers } = state.index;
  const executionArn = watchers.get(callerKey(replyTo));
  if (executionArn === undefined) return;
  watchers.delete(callerKey(replyTo));
  state.records.delete(`watch:${executionArn}`);
  state.index.watched--;
  effects.push({ type: 'notice', to: executionArn, notice: { type: 'stop' } });
}

function describeEnd(end: ExecutionEnd, stateMachineArn: string, parsed: boolean): JsonObject {
  const text = (value: Json): Json => (parsed ? value : JSON.stringify(value));
  const { executionArn, status } = end;
  const redrivable = status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE';
  return {
    ...(end.cause !== undefined && { Cause: end.cause }),
    ...(end.error !== undefined && { Error: end.error }),
    ExecutionArn: executionArn,
    Input: text(end.input),
    InputDetails: { Included: true },
    Name: executionArn.slice(executionArn.lastIndexOf(':') + 1),
    ...(end.output !== undefined && { Output: text(end.output), OutputDetails: { Included: true } }),
    RedriveCount: 0,
    RedriveStatus: redrivable,
    ...(redrivable === 'NOT_REDRIVABLE' && { RedriveStatusReason: `Execution is ${status} and cannot be redriven` }),
    StartDate: end.startTime,
    StateMachineArn: stateMachineArn,
    Status: status,
    StopDate: end.stopTime,
  };
}
