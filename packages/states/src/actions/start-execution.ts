import type { Json, JsonObject } from '@interstate/kernel';
import { EXECUTION_KIND, type StartNotice } from '@interstate/core';
import type { Action, ActionContext } from '../action.ts';
import { drawVersion } from '../aliases.ts';
import { readRecord, type ExecutionRecord, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { addExecution, executionRecord } from '../executions.ts';
import { registerLogging } from '../host-door.ts';
import { exceedsUtf8, jsonFault } from '../json-text.ts';
import { STATES_LIMITS } from '../limits.ts';
import { assertName, assertStatesArn, executionArnOf, splitLabel, splitQualifier } from '../names.ts';
import { assertKeyUsable, revisionOf, stateMachineOf, versionOrAlias } from '../state-machines.ts';
import { tellStatus } from '../status-events.ts';

/** Implements StartExecution. A Standard execution of the same name and input gives the one that runs. */
export const startExecution: Action = (context, input, wishes) => {
  const { executionArn, record } = beginExecution(context, input, wishes);
  return { executionArn, startDate: record.startTime };
};

export interface BegunExecution {
  readonly executionArn: string;
  readonly record: ExecutionRecord;
}

/** What a start asks for: a state machine, or one of its versions by way of an alias or not. */
interface Target {
  readonly stateMachineArn: string;
  readonly machine: StateMachineRecord;
  readonly revision: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
}

export function beginExecution(context: ActionContext, input: JsonObject, wishes?: JsonObject): BegunExecution {
  const { state, now } = context;
  const { stateMachineArn, machine, revision, versionArn, aliasArn } = targetOf(context, input['stateMachineArn']);
  const { name: givenName, traceHeader } = input;
  if (givenName !== undefined && givenName !== null) assertName(givenName);
  const inputText = (input['input'] as string | undefined) ?? '{}';
  const value = parseInput(inputText);
  const express = machine.type === 'EXPRESS';
  const { executionPrefix } = state.index.of(stateMachineArn);
  const wanted = (givenName as string | undefined) ?? context.uuid();
  const executionArn = express ? executionArnOf(stateMachineArn, wanted, context.uuid()) : executionPrefix + wanted;
  const known = givenName === undefined ? undefined : executionRecord(state, executionArn);
  if (known) {
    if (known.status !== 'RUNNING' || known.inputText !== inputText) throw new StatesError('ExecutionAlreadyExists', { arn: executionArn });
    return { executionArn, record: known };
  }
  const { programId, roleArn, logging, encryption } = revisionOf(context, revision);
  if (context.options.kmsKeyState) assertKeyUsable(context, encryption);
  if (state.index.running >= context.limits.openExecutions) throw new StatesError('ExecutionLimitExceeded');
  // A piece of the ARN takes less room than a text of its own.
  const nameAt = executionPrefix.length + (express ? ':express:'.length - ':execution:'.length : 0);
  const name = executionArn.slice(nameAt, nameAt + wanted.length);
  const record: { -readonly [K in keyof ExecutionRecord]: ExecutionRecord[K] } = {
    sequence: ++state.started,
    stateMachineArn,
    name,
    startTime: now,
    inputText,
    revision,
    status: 'RUNNING',
  };
  const start: { -readonly [K in keyof StartNotice]: StartNotice[K] } = {
    type: 'start',
    programId,
    input: value,
    executionArn,
    stateMachineArn,
    roleArn,
    executionType: machine.type,
    seed: context.seed(),
    directory: context.directory,
    notify: context.state.index.notify,
  };
  if (express) record.express = true;
  if (versionArn !== undefined) start.stateMachineVersionArn = record.versionArn = versionArn;
  if (aliasArn !== undefined) start.stateMachineAliasArn = record.aliasArn = aliasArn;
  if (typeof traceHeader === 'string') start.traceHeader = record.traceHeader = traceHeader;
  if (wishes) applyWishes(start, wishes);
  addExecution(context, executionArn, record);
  if (logging.level !== 'OFF') registerLogging(context, executionArn, logging);
  context.effects.push({ type: 'spawn', kind: EXECUTION_KIND, address: executionArn, notice: start as unknown as Json });
  tellStatus(context, executionArn, record);
  return { executionArn, record };
}

function targetOf(context: ActionContext, arn: Json | undefined): Target {
  const direct = readRecord<StateMachineRecord>(context.state, arn as string);
  if (direct?.revisions !== undefined && !direct.deleting) return { stateMachineArn: arn as string, machine: direct, revision: direct.revision };
  assertStatesArn(arn, 'stateMachine');
  if (splitLabel(arn).label !== undefined) throw new StatesError('ValidationException', { reason: `A distributed Map state is run by its Map Run alone: ${arn}` });
  const { stateMachineArn, qualifier } = splitQualifier(arn);
  const machine = readRecord<StateMachineRecord>(context.state, stateMachineArn);
  if (machine?.deleting) throw new StatesError('StateMachineDeleting', { arn: stateMachineArn });
  const qualified = qualifier === undefined ? undefined : versionOrAlias(context, arn);
  if (!qualified) throw new StatesError('StateMachineDoesNotExist', { arn });
  const { alias } = qualified;
  const versionArn = alias ? drawVersion(context, alias) : arn;
  const version = versionOrAlias(context, versionArn)!.version!;
  return { stateMachineArn, machine: stateMachineOf(context, stateMachineArn), revision: version.revision, versionArn, ...(alias && { aliasArn: arn }) };
}

function applyWishes(start: { -readonly [K in keyof StartNotice]: StartNotice[K] }, { history, limits, asOf }: JsonObject): void {
  if (history === false) start.history = false;
  if (limits !== undefined) start.limits = limits as JsonObject;
  if (typeof asOf === 'number') start.asOf = asOf;
}

function parseInput(text: string): Json {
  if (text === '{}') return {};
  if (exceedsUtf8(text, STATES_LIMITS.inputBytes)) throw new StatesError('InvalidExecutionInput', { reason: `Input exceeds the maximum of ${STATES_LIMITS.inputBytes} bytes.` });
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new StatesError('InvalidExecutionInput', { reason: text.trim() === '' ? 'Invalid execution input.' : jsonFault(text) });
  }
}
