import { RecordMap, type ApiRequest, type Effect, type EpochMs, type HttpRequest, type HttpResponse, type Json, type JsonObject, type Machine, type Message, type Outcome, type ReplyTo } from '@interstate/kernel';
import { withHeaders, withQuery } from './connection-parameters.ts';

export const API_DESTINATION_KIND = 'eventbridge:api-destination';

/*
 * Records of an API destination, by key:
 *   root         invocations so far, those sent, tokens of the bucket, and when they were counted
 *   destination  what it is; gone where it is deleted      invocation:<number>  an invocation that waits for its turn or its answer
 */

export interface DestinationRecord {
  readonly name: string;
  readonly arn: string;
  readonly connectionArn: string;
  readonly endpoint: string;
  readonly method: string;
  readonly ratePerSecond: number;
  readonly description?: string;
  readonly creationTime: EpochMs;
  readonly modifiedTime: EpochMs;
}

interface InvocationRecord {
  readonly replyTo: ReplyTo;
  readonly input: JsonObject;
}

export interface DestinationState {
  readonly records: RecordMap;
  /** Numbers given so far, and the last one that was sent: those between wait. */
  taken: number;
  sent: number;
  /** Token bucket: what is in it, and since when. */
  tokens: number;
  countedAt: EpochMs;
}

interface DestinationContext {
  readonly state: DestinationState;
  readonly timeoutMs: number;
  readonly now: EpochMs;
  readonly effects: Effect[];
}

const RATE_TIMER = 'rate';

/**
 * An API destination: sends events over HTTP through its connection, so many a second; what is too much waits. Spawned by the
 * directory with the notice `{ type: 'keep', destination }`. Answers
 * `{ action: 'InvokeApiDestination', input: { Body, HttpParameters } }` with `{ StatusCode, Headers, Body, RetryAfterMs? }`.
 */
export function apiDestinationMachine(timeoutMs: number): Machine<DestinationState> {
  return {
    kind: API_DESTINATION_KIND,
    load: (saved) => {
      const [taken, sent, tokens, countedAt] = (saved.get('root') as readonly number[] | undefined) ?? [0, 0, -1, 0];
      return { records: new RecordMap(saved), taken: taken!, sent: sent!, tokens: tokens!, countedAt: countedAt! };
    },
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state: DestinationState, message: Message, { now }) {
      state.records.begin();
      const context: DestinationContext = { state, timeoutMs, now, effects: [] };
      receive(context, message);
      sendWaiting(context);
      state.records.set('root', [state.taken, state.sent, state.tokens, state.countedAt]);
      return { effects: context.effects, journal: NOTHING };
    },
  };
}

const NOTHING: readonly never[] = [];

function destinationOf({ state }: DestinationContext): DestinationRecord | undefined {
  return state.records.get('destination') as unknown as DestinationRecord | undefined;
}

function receive(context: DestinationContext, message: Message): void {
  const { state, effects } = context;
  switch (message.type) {
    case 'call': {
      const { action, input } = message.request as unknown as ApiRequest;
      const fault = action !== 'InvokeApiDestination' ? 'UnknownOperationException' : destinationOf(context) ? undefined : 'ResourceNotFoundException';
      if (fault !== undefined) return void effects.push({ type: 'reply', to: message.replyTo, outcome: { ok: false, error: { Error: fault, Cause: 'The API destination does not exist or has no such operation.' } } });
      state.records.set(`invocation:${++state.taken}`, { replyTo: message.replyTo, input } as unknown as Json);
      return;
    }
    case 'reply':
      return answered(context, message.callId, message.outcome);
    case 'cancelled':
      for (const [key, value] of state.records.entries('invocation:')) {
        const { replyTo } = value as unknown as InvocationRecord;
        if (replyTo.callId !== message.replyTo.callId || replyTo.address !== message.replyTo.address) continue;
        state.records.delete(key);
        if (Number(key.slice('invocation:'.length)) <= state.sent) effects.push({ type: 'cancel', callId: key });
        return;
      }
      return;
    case 'notice': {
      const notice = message.notice as JsonObject;
      if (notice['type'] === 'keep') state.records.set('destination', notice['destination']!);
      else if (notice['type'] === 'delete') state.records.delete('destination');
      return;
    }
    case 'timer':
    case 'progress':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

/** Sends as many of those that wait as there are tokens; a second's worth at most are saved up. */
function sendWaiting(context: DestinationContext): void {
  const { state, now, effects } = context;
  if (state.sent === state.taken) return;
  const destination = destinationOf(context);
  const rate = destination?.ratePerSecond ?? 1;
  // A clock that has gone back gives nothing.
  state.tokens = state.tokens < 0 ? rate : Math.min(rate, state.tokens + (Math.max(0, now - state.countedAt) * rate) / 1000);
  state.countedAt = now;
  while (state.sent < state.taken) {
    const key = `invocation:${state.sent + 1}`;
    const invocation = state.records.get(key) as unknown as InvocationRecord | undefined;
    if (invocation) {
      if (state.tokens < 1 && destination) {
        effects.push({ type: 'timer', key: RATE_TIMER, at: now + Math.ceil(((1 - state.tokens) * 1000) / rate) });
        return;
      }
      state.tokens--;
      if (destination) effects.push({ type: 'call', to: destination.connectionArn, callId: key, request: { action: 'Exchange', input: requestOf(destination, invocation.input, context.timeoutMs) as unknown as JsonObject } });
      else answered(context, key, { ok: false, error: { Error: 'ResourceNotFoundException', Cause: 'The API destination was deleted.' } });
    }
    state.sent++;
  }
}

/** Methods whose requests have no body. */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html#eb-api-destination-headers */
const FIXED_HEADERS: Readonly<Record<string, string>> = {
  'User-Agent': 'Amazon/EventBridge/ApiDestinations',
  'Content-Type': 'application/json; charset=utf-8',
  Range: 'bytes=0-1048575',
  'Accept-Encoding': 'gzip,deflate',
  Connection: 'close',
};
/** A target may say what its body is; the rest is EventBridge's own. */
const OWN_HEADERS = Object.entries(FIXED_HEADERS).filter(([name]) => name !== 'Content-Type');

function requestOf({ endpoint, method }: DestinationRecord, input: JsonObject, timeoutMs: number): HttpRequest {
  const { Body: body = '', HttpParameters: { PathParameterValues: values = [], HeaderParameters: headers = {}, QueryStringParameters: query = {} } = {} } = input as {
    Body?: string;
    HttpParameters?: { PathParameterValues?: readonly string[]; HeaderParameters?: Record<string, string>; QueryStringParameters?: Record<string, string> };
  };
  let next = 0;
  const url = endpoint.replace(/\*/g, () => encodeURIComponent(values[next++] ?? ''));
  return {
    method,
    url: withQuery(url, Object.entries(query)),
    headers: withHeaders(withHeaders(FIXED_HEADERS, Object.entries(headers)), OWN_HEADERS),
    ...(!BODILESS.has(method) && { body }),
    timeoutMs,
  };
}

function answered({ state, effects, now }: DestinationContext, key: string, outcome: Outcome): void {
  const invocation = state.records.get(key) as unknown as InvocationRecord | undefined;
  if (!invocation) return;
  state.records.delete(key);
  effects.push({ type: 'reply', to: invocation.replyTo, outcome: outcome.ok ? { ok: true, value: answerOf(outcome.value as unknown as HttpResponse, now) } : outcome });
}

function answerOf({ status, headers, body }: HttpResponse, now: EpochMs): JsonObject {
  const retryAfterMs = delayOf(headers['retry-after'], now);
  return { StatusCode: status, Headers: headers, Body: body, ...(retryAfterMs !== undefined && { RetryAfterMs: retryAfterMs }) };
}

/** A Retry-After in seconds or as a date, in milliseconds from now. */
function delayOf(text: string | undefined, now: EpochMs): number | undefined {
  if (text === undefined) return undefined;
  const delay = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return delay > 0 ? Math.min(delay, DAY_MS) : undefined;
}

const DAY_MS = 86_400_000;
