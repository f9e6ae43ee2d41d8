import { isJsonObject, jsonBytes, type ConnectorCall, type Json, type JsonObject, type TaskCheck } from '@interstate/kernel';
import { mistypedField, missingField, sdkMetadata, sortedKeys } from '@interstate/service-kit';
import type { Answer } from './invocation.ts';
import { requestIdOf } from './request-id.ts';

/** The parameters of `arn:aws:states:::lambda:invoke`. */
export interface InvokeParameters {
  readonly functionName: string;
  readonly payload: Json;
  readonly invocationType: 'RequestResponse' | 'Event' | 'DryRun';
  readonly tail: boolean;
  readonly clientContext?: Json;
}

/** Reads the effective input of the Task; texts where Lambda cannot be called with it. */
export function parseInvokeParameters(parameters: Json): InvokeParameters | { readonly faults: readonly string[] } {
  const given: JsonObject = isJsonObject(parameters) ? parameters : {};
  const text = (name: string): string | undefined => (typeof given[name] === 'string' ? given[name] : undefined);
  const faults: string[] = [];
  if (given['FunctionName'] === undefined || given['FunctionName'] === null) faults.push(missingField('FunctionName'));
  for (const name of ['FunctionName', 'InvocationType', 'LogType', 'Qualifier', 'ClientContext']) {
    if (given[name] !== undefined && given[name] !== null && text(name) === undefined) faults.push(mistypedField(name, 'STRING'));
  }
  if (faults.length > 0) return { faults };

  const invocationType = text('InvocationType') ?? 'RequestResponse';
  if (invocationType !== 'RequestResponse' && invocationType !== 'Event' && invocationType !== 'DryRun') {
    return { faults: [`The value for the field 'InvocationType' must be one of: [Event, RequestResponse, DryRun]`] };
  }
  const qualifier = text('Qualifier');
  const clientContext = parseClientContext(text('ClientContext'));
  const name = text('FunctionName')!;
  return {
    functionName: qualifier === undefined ? name : `${name}:${qualifier}`,
    // No payload is an empty body, which a function sees as an empty object.
    payload: given['Payload'] ?? {},
    invocationType,
    tail: text('LogType') === 'Tail',
    ...(clientContext !== undefined && { clientContext }),
  };
}

/** What is wrong with the parameters of an invocation. */
export const checkInvocation: TaskCheck = ({ arguments: parameters }) => {
  const invocation = parseInvokeParameters(parameters);
  return 'faults' in invocation ? invocation.faults.join(', ') : undefined;
};

export function parseClientContext(base64: string | undefined): Json | undefined {
  if (base64 === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)))) as Json;
  } catch {
    return undefined;
  }
}

/** The result Step Functions shows for an invocation that succeeded: payload parsed, keys in order, the exchange's metadata. */
export function invokeResult(call: ConnectorCall, version: string, answer: Extract<Answer, { ok: true }>, tail: boolean): Json {
  const requestId = requestIdOf(call);
  const log = tail ? btoa(`START RequestId: ${requestId} Version: ${version}\nEND RequestId: ${requestId}\n`) : undefined;
  return sortedKeys({
    ExecutedVersion: version,
    ...(log !== undefined && { LogResult: log }),
    Payload: answer.value,
    StatusCode: 200,
    ...sdkMetadata({
      status: 200,
      requestId,
      headers: {
        ...(log !== undefined && { 'X-Amz-Log-Result': log }),
        'X-Amz-Executed-Version': version,
        'x-amzn-Remapped-Content-Length': '0',
        Connection: 'keep-alive',
        'x-amzn-RequestId': requestId,
        'Content-Length': String(jsonBytes(answer.value)),
        Date: new Date(call.now).toUTCString(),
        'X-Amzn-Trace-Id': traceId(call.now, requestId),
        'Content-Type': 'application/json',
      },
    }),
  });
}

/** The result for `InvocationType` `Event` (202) and `DryRun` (204): the function has said nothing. */
export function silentResult(call: ConnectorCall, status: 202 | 204): Json {
  const requestId = requestIdOf(call);
  const headers = {
    'x-amzn-Remapped-Content-Length': '0',
    Connection: 'keep-alive',
    'x-amzn-RequestId': requestId,
    'Content-Length': '0',
    Date: new Date(call.now).toUTCString(),
    'X-Amzn-Trace-Id': traceId(call.now, requestId),
  };
  return sortedKeys({ Payload: '', StatusCode: status, ...sdkMetadata({ status, requestId, headers }) });
}

function traceId(now: number, requestId: string): string {
  const hex = requestId.replaceAll('-', '');
  return `root=1-${Math.floor(now / 1000).toString(16)}-${hex.slice(0, 24)};parent=${hex.slice(8, 24)};sampled=0;lineage=1:${hex.slice(24)}:0`;
}
