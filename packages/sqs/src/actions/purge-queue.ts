import type { Json } from '@interstate/kernel';
import { fault } from '../faults.ts';
import { allMessages } from '../lifecycle.ts';
import { GONE } from '../message.ts';
import { nameOfArn } from '../names.ts';
import { leave } from '../places.ts';
import type { QueueState } from '../queue-state.ts';

/** Visible, in flight and delayed: all go. What was sent stays known to deduplication. */
export function purgeQueue(state: QueueState): Json {
  const { root, now, options: { limits } } = state;
  if (root.purgedAt >= 0 && now < root.purgedAt + limits.purgeSeconds * 1000) throw fault('PurgeQueueInProgress', { name: nameOfArn(root.arn), seconds: limits.purgeSeconds });
  root.purgedAt = now;
  for (const message of allMessages(state)) {
    leave(state, message, GONE);
    state.touchedBodies.push(message);
  }
  return {};
}
