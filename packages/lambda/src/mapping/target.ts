import { executionSuffix, isJsonObject, lineageOf, MAX_HOPS, parseArn, type ApiRequest, type Caller, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { serviceFailure } from '@interstate/service-kit';
import { LAMBDA_ERRORS } from '../service/errors.ts';

/** What a target made of a batch: its answer, or why it failed. */
export type TargetResult = { readonly ok: true; readonly answer: Json } | { readonly ok: false; readonly error: string; readonly reason: string };

/**
 * The call that hands a batch to a function, or starts a state machine with it; undefined where the events that brought its messages
 * about have come around too often to start one more execution: a function says so itself.
 * @param records of which messages tell what brought them about. @param starts the state machine is Standard: it is only started
 */
export function targetRequest(targetArn: string, event: JsonObject, records: readonly BatchRecord[], caller: Caller, starts: boolean): ApiRequest | undefined {
  // That it comes off a queue is an event as well.
  const hops = Math.max(1, ...records.map(({ attributes }) => lineageOf(attributes?.AWSTraceHeader)));
  if (!isStateMachine(targetArn)) return { action: 'Invoke', input: { FunctionName: targetArn, InvocationType: 'RequestResponse', Payload: event }, caller, hops };
  if (hops > MAX_HOPS) return undefined;
  const { messageId = '', attributes } = records[0]!;
  // Another one each time that the message is received.
  const attempt = (Number(attributes?.ApproximateReceiveCount) & 0xffff).toString(16).padStart(4, '0');
  const name = `${messageId}_${executionSuffix(`${messageId.slice(0, 30)}${attempt}00`, hops)}`;
  return { action: starts ? 'StartExecution' : 'StartSyncExecution', input: { stateMachineArn: targetArn, name, input: JSON.stringify(event) }, caller, hops };
}

/** What of a record is looked at: messages of queues have it. */
export interface BatchRecord {
  readonly messageId?: string;
  readonly attributes?: { readonly AWSTraceHeader?: string; readonly ApproximateReceiveCount?: string };
}

export function isStateMachine(targetArn: string): boolean {
  const { service, resource = '' } = parseArn(targetArn) ?? {};
  return service === 'states' && resource.startsWith('stateMachine:');
}

/** Why nothing was started. */
export const RECURSIVE: Outcome = { ok: false, error: serviceFailure(LAMBDA_ERRORS, 'RecursiveInvocationException') };

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
