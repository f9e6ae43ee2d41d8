import { jsonBytes, normalizeJson, parseArn, type ConnectorCall, type Json } from '@interstate/kernel';
import { describeThrown, type FunctionError } from './function-error.ts';
import { parseFunctionName } from './function-name.ts';
import type { RegisteredFunction } from './function-registry.ts';
import { InvocationContext } from './context.ts';
import { callHandler } from './handler.ts';
import { RESPONSE_BYTES } from './limits.ts';

/** One call of a function, as Lambda sees it. */
export interface Invocation {
  readonly entry: RegisteredFunction;
  readonly invokedFunctionArn: string;
  readonly event: Json;
  readonly clientContext: Json | undefined;
  readonly call: ConnectorCall;
  /** The clock for `getRemainingTimeInMillis`, in epoch milliseconds. */
  readonly now: () => number;
}

/** What the function answered: its result as JSON, or its error. */
export type Answer = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: FunctionError };

/** The ARN of the function a Task asks for; region and account default to those of the execution. */
export function functionArn(wanted: string, executionArn: string): string {
  if (wanted.startsWith('arn:')) return wanted;
  const home = parseArn(executionArn);
  const { name, qualifier, region = home?.region ?? 'us-east-1', account = home?.account ?? '123456789012' } = parseFunctionName(wanted);
  return `arn:${home?.partition ?? 'aws'}:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;
}

/** Runs the function and tells its answer, once. Never throws. Callbacks, not promises: a machine's host makes very many such calls. */
export function invoke(invocation: Invocation, settle: (answer: Answer) => void): void {
  let event: Json;
  try {
    event = normalizeJson(invocation.event);
  } catch {
    return settle(failed('Lambda.InvalidRequestContentException', 'Could not parse request body into json: the event is nested too deeply'));
  }
  callHandler(
    invocation.entry.handler,
    event,
    (callback) => new InvocationContext(invocation, callback),
    (result) => settle(answerOf(result)),
    (reason) => settle({ ok: false, error: describeThrown(reason) }),
  );
}

function answerOf(result: unknown): Answer {
  let value: Json;
  let bytes: number;
  try {
    value = normalizeJson(result);
    bytes = jsonBytes(value);
  } catch {
    return failed('Error', 'Unable to stringify response body');
  }
  if (bytes > RESPONSE_BYTES) {
    return failed('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES} bytes).`);
  }
  return { ok: true, value };
}

function failed(errorType: string, errorMessage: string): Answer {
  return { ok: false, error: { errorType, errorMessage } };
}
