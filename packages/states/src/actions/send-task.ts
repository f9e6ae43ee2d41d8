import type { Json, JsonObject } from '@interstate/kernel';
import type { Action, ActionContext } from '../action.ts';
import { readRecord, writeRecord, type TokenRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { executionRecord } from '../executions.ts';
import { exceedsUtf8, jsonFault } from '../json-text.ts';
import { STATES_LIMITS } from '../limits.ts';
import { assertKeyUsable, revisionOf } from '../state-machines.ts';

/** Implements SendTaskSuccess. */
export const sendTaskSuccess: Action = (context, input) => {
  const text = input['output'] as string;
  const { executionArn, callId } = openToken(context, input);
  assertExecutionKey(context, executionArn);
  if (exceedsUtf8(text, STATES_LIMITS.inputBytes)) throw new StatesError('InvalidOutput', { reason: `Output exceeds the maximum of ${STATES_LIMITS.inputBytes} bytes.` });
  let output: Json;
  try {
    output = JSON.parse(text) as Json;
  } catch {
    throw new StatesError('InvalidOutput', { reason: jsonFault(text) });
  }
  closeToken(context, input);
  return tell(context, executionArn, { type: 'taskSuccess', callId, output });
};

/** Implements SendTaskFailure. */
export const sendTaskFailure: Action = (context, input) => {
  const { executionArn, callId } = openToken(context, input);
  assertExecutionKey(context, executionArn);
  closeToken(context, input);
  return tell(context, executionArn, { type: 'taskFailure', callId, error: input['error'] ?? null, cause: input['cause'] ?? null });
};

/** Implements SendTaskHeartbeat. */
export const sendTaskHeartbeat: Action = (context, input) => {
  const { executionArn, callId } = openToken(context, input);
  return tell(context, executionArn, { type: 'taskHeartbeat', callId });
};

/** @throws StatesError InvalidToken for what is no token, TaskDoesNotExist for one nobody knows (any more), TaskTimedOut for one that is answered or withdrawn */
function openToken({ state }: ActionContext, { taskToken }: JsonObject): TokenRecord {
  const token = readRecord<TokenRecord>(state, `token:${taskToken as string}`);
  if (!token) throw TOKEN.test(taskToken as string) ? new StatesError('TaskDoesNotExist') : new StatesError('InvalidToken', { reason: 'Invalid token' });
  if (token.closed) throw new StatesError('TaskTimedOut');
  return token;
}

/** Data of an execution goes in under its key. Children of Map runs, which are not kept here, are not asked for theirs. */
function assertExecutionKey(context: ActionContext, executionArn: string): void {
  const execution = context.options.kmsKeyState && executionRecord(context.state, executionArn);
  if (execution) assertKeyUsable(context, revisionOf(context, execution.revision).encryption);
}

// What the engine's tokens look like: two SHA-256 digests.
const TOKEN = /^[0-9a-f]{128}$/;

/** From now on the token is answered, even before the execution has heard. */
function closeToken({ state }: ActionContext, { taskToken }: JsonObject): void {
  const key = `token:${taskToken as string}`;
  writeRecord<TokenRecord>(state, key, { ...readRecord<TokenRecord>(state, key)!, closed: true });
}

function tell({ effects }: ActionContext, executionArn: string, notice: JsonObject): Json {
  effects.push({ type: 'notice', to: executionArn, notice });
  return {};
}
