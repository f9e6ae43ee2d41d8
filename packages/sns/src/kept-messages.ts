import type { Json } from '@interstate/kernel';
import type { Message } from './message.ts';
import type { TopicContext, TopicState } from './topic-state.ts';

/** Keeps a message for as long as deliveries of it are open. */
export function keepMessage({ state }: TopicContext, message: Message, deliveries: number): void {
  const { number } = message;
  state.records.set(`m:${number}`, message as unknown as Json);
  const key = `c:${number}`;
  state.records.set(key, deliveries);
  state.open.set(number, { key, message, left: deliveries });
}

/** A signature that has been made is made no more. */
export function keepSignature({ state }: TopicContext, number: number, signature: string | undefined): void {
  const open = state.open.get(number);
  if (!open || signature === undefined || open.message.signature !== undefined) return;
  open.message = { ...open.message, signature };
  state.records.set(`m:${number}`, open.message as unknown as Json);
}

export function keptMessage({ state }: TopicContext, number: number): Message | undefined {
  return state.open.get(number)?.message;
}

export function archivedMessage({ state }: TopicContext, number: number): Message | undefined {
  return state.records.get(`a:${number}`) as unknown as Message | undefined;
}

/** One delivery of a message is over. The last takes the message along. */
export function releaseMessage({ state }: TopicContext, number: number): void {
  const { open, records, leaving } = state;
  const entry = open.get(number);
  if (entry && --entry.left > 0) return records.set(entry.key, entry.left);
  open.delete(number);
  records.delete(`c:${number}`);
  records.delete(`m:${number}`);
  if (leaving.size > 0) forgetLeft(state);
}

/** Subscriptions that have ended are of no interest once nothing from before is under way. */
export function forgetLeft({ leaving, records, open }: TopicState): void {
  const [oldest = Infinity] = open.keys();
  for (const [number, { of }] of leaving) {
    if (of.leftAt! >= oldest) return;
    leaving.delete(number);
    records.delete(`gone:${number}`);
  }
}
