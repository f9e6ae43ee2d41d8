import { isJsonObject, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { faultOfStatus } from '../targets/failure.ts';

/** What a function, state machine or HTTP endpoint made of a batch, or why it failed. */
export type StageAnswer = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: string; readonly reason: string };

/** Reads the answer of `Invoke`, `StartSyncExecution`, an API destination and their like. */
export function stageAnswer(outcome: Outcome): StageAnswer {
  if (!outcome.ok) return { ok: false, error: outcome.error.Error ?? 'Error', reason: outcome.error.Cause ?? '' };
  const answer: JsonObject = isJsonObject(outcome.value) ? outcome.value : {};
  const { FunctionError, Payload = null, status, output, error, cause } = answer;
  const { StatusCode: httpStatus = status, Body: body = answer['body'] } = answer;
  if (typeof httpStatus === 'number' && typeof body === 'string') {
    const fault = faultOfStatus(httpStatus);
    return fault ? { ok: false, error: fault.code, reason: `The endpoint answered ${httpStatus}.` } : { ok: true, value: parsed(body, body) };
  }
  if (FunctionError !== undefined) {
    const { errorType, errorMessage } = isJsonObject(Payload) ? Payload : {};
    return { ok: false, error: String(errorType ?? FunctionError), reason: String(errorMessage ?? '') };
  }
  if (status !== undefined && status !== 'SUCCEEDED') return { ok: false, error: String(error ?? status), reason: String(cause ?? '') };
  return { ok: true, value: typeof output === 'string' ? parsed(output, null) : Payload };
}

function parsed(text: string, otherwise: Json): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return otherwise;
  }
}

/** The events an enrichment gives: a list, or one. Nothing, and the target is not called. */
export function enrichedEvents(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  if (value === null || value === '' || (isJsonObject(value) && Object.keys(value).length === 0)) return [];
  return [value];
}
