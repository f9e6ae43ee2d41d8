import { base64FromBytes, bytesFromBase64, jsonBytes, textFromUtf8, utf8FromText, type ApiRequest, type ConnectorCall, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { serviceFailure, validateRequest } from '@interstate/service-kit';
import { qualified } from './events/invocation-record.ts';
import type { RegisteredFunction } from './function-registry.ts';
import type { Answer } from './invocation.ts';
import { parseClientContext } from './invoke-task.ts';
import { EVENT_BYTES, REQUEST_BYTES } from './limits.ts';
import { requestIdOf } from './request-id.ts';
import { LAMBDA_ERRORS } from './service/errors.ts';
import { INPUT_SHAPES } from './service/input-shapes.ts';

/** `Invoke`, as a machine or a client asks for it. */
export interface InvokeRequest {
  readonly type: 'RequestResponse' | 'Event' | 'DryRun';
  readonly payload: Json;
  readonly clientContext: Json | undefined;
  readonly tail: boolean;
  /** A client's payload is bytes: base64 of JSON text. Services hand on JSON values. */
  readonly bytes: boolean;
}

/** Reads the request of a call that is no Task; a refused one gives the failure. */
export function readInvokeRequest({ action, input, caller }: ApiRequest): InvokeRequest | Outcome {
  if (action !== 'Invoke') return refused('UnknownOperationException', { reason: `The operation '${typeof action === 'string' ? action.slice(0, 100) : ''}' is not offered at a function.` });
  const fault = validateRequest(INPUT_SHAPES.Invoke, input);
  if (fault) return refused(fault.code, { reason: fault.message });
  const { InvocationType, Payload = null, ClientContext, LogType } = input;
  const bytes = caller === undefined && (typeof Payload === 'string' || Payload === null);
  const payload = bytes && typeof Payload === 'string' ? parsePayload(Payload) : Payload;
  if (payload === undefined) return refused('InvalidRequestContentException', { reason: 'Could not parse request body into json: the payload is not valid JSON' });
  const type = (InvocationType ?? 'RequestResponse') as InvokeRequest['type'];
  const size = bytesOf(payload);
  if (size === undefined) return refused('InvalidRequestContentException', { reason: 'Could not parse request body into json: the payload is nested too deeply' });
  const limit = type === 'Event' ? EVENT_BYTES : REQUEST_BYTES;
  if (size > limit) return refused('RequestTooLargeException', { bytes: size, type, limit });
  // No payload is an empty body, which a function sees as an empty object.
  return { type, payload: payload ?? {}, clientContext: parseClientContext(ClientContext as string | undefined), tail: LogType === 'Tail', bytes };
}

/** Undefined where the value is nested deeper than the stack. */
function bytesOf(value: Json): number | undefined {
  try {
    return jsonBytes(value);
  } catch {
    return undefined;
  }
}

function parsePayload(base64: string): Json | undefined {
  const bytes = bytesFromBase64(base64);
  if (!bytes) return undefined;
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(textFromUtf8(bytes)) as Json;
  } catch {
    return undefined;
  }
}

export function refused(code: keyof typeof LAMBDA_ERRORS & string, values: Readonly<Record<string, string | number>> = {}): Outcome {
  return { ok: false, error: serviceFailure(LAMBDA_ERRORS, code, values) };
}

export function functionNotFound(functionArn: string): Outcome {
  return refused('ResourceNotFoundException', { reason: `Function not found: ${qualified(functionArn)}` });
}

/** What the function said, as `Invoke` answers it. */
export function invokeAnswer(call: ConnectorCall, { options }: RegisteredFunction, answer: Answer, { bytes, tail }: InvokeRequest): Outcome {
  const version = options.version ?? '$LATEST';
  const payload = answer.ok ? answer.value : (answer.error as unknown as JsonObject);
  const requestId = requestIdOf(call);
  return {
    ok: true,
    value: {
      StatusCode: 200,
      ...(!answer.ok && { FunctionError: 'Unhandled' }),
      ...(tail && { LogResult: base64FromBytes(utf8FromText(`START RequestId: ${requestId} Version: ${version}\nEND RequestId: ${requestId}\n`)) }),
      Payload: bytes ? base64FromBytes(utf8FromText(JSON.stringify(payload))) : payload,
      ExecutedVersion: version,
    },
  };
}
