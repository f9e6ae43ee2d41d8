import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { type Bindings, compareValue, type Comparison } from '@interstate/testing/internal';

/** Members that answers have had since a day; older recordings cannot show them. */
const SINCE: Readonly<Record<string, string>> = {
  redriveCount: '2023-11-15',
  redriveStatus: '2023-11-15',
  redriveStatusReason: '2023-11-15',
  encryptionConfiguration: '2024-07-25',
  variableReferences: '2024-11-20',
};

export function withoutLaterMembers(answer: Json, recorded: string): Json {
  if (Array.isArray(answer)) return answer.map((item: Json) => withoutLaterMembers(item, recorded));
  if (!isJsonObject(answer)) return answer;
  const kept = Object.entries(answer).filter(([key]) => !Object.hasOwn(SINCE, key) || recorded >= SINCE[key]!);
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutLaterMembers(value, recorded)]));
}

/** Compares an answer with its recording, which may be a refusal by the Python SDK that recorded it, before the service was asked. */
export function compareAnswer(recorded: Json, actual: Json, bindings: Bindings): Comparison {
  const refusal = readRefusal(recorded);
  if (refusal === undefined) return compareValue(recorded, parsedLike(recorded, actual), bindings);
  if (refusal.code !== 'ParamValidationError') return compareValue({ error: refusal }, actual, bindings);
  const error = isJsonObject(actual) && isJsonObject(actual['error']) ? actual['error'] : undefined;
  // That SDK has its own words, which the service never says; the service refuses such requests by its own validation.
  return error === undefined ? { difference: `recorded a refusal (${String(refusal.message)}), got ${JSON.stringify(actual)}` } : { bindings };
}

function readRefusal(recorded: Json): JsonObject & { readonly code: Json; readonly message: Json } | undefined {
  if (typeof recorded === 'string') {
    if (recorded.startsWith('Parameter validation failed')) return { code: 'ParamValidationError', message: recorded };
    const match = /^An error occurred \((\w+)\) when calling the \w+ operation: ([^]*)$/.exec(recorded);
    return match ? { code: match[1]!, message: match[2]! } : undefined;
  }
  const error = isJsonObject(recorded) ? recorded['error'] : undefined;
  return isJsonObject(error) && 'code' in error ? (error as JsonObject & { code: Json; message: Json }) : undefined;
}

/** JSON texts are recorded parsed: where the recording has a value and the answer a text, the text's value counts. Times are `datetime`. */
function parsedLike(recorded: Json | undefined, actual: Json): Json {
  if (recorded === 'datetime' && typeof actual === 'string' && /^\d{4}-\d\d-\d\dT/.test(actual)) return 'datetime';
  if (Array.isArray(actual)) return actual.map((item: Json, index) => parsedLike(Array.isArray(recorded) ? (recorded[index] as Json | undefined) : undefined, item));
  if (isJsonObject(actual)) {
    return Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, parsedLike(isJsonObject(recorded) && Object.hasOwn(recorded, key) ? recorded[key] : undefined, value)]));
  }
  if (typeof actual !== 'string' || typeof recorded === 'string' || recorded === undefined) return actual;
  try {
    return JSON.parse(actual) as Json;
  } catch {
    return actual;
  }
}
