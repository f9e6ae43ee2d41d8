import { nextUuid, type Outcome } from '@interstate/kernel';
import { CONFIRMATION, sendConfirmation } from '../confirmation.ts';
import { archivedMessage, keptMessage, releaseMessage } from '../kept-messages.ts';
import { advanceReplay } from '../replay.ts';
import type { Message } from '../message.ts';
import type { LiveSubscription } from '../subscription.ts';
import type { TopicContext } from '../topic-state.ts';
import { attempt, call, callDeadLetterQueue, deliveryId, digitsAt, forgetRetry, keepRetry, renderingOf, retryOf, type Retry } from './deliver.ts';
import { failureOf, type DeliveryFailure } from './failure.ts';
import { enterDelivery } from './journal.ts';
import { logDelivery } from './log.ts';
import { SERVICE_PHASES, waitBeforeRetry } from './phases.ts';

/** The answer to an attempt: it was delivered, is tried again, or given up. */
export function attempted(context: TopicContext, callId: string, outcome: Outcome): void {
  const slash = callId.indexOf('/');
  const number = digitsAt(callId, 0, slash);
  const subscription = digitsAt(callId, slash + 1, callId.length);
  const live = context.state.subscriptions.get(subscription) ?? context.state.leaving.get(subscription);
  // An answer to what is of no interest (a log record), or of a topic that is no more.
  if (!live || Number.isNaN(number)) return;
  const retry = retryOf(context, callId);
  if (number === CONFIRMATION) return confirmationAttempted(context, live, callId, (retry?.attempts ?? 0) + 1, outcome);
  if (retry?.deadLetter) return deadLettered(context, live, number, retry, outcome);
  const attempts = (retry?.attempts ?? 0) + 1;
  const failure = failureOf(live.of.protocol, outcome);
  if (failure) return failed(context, live, number, attempts, failure);
  enterDelivery(context, live, idOf(context, number), attempts, 'delivered');
  logDelivery(context, live, messageOf(context, number), attempts, outcome, undefined);
  settle(context, number, live);
}

function failed(context: TopicContext, live: LiveSubscription, number: number, attempts: number, failure: DeliveryFailure): void {
  const id = deliveryId(number, live.of.number);
  const isSubscribed = context.state.subscriptions.has(live.of.number);
  const wait = failure.retryable && isSubscribed ? waitBeforeRetry(live.phases, attempts) : undefined;
  if (wait !== undefined) {
    enterDelivery(context, live, idOf(context, number), attempts, 'retrying', failure);
    return keepRetry(context, id, { attempts, at: context.now + wait });
  }
  logDelivery(context, live, messageOf(context, number), attempts, undefined, failure);
  if (live.deadLetterQueue === undefined || !isSubscribed) {
    enterDelivery(context, live, idOf(context, number), attempts, 'failed', failure);
    return settle(context, number, live);
  }
  const { code, message } = failure;
  const retry: Retry = { attempts, deadLetter: { code, message, requestId: nextUuid(context.state.root.random), attempts: 0 } };
  keepRetry(context, id, retry);
  callDeadLetterQueue(context, renderingOf(context, messageOf(context, number)!), live, id, retry);
}

function deadLettered(context: TopicContext, live: LiveSubscription, number: number, retry: Retry, outcome: Outcome): void {
  const { code, message, attempts } = retry.deadLetter!;
  const failure = failureOf('sqs', outcome);
  if (!failure) {
    enterDelivery(context, live, idOf(context, number), retry.attempts, 'deadLettered', { code, message });
    return settle(context, number, live);
  }
  const wait = failure.retryable ? waitBeforeRetry(SERVICE_PHASES, attempts + 1) : undefined;
  if (wait === undefined) {
    enterDelivery(context, live, idOf(context, number), retry.attempts, 'failed', { code, message: `${message} Its dead-letter queue refused the message: ${failure.code} ${failure.message}` });
    return settle(context, number, live);
  }
  keepRetry(context, deliveryId(number, live.of.number), { ...retry, at: context.now + wait, deadLetter: { ...retry.deadLetter!, attempts: attempts + 1 } });
}

/** The answer of an endpoint that was asked whether it wants the messages. What it thinks of that it says elsewhere. */
function confirmationAttempted(context: TopicContext, live: LiveSubscription, id: string, attempts: number, outcome: Outcome): void {
  const failure = failureOf(live.of.protocol, outcome);
  const wait = failure?.retryable && live.of.pendingSince !== undefined ? waitBeforeRetry(live.phases, attempts) : undefined;
  enterDelivery(context, live, live.of.arn, attempts, wait !== undefined ? 'retrying' : failure ? 'failed' : 'delivered', failure);
  if (wait !== undefined) return keepRetry(context, id, { attempts, at: context.now + wait });
  forgetRetry(context, id);
}

/** A delivery that waited is due. */
export function retryDue(context: TopicContext, id: string): void {
  const [number, subscription] = id.split('/').map(Number) as [number, number];
  const live = context.state.subscriptions.get(subscription) ?? context.state.leaving.get(subscription);
  const message = messageOf(context, number);
  const retry = retryOf(context, id);
  if (!live || !retry) return;
  const { at: _due, ...underWay } = retry;
  keepRetry(context, id, underWay);
  if (number === CONFIRMATION) return sendConfirmation(context, live.of);
  if (!message) return;
  const rendering = renderingOf(context, message);
  if (retry.deadLetter) callDeadLetterQueue(context, rendering, live, id, retry);
  else call(context, rendering, live, id);
}

/** The delivery is over, one way or another: what waited for it goes on. */
export function settle(context: TopicContext, number: number, live: LiveSubscription): void {
  const { state } = context;
  const { number: subscription, replay } = live.of;
  if (state.failing > 0) forgetRetry(context, deliveryId(number, subscription));
  if (!state.root.fifo) return releaseMessage(context, number);
  const key = `f:${subscription}/${number}`;
  const groupId = state.records.get(key) as string | undefined;
  if (groupId === undefined) {
    if (replay) advanceReplay(context, live, number);
    return;
  }
  state.records.delete(key);
  releaseMessage(context, number);
  const next = state.groups.shift(subscription, groupId);
  if (next !== undefined) attempt(context, renderingOf(context, messageOf(context, next)!), live);
}

/** A message with deliveries open, or one that is sent again from the archive. */
function messageOf(context: TopicContext, number: number): Message | undefined {
  return keptMessage(context, number) ?? archivedMessage(context, number);
}

function idOf(context: TopicContext, number: number): string {
  return messageOf(context, number)?.id ?? '';
}
