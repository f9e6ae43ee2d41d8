import type { Json, JsonObject } from '@interstate/kernel';
import type { Action, ActionContext } from '../directory.ts';
import { readRecord, type TokenRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { STATES_LIMITS } from '../limits.ts';

/** Implements SendTaskSuccess. */
export const sendTaskSuccess: Action = (context, input) => {
  const { executionArn, callId } = openToken(context, input);
  const text = input['output'];
  let output: Json;
  try {
    output = JSON.parse(text as string) as Json;
  } catch (error) {
    throw new StatesError('InvalidOutput', { reason: (error as Error).message });
  }
  return tell(context, executionArn, { type: 'taskSuccess', callId, output });
};

/** Implements SendTaskFailure. */
export const sendTaskFailure: Action = (context, input) => {
  const { executionArn, callId } = openToken(context, input);
  return tell(context, executionArn, { type: 'taskFailure', callId, error: input['error'] ?? null, cause: input['cause'] ?? null });
};

/** Implements SendTaskHeartbeat. */
export const sendTaskHeartbeat: Action = (context, input) => {
  const { executionArn, callId } = openToken(context, input);
  return tell(context, executionArn, { type: 'taskHeartbeat', callId });
};

function openToken({ state }: ActionContext, { taskToken }: JsonObject): TokenRecord {
  const valid = typeof taskToken === 'string' && taskToken.length <= STATES_LIMITS.taskTokenCharacters;
  const token = valid ? readRecord<TokenRecord>(state, `token:${taskToken}`) : undefined;
  if (!token) throw new StatesError('InvalidToken', { reason: 'Invalid token' });
  if (token.closed) throw new StatesError('TaskTimedOut');
  return token;
}

function tell({ effects }: ActionContext, executionArn: string, notice: JsonObject): Json {
  effects.push({ type: 'notice', to: executionArn, notice });
  return {};
}
