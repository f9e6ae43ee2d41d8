import type { Json, JsonObject } from '@interstate/kernel';
import { EXECUTION_KIND, type StartNotice } from '@interstate/core';
import type { Action, ActionContext } from '../directory.ts';
import { readRecord, writeRecord, type ExecutionRecord, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { STATES_LIMITS } from '../limits.ts';
import { assertName, assertStatesArn, executionArnOf } from '../names.ts';

/** Implements StartExecution. A Standard execution of the same name and input gives the one that runs. */
export const startExecution: Action = (context, input) => {
  const { executionArn, startTime } = beginExecution(context, input);
  return { executionArn, startDate: startTime };
};

/** @param notify who hears of the end, beside the directory */
export function beginExecution(context: ActionContext, input: JsonObject, notify: readonly string[] = []): ExecutionRecord & { executionArn: string } {
  const { state, effects, directory, now } = context;
  const { stateMachineArn } = input;
  assertStatesArn(stateMachineArn);
  const machine = readRecord<StateMachineRecord>(state, `stateMachine:${stateMachineArn}`);
  if (!machine) throw new StatesError('StateMachineDoesNotExist', { arn: stateMachineArn });
  const name = input['name'] ?? context.uuid();
  assertName(name);
  const inputText = (input['input'] as string | undefined) ?? '{}';
  const express = machine.type === 'EXPRESS';
  const executionArn = executionArnOf(stateMachineArn, name, express ? context.uuid() : undefined);
  const known = readRecord<ExecutionRecord>(state, `execution:${executionArn}`);
  if (known) {
    if (known.inputText !== inputText) throw new StatesError('ExecutionAlreadyExists', { arn: executionArn });
    return { ...known, executionArn };
  }
  const record: ExecutionRecord = { stateMachineArn, name, startTime: now, inputText };
  const { history, limits, asOf } = input;
  const start: { -readonly [K in keyof StartNotice]: StartNotice[K] } = {
    type: 'start',
    programId: machine.programId,
    input: parseInput(inputText),
    executionArn,
    name,
    stateMachineArn,
    stateMachineName: machine.name,
    roleArn: machine.roleArn,
    executionType: machine.type,
    seed: context.seed(),
    directory,
  };
  if (notify.length > 0) start.notify = notify;
  if (history === false) start.history = false;
  if (limits !== undefined) start.limits = limits as JsonObject;
  if (typeof asOf === 'number') start.asOf = asOf;
  // Express names never collide, so nothing need be remembered of them.
  if (!express) writeRecord<ExecutionRecord>(state, `execution:${executionArn}`, record);
  effects.push({ type: 'spawn', kind: EXECUTION_KIND, address: executionArn, notice: start as unknown as Json });
  return { ...record, executionArn };
}

function parseInput(text: string): Json {
  if (text.length > STATES_LIMITS.inputBytes) {
    throw new StatesError('InvalidExecutionInput', { reason: 'The input exceeds the maximum of 262144 bytes.' });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new StatesError('InvalidExecutionInput', { reason: (error as Error).message });
  }
}
