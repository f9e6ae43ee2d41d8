import { listWith, plainConstructor, type DeliveryEntry, type EpochMs, type Writable } from '@interstate/kernel';
import type { LiveSubscription } from '../subscription.ts';
import type { TopicContext } from '../topic-state.ts';

/** Enters what became of a message at a subscription into the topic's journal. */
export function enterDelivery(context: TopicContext, { of: { arn, endpoint } }: LiveSubscription, messageId: string, attempt: number, status: DeliveryEntry['status'], failure?: { readonly code: string; readonly message: string }): void {
  const entry: DeliveryEntry = new Entry(context.now, arn, endpoint, messageId, attempt, status);
  context.journal = listWith(context.journal, failure ? { ...entry, error: failure.code, reason: failure.message } : entry);
}

const Entry = plainConstructor(function (this: Writable<DeliveryEntry>, time: EpochMs, by: string, to: string, messageId: string, attempt: number, status: DeliveryEntry['status']) {
  this.type = 'delivery';
  this.time = time;
  this.by = by;
  this.to = to;
  this.messageId = messageId;
  this.attempt = attempt;
  this.status = status;
});
