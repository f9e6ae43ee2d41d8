import type { DeliveryEntry } from '@interstate/kernel';
import type { LiveSubscription } from '../subscription.ts';
import type { TopicContext } from '../topic-state.ts';

/** Enters what became of a message at a subscription into the topic's journal. */
export function enterDelivery(context: TopicContext, { of: { arn, endpoint } }: LiveSubscription, messageId: string, attempt: number, status: DeliveryEntry['status'], failure?: { readonly code: string; readonly message: string }): void {
  const entry: DeliveryEntry = { type: 'delivery', time: context.now, by: arn, to: endpoint, messageId, attempt, status };
  context.journal.push(failure ? { ...entry, error: failure.code, reason: failure.message } : entry);
}
