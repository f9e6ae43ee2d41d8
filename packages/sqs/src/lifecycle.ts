import { createRandom, type Json, type JsonObject } from '@interstate/kernel';
import { emptyMetrics } from './metrics.ts';
import { DELAYED, GONE, type Message } from './message.ts';
import { leave } from './places.ts';
import { refusePollers } from './polling.ts';
import { newRoot, type QueueState } from './queue-state.ts';
import type { QueueAttributes } from './settings.ts';

/** What a queue's directory asks of it; no operations of the API. */
export const CONFIGURE = 'ConfigureQueue';
export const FORGET = 'ForgetQueue';

export interface OpenNotice {
  readonly type: 'open';
  readonly arn: string;
  readonly seed: string;
  readonly attributes: QueueAttributes;
  readonly tags: Readonly<Record<string, string>>;
}

/** A queue is born, perhaps where there was one before. */
export function openQueue(state: QueueState, notice: JsonObject): void {
  const { type, arn, seed, attributes, tags } = notice as unknown as OpenNotice;
  if (type !== 'open') return;
  const { now, crypto } = state;
  if (state.root.timerAt !== 0 || state.root.arn !== '') state.effects.push({ type: 'resumed' });
  // The two must not give each other away: ids are seen by everybody.
  const secret = crypto.hash('SHA-256', `handles ${seed} ${arn}`).slice(0, 32);
  const words = crypto.hash('SHA-256', `ids ${seed} ${arn}`);
  const word = (index: number): number => Number.parseInt(words.slice(8 * index, 8 * index + 8), 16);
  state.root = { ...newRoot(), arn, secret, random: createRandom([word(0), word(1), word(2), word(3)]), createdAt: now, modifiedAt: now, advancedTo: now, isDeleted: false, counters: emptyMetrics() };
  state.configure(attributes);
  state.tags = tags;
  state.saveSettings();
}

/** New attributes. A FIFO queue's delay holds for what is delayed already, and the retention for all there is. */
export function changeQueue(state: QueueState, { attributes }: JsonObject): Json {
  const { delayMs } = state.settings;
  state.configure(attributes as QueueAttributes);
  state.root.modifiedAt = state.now;
  state.saveSettings();
  const { settings } = state;
  if (settings.isFifo && settings.delayMs !== delayMs) {
    // What has served its delay, or had none, is not delayed again.
    state.root.availableThrough = state.root.number;
    for (const message of [...state.waiting].filter(({ place }) => place === DELAYED)) {
      state.root.availableThrough = Math.min(state.root.availableThrough, message.number - 1);
      state.waiting.remove(message);
      state.waiting.add(message.sentAt + settings.delayMs, message);
    }
  }
  return {};
}

/** The queue is gone, with all that is in it; whoever waits is told. */
export function deleteQueue(state: QueueState): Json {
  refusePollers(state);
  if (state.root.timerAt !== 0) state.effects.push({ type: 'clearTimer', key: 'due' });
  for (const message of allMessages(state)) {
    leave(state, message, GONE);
    state.touchedBodies.push(message);
  }
  for (const message of state.leaving.values()) {
    message.place = GONE;
    state.touchedBodies.push(message);
  }
  state.clear();
  state.effects.push({ type: 'ended' });
  return {};
}

/** Delayed, ready and in flight. */
export function allMessages(state: QueueState): Message[] {
  const all = [...state.elders];
  for (let message = state.oldest; message !== null; message = message.newer) all.push(message);
  return all;
}
