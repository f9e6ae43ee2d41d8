import { CallEffect, type Json } from '@interstate/kernel';
import { Rendering, type Sender } from '../envelope.ts';
import type { Message } from '../message.ts';
import type { LiveSubscription } from '../subscription.ts';
import { attributesOf, type TopicContext } from '../topic-state.ts';
import { deadLetterCall, deliveryCall } from './requests.ts';

/** A delivery that has failed, waits for its turn, or is on its way to the dead-letter queue. */
export interface Retry {
  /** Attempts made at the endpoint. */
  readonly attempts: number;
  /** When it is tried again; absent while an attempt is under way. */
  readonly at?: number;
  /** Set once the endpoint is given up: why, and attempts made at the dead-letter queue. */
  readonly deadLetter?: { readonly code: string; readonly message: string; readonly requestId: string; readonly attempts: number };
}

/** Names a delivery: in records, and in the calls that make it. */
export function deliveryId(message: number, subscription: number): string {
  return `${message}/${subscription}`;
}

/** The number that a part of such an id is; NaN where it is none. */
export function digitsAt(id: string, from: number, to: number): number {
  let number = from < to ? 0 : Number.NaN;
  for (let index = from; index < to; index++) {
    const digit = id.charCodeAt(index) - ZERO;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}

const ZERO = 48;

export function retryOf({ state }: TopicContext, id: string): Retry | undefined {
  return state.failing === 0 ? undefined : (state.records.get(`r:${id}`) as unknown as Retry | undefined);
}

/** Keeps how a delivery stands, and wakes the topic when it is due. */
export function keepRetry({ state }: TopicContext, id: string, retry: Retry): void {
  const key = `r:${id}`;
  if (!state.records.has(key)) state.failing++;
  state.records.set(key, retry as unknown as Json);
  if (retry.at === undefined) state.retries.delete(key);
  else state.retries.set(key, retry.at);
}

/** A delivery has no failures to remember any more. */
export function forgetRetry({ state }: TopicContext, id: string): void {
  const key = `r:${id}`;
  if (state.failing === 0 || !state.records.has(key)) return;
  state.failing--;
  state.records.delete(key);
  state.retries.delete(key);
}

export function senderOf(context: TopicContext): Sender {
  const { arn, state, options, crypto } = context;
  return { topicArn: arn, fifo: state.root.fifo, signatureVersion: attributesOf(state)['SignatureVersion'] === '2' ? '2' : '1', options, crypto };
}

export function renderingOf(context: TopicContext, message: Message): Rendering {
  return new Rendering(senderOf(context), message);
}

/** Makes the next attempt of a delivery, unless the endpoint must not be called so soon. */
export function attempt(context: TopicContext, rendering: Rendering, live: LiveSubscription): void {
  const { number } = live.of;
  const id = deliveryId(rendering.message.number, number);
  if (live.http?.maxReceivesPerSecond !== undefined) {
    const at = nextTurn(context, number, live.http.maxReceivesPerSecond);
    if (at > context.now) return keepRetry(context, id, { attempts: retryOf(context, id)?.attempts ?? 0, at });
  }
  call(context, rendering, live, id);
}

/** Makes an attempt now. */
export function call(context: TopicContext, rendering: Rendering, live: LiveSubscription, id: string): void {
  const { to, request } = deliveryCall(context, rendering, live, isReplayed(live, rendering.message.number));
  context.effects.push(new CallEffect(to, id, request));
}

function isReplayed({ of: { replay } }: LiveSubscription, message: number): boolean {
  return replay?.at === message && message <= replay.last;
}

/** When a throttled endpoint takes one more; the time after is taken for the next. */
function nextTurn({ state, now }: TopicContext, subscription: number, perSecond: number): number {
  const key = `t:${subscription}`;
  const at = Math.max(now, (state.records.get(key) as number | undefined) ?? 0);
  state.records.set(key, at + 1000 / perSecond);
  return at;
}

/** Sends what could not be delivered to the dead-letter queue. */
export function callDeadLetterQueue(context: TopicContext, rendering: Rendering, live: LiveSubscription, id: string, retry: Retry): void {
  const { to, request } = deadLetterCall(context, rendering, live, retry.deadLetter!);
  context.effects.push({ type: 'call', to, callId: id, request });
}
