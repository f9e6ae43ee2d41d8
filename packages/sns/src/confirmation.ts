import { HTTP_ADDRESS, nextUuid, type EpochMs, type Json } from '@interstate/kernel';
import { confirmationEnvelope, confirmationUrl } from './envelope.ts';
import { confirmationEmail, OUTBOX_ADDRESS } from './outbox.ts';
import { deliveryId, senderOf } from './delivery/deliver.ts';
import { httpHeaders } from './delivery/requests.ts';
import { DAY_MS } from './limits.ts';
import { createToken } from './token.ts';
import type { Subscription } from './subscription.ts';
import type { TopicContext } from './topic-state.ts';

/** Stands for the confirmation in the name of a delivery, where messages have their number. */
export const CONFIRMATION = 0;

/** Asks an endpoint whether it wants the messages. Tried again as messages are. */
export function sendConfirmation(context: TopicContext, subscription: Subscription): void {
  const { number, endpoint, protocol } = subscription;
  const { token, id, envelope } = confirmation(context, number, 'SubscriptionConfirmation');
  const callId = deliveryId(CONFIRMATION, number);
  if (protocol === 'http' || protocol === 'https') {
    context.effects.push({ type: 'call', to: HTTP_ADDRESS, callId, request: post(context, endpoint, 'SubscriptionConfirmation', id, envelope) });
  } else {
    const request = confirmationEmail(context, { id, to: endpoint, link: confirmationUrl(context.options, context.arn, token), envelope: protocol === 'email-json' ? envelope : undefined });
    context.effects.push({ type: 'call', to: OUTBOX_ADDRESS, callId, request });
  }
}

/** A subscription that its endpoint may have back. */
export interface EndedSubscription {
  readonly subscription: Subscription;
  readonly until: EpochMs;
}

export function endedKey(number: number): string {
  return `u:${number}`;
}

/** Tells an HTTP endpoint that its subscription has ended, and how to take that back. Not tried again, and in no dead-letter queue. */
export function sendFarewell(context: TopicContext, subscription: Subscription): void {
  const { number, endpoint, protocol } = subscription;
  if (protocol !== 'http' && protocol !== 'https') return;
  const { state, options, now } = context;
  const until = now + options.limits.confirmationDays * DAY_MS;
  state.records.set(endedKey(number), { subscription, until } satisfies EndedSubscription as unknown as Json);
  state.expiries.set(endedKey(number), until);
  const { id, envelope } = confirmation(context, number, 'UnsubscribeConfirmation');
  context.tell(HTTP_ADDRESS, post(context, endpoint, 'UnsubscribeConfirmation', id, envelope));
}

function confirmation(context: TopicContext, subscription: number, type: Parameters<typeof confirmationEnvelope>[1]): { readonly token: string; readonly id: string; readonly envelope: string } {
  const { state, crypto, arn, now } = context;
  const token = createToken(crypto, state.root.secret, arn, subscription);
  const id = nextUuid(state.root.random);
  return { token, id, envelope: confirmationEnvelope(senderOf(context), type, { id, time: now, token }) };
}

function post({ arn, state, options }: TopicContext, url: string, type: string, id: string, body: string): Json {
  return { method: 'POST', url, headers: httpHeaders(type, id, arn, state.http.contentType), body, timeoutMs: options.limits.httpTimeoutSeconds * 1000 };
}
