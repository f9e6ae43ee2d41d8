import type { Json } from '@interstate/kernel';
import { archivedMessage } from './kept-messages.ts';
import type { Message } from './message.ts';
import { archivedUntil, attributesOf, type TopicContext, type TopicState } from './topic-state.ts';

/** True where the topic keeps what is published. */
export function archives(state: TopicState): boolean {
  return (attributesOf(state)['ArchivePolicy'] ?? '{}') !== '{}';
}

export function archiveMessage({ state }: TopicContext, message: Message): void {
  if (!archives(state)) return;
  const key = `a:${message.number}`;
  state.records.set(key, message as unknown as Json);
  state.archive.push(message.number);
  state.expiries.set(key, archivedUntil(state, message.time));
}

/** A message's time in the archive is over, unless a replay still needs it: then it is looked at again in an hour. */
export function archiveExpired(context: TopicContext, key: string): void {
  const { state, now } = context;
  const number = Number(key.slice(2));
  for (const subscription of state.replaying) {
    const { replay } = state.subscriptions.get(subscription)!.of;
    // Under way, or published since and not sent yet.
    if (replay!.at === number || number > replay!.last) return state.expiries.set(key, now + 3_600_000);
  }
  state.records.delete(key);
  const at = state.archive.indexOf(number);
  if (at >= 0) state.archive.splice(at, 1);
}

/** The archive's policy has changed: messages are kept for longer or shorter, or go at once. */
export function archivePolicyChanged(context: TopicContext): void {
  const { state } = context;
  const kept = archives(state);
  for (const number of [...state.archive]) {
    const key = `a:${number}`;
    if (kept) state.expiries.set(key, archivedUntil(state, archivedMessage(context, number)!.time));
    else {
      state.expiries.delete(key);
      state.records.delete(key);
    }
  }
  if (!kept) state.archive = [];
}
