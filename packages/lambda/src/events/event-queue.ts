import { isJsonObject, type ApiRequest, type DeliveryEntry, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { EVENT } from '../request-id.ts';
import { callerFor, newUuid, type DirectoryContext } from '../service/directory-state.ts';
import { DEFAULT_EVENT_AGE_SECONDS, DEFAULT_RETRY_ATTEMPTS, type EventInvokeConfig, type EventRecord, type FunctionAnswer, type Sending } from './event-record.ts';
import { deadLetterRequest, destinationRequest, invocationRecord, qualified, type Condition } from './invocation-record.ts';

/*
 * Asynchronous invocation: an event waits in the queue of its function until the function has dealt with it, or it is given up.
 * A function that fails is called again after one minute and after two; one that is called too often after 1, 2, 4 … 300 seconds.
 */

export const EVENTS_TIMER = 'events';
const SENT = 'sent:';
const RETRY_MS = 60_000;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 300_000;

function eventOf({ state }: DirectoryContext, id: string): EventRecord | undefined {
  return state.records.get(EVENT + id) as unknown as EventRecord | undefined;
}

function save({ state }: DirectoryContext, id: string, event: EventRecord): void {
  state.records.set(EVENT + id, event as unknown as Json);
}

/** Takes an event in. */
export function queueEvent(context: DirectoryContext, input: JsonObject, { hops = 0 }: ApiRequest): JsonObject {
  const { FunctionArn, Payload = {}, DeadLetterTargetArn = null } = input as unknown as { FunctionArn: string; Payload?: Json; DeadLetterTargetArn?: string };
  const event: EventRecord = { functionArn: FunctionArn, payload: Payload, hops, time: context.now, calls: 0, throttles: 0, dueAt: null, deadLetterTarget: DeadLetterTargetArn, answer: null, sending: [] };
  call(context, newUuid(context.state), event);
  return { StatusCode: 202 };
}

function call(context: DirectoryContext, id: string, event: EventRecord): void {
  const { functionArn, payload, hops } = event;
  const request: ApiRequest = { action: 'Invoke', input: { FunctionName: functionArn, InvocationType: 'RequestResponse', Payload: payload }, caller: callerFor(context.options, functionArn), hops };
  context.effects.push({ type: 'call', to: functionArn, callId: EVENT + id, request: request as unknown as Json });
  save(context, id, { ...event, dueAt: null });
}

/** Takes the answer of a function or a destination. */
export function eventAnswered(context: DirectoryContext, callId: string, outcome: Outcome): void {
  if (callId.startsWith(SENT)) return sent(context, callId, outcome);
  const id = callId.slice(EVENT.length);
  const event = eventOf(context, id);
  if (!event) return;
  if (!outcome.ok) return refused(context, id, event, outcome.error.Error ?? '', outcome.error.Cause ?? '');
  const { Payload = null, FunctionError = null, ExecutedVersion = '$LATEST' } = isJsonObject(outcome.value) ? outcome.value : {};
  const answer: FunctionAnswer = { payload: Payload, functionError: FunctionError as string | null, version: String(ExecutedVersion) };
  const called: EventRecord = { ...event, calls: event.calls + 1, answer };
  if (FunctionError === null) {
    journal(context, id, called, 'delivered');
    return end(context, id, called, 'Success');
  }
  const { errorType, errorMessage } = isJsonObject(Payload) ? Payload : {};
  const problem = { error: String(errorType ?? FunctionError), reason: String(errorMessage ?? '') };
  const attempts = configOf(context, event)?.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS;
  if (called.calls > attempts) {
    journal(context, id, called, 'failed', problem);
    return end(context, id, called, 'RetriesExhausted');
  }
  retryAfter(context, id, called, RETRY_MS * called.calls, problem);
}

/** The function could not be called. */
function refused(context: DirectoryContext, id: string, event: EventRecord, error: string, reason: string): void {
  if (error === 'ResourceNotFoundException' || error === 'RecursiveInvocationException') {
    journal(context, id, event, 'failed', { error, reason });
    return end(context, id, event, 'RetriesExhausted');
  }
  const delayMs = Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(event.throttles, 20), LONGEST_BACKOFF_MS);
  retryAfter(context, id, { ...event, throttles: event.throttles + 1 }, delayMs, { error, reason });
}

function retryAfter(context: DirectoryContext, id: string, event: EventRecord, delayMs: number, problem: Problem): void {
  const dueAt = context.now + delayMs;
  save(context, id, { ...event, dueAt });
  context.state.due.add(dueAt, id);
  journal(context, id, event, 'retrying', problem);
}

/** Calls the functions whose events are due again. */
export function eventsDue(context: DirectoryContext): void {
  const { due } = context.state;
  for (let id = due.take(context.now); id !== undefined; id = due.take(context.now)) {
    const event = eventOf(context, id);
    if (!event || event.dueAt === null || event.dueAt > context.now) continue;
    const seconds = configOf(context, event)?.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS;
    if (context.now - event.time > seconds * 1000) {
      journal(context, id, event, 'failed', { error: 'EventAgeExceeded', reason: `The event is older than ${seconds} seconds.` });
      end(context, id, event, 'EventAgeExceeded');
    } else call(context, id, event);
  }
}

/** Tells the destinations, and forgets the event when they have answered. */
function end(context: DirectoryContext, id: string, event: EventRecord, condition: Condition): void {
  const config = configOf(context, event);
  const caller = callerFor(context.options, event.functionArn);
  const sending: Sending[] = [];
  const send = (to: string, request: ApiRequest | undefined): void => {
    if (!request) return;
    context.effects.push({ type: 'call', to, callId: `${SENT}${id}:${sending.length}`, request: { ...request, hops: event.hops } as unknown as Json });
    sending.push({ to, then: condition === 'Success' ? 'delivered' : 'deadLettered' });
  };
  const destination = condition === 'Success' ? config?.onSuccess : config?.onFailure;
  if (destination) send(destination, destinationRequest(destination, invocationRecord(id, event, condition, context.now), caller));
  const { deadLetterTarget } = event;
  if (condition !== 'Success' && deadLetterTarget !== null) send(deadLetterTarget, deadLetterRequest(deadLetterTarget, id, event, caller));
  if (sending.length === 0) context.state.records.delete(EVENT + id);
  // What goes with the record has gone already.
  else save(context, id, { ...event, payload: null, answer: null, dueAt: null, sending });
}

function sent(context: DirectoryContext, callId: string, outcome: Outcome): void {
  const [id = '', index] = callId.slice(SENT.length).split(':');
  const event = eventOf(context, id);
  const sending = [...(event?.sending ?? [])];
  const told = sending[Number(index)];
  if (!event || !told) return;
  const problem = outcome.ok ? undefined : { error: outcome.error.Error ?? 'Error', reason: outcome.error.Cause ?? '' };
  journalTo(context, id, event, told.to, outcome.ok ? told.then : 'failed', problem);
  sending[Number(index)] = null;
  if (sending.every((each) => each === null)) context.state.records.delete(EVENT + id);
  else save(context, id, { ...event, sending });
}

function configOf({ state }: DirectoryContext, { functionArn }: EventRecord): EventInvokeConfig | undefined {
  return state.records.get(`config:${qualified(functionArn)}`) as unknown as EventInvokeConfig | undefined;
}

type Problem = Pick<DeliveryEntry, 'error' | 'reason'>;

function journal(context: DirectoryContext, id: string, event: EventRecord, status: DeliveryEntry['status'], problem?: Problem): void {
  journalTo(context, id, event, event.functionArn, status, problem);
}

function journalTo({ journal: entries, now }: DirectoryContext, id: string, { functionArn, calls, throttles }: EventRecord, to: string, status: DeliveryEntry['status'], problem?: Problem): void {
  entries.push({ type: 'delivery', time: now, by: functionArn, to, messageId: id, attempt: to === functionArn ? calls + throttles : 1, status, ...problem });
}
