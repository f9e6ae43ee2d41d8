import type { State } from '@interstate/core';
import { isJsonObject, type Json, type JsonObject, type Outcome, type ResponseSchemas } from '@interstate/kernel';
import { refused } from './refused.ts';
import { responseFault } from './response-schema.ts';
import { taskSchema } from './task-schema.ts';

/** Reads MockInput for a state: how its work is made to end. @throws StatesError where the state takes no mock, or its result cannot be of this state. */
export function readMock(state: State, mock: JsonObject, revealSecrets: boolean, schemas: ResponseSchemas | undefined): Outcome {
  if (state.type !== 'Task' && state.type !== 'Map' && state.type !== 'Parallel') {
    throw refused(`State type '${state.type}' is not supported when a mock is specified`);
  }
  if (revealSecrets) throw refused('TestState does not support RevealSecrets when a mock is specified.');
  const { result, errorOutput } = mock;
  if ((result === undefined) === (errorOutput === undefined)) {
    throw refused('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (isJsonObject(errorOutput)) {
    const { error, cause } = errorOutput;
    return { ok: false, error: { ...(typeof error === 'string' && { Error: error }), ...(typeof cause === 'string' && { Cause: cause }) } };
  }
  const value = parseResult(result as string);
  if (state.type !== 'Task') assertResultOf(state, value);
  else {
    const mode = mock['fieldValidationMode'] ?? 'STRICT';
    const schema = mode === 'NONE' ? undefined : taskSchema(state.resource.arn, schemas);
    const fault = schema && responseFault(schema, value, mode === 'STRICT');
    if (fault !== undefined) throw refused(`Mock result schema validation error: ${fault}`);
  }
  return { ok: true, value };
}

function parseResult(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw refused('Mocked result must be valid JSON');
  }
}

function assertResultOf(state: State & { readonly type: 'Map' | 'Parallel' }, value: Json): void {
  if (state.type === 'Map' && state.distributed?.writer?.resource !== undefined) {
    if (!isJsonObject(value)) throw refused('Mocked result must be a JSON object.');
    return;
  }
  if (!Array.isArray(value)) throw refused('Mocked result must be an array.');
  if (state.type === 'Parallel' && value.length !== state.branches.length) {
    throw refused('Mocked result must contain the same number of items as number of Parallel branches.');
  }
}
