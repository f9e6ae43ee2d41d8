import type { Json, Outcome } from '@interstate/kernel';

/** What a described function does with an event: its answer as a value, an error in the shape of the Python runtime, or none in time. */
type Answer = { readonly value: Json } | { readonly error: string; readonly message: string; readonly raised: string };

/** Reads the descriptions in a case's `lambdas`. Undefined: the function never answers in time, or is described otherwise. */
function answerOf(description: string, event: Json): Answer | undefined {
  if (description === 'returns its event') return { value: event };
  const raises = /^raises (\w+)\('(.*)'\)$/.exec(description);
  if (raises) return { error: raises[1]!, message: raises[2]!, raised: `raise ${raises[1]}("${raises[2]}")` };
  const custom = /^raises (\w+), message '(.*)'$/.exec(description);
  if (custom) return { error: custom[1]!, message: custom[2]!, raised: `raise ${custom[1]}()` };
  const letters = /^returns a string of (\d+) letters (\w)$/.exec(description);
  if (letters) return { value: letters[2]!.repeat(Number(letters[1])) };
  const bytes = /^returns the bytes (".*")$/.exec(description);
  return bytes ? { value: JSON.parse(JSON.parse(bytes[1]!) as string) as Json } : undefined;
}

/**
 * The outcome of a Task on a function that is described and not recorded. Metadata that no recording of the case tells
 * is given as the placeholders that recordings have in its place.
 */
export function invokeDescribed(description: string, event: Json, isBare: boolean): Outcome | undefined {
  const answer = answerOf(description, event);
  if (answer === undefined) return undefined;
  if ('error' in answer) {
    const { error: errorType, message: errorMessage, raised } = answer;
    const cause = { errorMessage, errorType, requestId: '<request-id>', stackTrace: [`  File "/var/task/handler.py", line 2, in handler\n    ${raised}\n`] };
    return { ok: false, error: { Error: errorType, Cause: isBare ? spaced(cause) : JSON.stringify(cause) } };
  }
  return { ok: true, value: isBare ? answer.value : invocation(answer.value) };
}

function invocation(payload: Json): Json {
  const length = String(spaced(payload).length);
  const version = '$LATEST';
  const headers = { 'X-Amz-Executed-Version': version, 'x-amzn-Remapped-Content-Length': '0', Connection: 'keep-alive', 'Content-Length': length, Date: '<date>', 'Content-Type': 'application/json' };
  // RequestId and trace id stand for themselves: in recordings they are unbracketed placeholders.
  const http = { ...headers, 'x-amzn-RequestId': 'x-amzn-RequestId', 'X-Amzn-Trace-Id': 'X-Amzn-Trace-Id' };
  const all = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, name === 'Date' ? value : [value]]));
  return {
    ExecutedVersion: version,
    Payload: payload,
    SdkHttpMetadata: { AllHttpHeaders: { ...all, 'x-amzn-RequestId': 'x-amzn-RequestId', 'X-Amzn-Trace-Id': 'X-Amzn-Trace-Id' }, HttpHeaders: http, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: 'RequestId' },
    StatusCode: 200,
  };
}

/** JSON text as Python writes it: a space after each colon and comma. */
function spaced(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item as Json)}`)
    .join(', ')}}`;
}
