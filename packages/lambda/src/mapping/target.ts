import { isJsonObject, parseArn, type ApiRequest, type Caller, type Json, type JsonObject, type Outcome } from '@interstate/kernel';

/** What a target made of a batch: its answer, or why it failed. */
export type TargetResult = { readonly ok: true; readonly answer: Json } | { readonly ok: false; readonly error: string; readonly reason: string };

/** The call that hands a batch to a function, or starts a state machine with it. @param starts the state machine is Standard: it is only started */
export function targetRequest(targetArn: string, records: readonly JsonObject[], caller: Caller, starts: boolean): ApiRequest {
  const event = { Records: records };
  if (parseArn(targetArn)?.service === 'lambda') return { action: 'Invoke', input: { FunctionName: targetArn, InvocationType: 'RequestResponse', Payload: event }, caller };
  return { action: starts ? 'StartExecution' : 'StartSyncExecution', input: { stateMachineArn: targetArn, input: JSON.stringify(event) }, caller };
}

/** True where a Standard state machine was asked to run while somebody waits, which only Express ones do. */
export function cannotWait(outcome: Outcome): boolean {
  return !outcome.ok && outcome.error.Error === 'StateMachineTypeNotSupported';
}

/** Reads the answer to a {@link targetRequest}. */
export function targetResult(outcome: Outcome): TargetResult {
  if (!outcome.ok) return { ok: false, error: outcome.error.Error ?? 'Error', reason: outcome.error.Cause ?? '' };
  const value: JsonObject = isJsonObject(outcome.value) ? outcome.value : {};
  const { FunctionError, Payload = null, status, output, error, cause } = value;
  if (FunctionError !== undefined) {
    const { errorType, errorMessage } = isJsonObject(Payload) ? Payload : {};
    return { ok: false, error: String(errorType ?? FunctionError), reason: String(errorMessage ?? '') };
  }
  if (status !== undefined && status !== 'SUCCEEDED') return { ok: false, error: String(error ?? status), reason: String(cause ?? '') };
  return { ok: true, answer: typeof output === 'string' ? parsed(output) : Payload };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
