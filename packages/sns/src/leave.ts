import type { Json } from '@interstate/kernel';
import { CONFIRMATION, sendFarewell } from './confirmation.ts';
import { deliveryId, forgetRetry, retryOf } from './delivery/deliver.ts';
import { enterDelivery } from './delivery/journal.ts';
import { forgetLeft, keptMessage, releaseMessage } from './kept-messages.ts';
import { liveSubscription, type LiveSubscription } from './subscription.ts';
import { dropSubscription, type TopicContext } from './topic-state.ts';

/**
 * Ends a subscription. What is under way still arrives; what waits for another attempt or for its turn is given up, and entered
 * in the journal.
 */
export function endSubscription(context: TopicContext, live: LiveSubscription, { tellsEndpoint }: { readonly tellsEndpoint: boolean }): void {
  const { state } = context;
  const { number } = live.of;
  const { replay: _replay, pendingSince: _pending, ...rest } = live.of;
  const left = { ...rest, leftAt: state.root.messages };
  dropSubscription(state, number);
  state.root.deleted++;
  state.records.set(`gone:${number}`, left as unknown as Json);
  state.leaving.set(number, liveSubscription(left, state.http));
  for (const waiting of state.groups.dropWaiting(number)) {
    state.records.delete(`f:${number}/${waiting}`);
    giveUp(context, live, waiting);
  }
  for (const message of [...state.open.keys()]) {
    const retry = retryOf(context, deliveryId(message, number));
    if (retry?.at === undefined || retry.deadLetter) continue;
    forgetRetry(context, deliveryId(message, number));
    const groupId = state.records.get(`f:${number}/${message}`) as string | undefined;
    if (groupId !== undefined) state.groups.shift(number, groupId);
    state.records.delete(`f:${number}/${message}`);
    giveUp(context, live, message);
  }
  forgetRetry(context, deliveryId(CONFIRMATION, number));
  forgetLeft(state);
  if (tellsEndpoint) sendFarewell(context, rest);
  context.tellDirectory({ type: 'unsubscribed', number });
}

function giveUp(context: TopicContext, live: LiveSubscription, message: number): void {
  enterDelivery(context, live, keptMessage(context, message)?.id ?? '', 0, 'failed', { code: 'SubscriptionDeleted', message: 'The subscription was ended before the message was delivered.' });
  releaseMessage(context, message);
}
