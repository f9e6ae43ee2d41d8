import { formatTimestamp, isJsonObject, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { camelName, pascalName, sdkCause } from '@interstate/service-kit';
import { STATES_ERRORS, type StatesErrorCode } from './errors.ts';
import { TIMES } from './model.ts';

/** Members whose own keys are names that people chose. */
const MAPS: ReadonlySet<string> = new Set(['variableReferences', 'assignedVariables']);
/** Members that are JSON text; a Task may give the value. */
const TEXTS: ReadonlySet<string> = new Set(['definition', 'input', 'output']);

/** The input of an operation, from the arguments of an `aws-sdk:sfn` Task: members begin with capitals there. */
export function sdkInput(value: Json): Json {
  if (Array.isArray(value)) return value.map(sdkInput);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json] => {
    const name = camelName(key);
    return [name, TEXTS.has(name) && typeof member === 'object' ? JSON.stringify(member) : sdkInput(member)];
  });
  return Object.fromEntries(members);
}

/** What an `aws-sdk:sfn` Task gets: capitals again, and times in ISO 8601. */
export function sdkOutcome(outcome: Outcome, requestId: string): Outcome {
  if (outcome.ok) return { ok: true, value: sdkOutput(outcome.value) };
  const { Error: code = 'InternalFailure', Cause: message = '' } = outcome.error;
  const status = Object.hasOwn(STATES_ERRORS, code) ? STATES_ERRORS[code as StatesErrorCode].status : 500;
  const name = `Sfn.${code.endsWith('Exception') ? code : `${code}Exception`}`;
  return { ok: false, error: { Error: name, Cause: sdkCause('Sfn', { message, status, requestId }) } };
}

function sdkOutput(value: Json): Json {
  if (Array.isArray(value)) return value.map(sdkOutput);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, member]) => [pascalName(key), sdkMember(key, member)]));
}

function sdkMember(key: string, member: Json): Json {
  if (typeof member === 'number' && TIMES.has(key)) return formatTimestamp(member);
  return MAPS.has(key) ? member : sdkOutput(member);
}
