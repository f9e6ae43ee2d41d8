import type { JsonObject } from '@interstate/kernel';
import { archiveMessage } from './archive.ts';
import { protectOutbound } from './data-protection/protect.ts';
import { enterDelivery } from './delivery/journal.ts';
import { fanOut } from './fan-out.ts';
import type { Message, MessageContent } from './message.ts';
import { isPerGroup, type TopicContext } from './topic-state.ts';

/** A message that has been checked and may come in. */
export interface IncomingMessage {
  readonly id: string;
  readonly content: MessageContent;
  /** As Publish was given it: its hash is the deduplication id where there is none. */
  readonly raw: string;
}

/** Takes a message and sends it to every subscription that wants it. Gives what Publish answers. */
export function publish(context: TopicContext, incoming: IncomingMessage): JsonObject {
  const { state, now } = context;
  const { root } = state;
  if (root.fifo) return publishInOrder(context, incoming);
  const { id, content } = incoming;
  const message: Message = { ...content, number: ++root.messages, id, time: now };
  const outgoing = state.protection.length === 0 ? message : protectOutbound(context, message, id);
  if (outgoing) fanOut(context, outgoing === message ? message : { ...message, ...outgoing });
  else deny(context, id);
  return { MessageId: id };
}

/** Nobody gets the message. */
function deny(context: TopicContext, id: string): void {
  for (const live of context.state.subscriptions.values()) {
    if (live.of.pendingSince === undefined) enterDelivery(context, live, id, 0, 'failed', { code: 'DataProtectionDeny', message: 'The data protection policy of the topic keeps the message back.' });
  }
}

function publishInOrder(context: TopicContext, { id, content, raw }: IncomingMessage): JsonObject {
  const { state, now, crypto, options } = context;
  const { root, records } = state;
  const deduplicationId = content.deduplicationId ?? crypto.hash('SHA-256', raw);
  const key = `d:${isPerGroup(state) ? `${content.groupId} ` : ''}${deduplicationId}`;
  const known = records.get(key) as { readonly until: number; readonly answer: JsonObject } | undefined;
  if (known && known.until > now) return known.answer;
  const number = ++root.messages;
  const message: Message = { ...content, deduplicationId, number, id, time: now, sequenceNumber: `1${String(number * 1000).padStart(19, '0')}` };
  const answer = { MessageId: id, SequenceNumber: message.sequenceNumber! };
  const until = now + options.limits.deduplicationSeconds * 1000;
  records.set(key, { until, answer });
  state.expiries.set(key, until);
  archiveMessage(context, message);
  fanOut(context, message);
  return answer;
}
