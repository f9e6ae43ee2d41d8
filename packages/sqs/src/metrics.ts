import type { EpochMs } from '@interstate/kernel';
import { isNoisy } from './fairness.ts';
import type { QueueState } from './queue-state.ts';

/** What a queue has counted since it was made. */
export interface Counters {
  sent: number;
  /** Messages handed out, again and again where they were received again. */
  received: number;
  deleted: number;
  emptyReceives: number;
  /** FIFO: sends that were duplicates. */
  deduplicated: number;
  /** UTF-8 bytes of all messages sent. */
  sentBytes: number;
  movedToDeadLetterQueue: number;
  expired: number;
}

export function emptyMetrics(): Counters {
  return { sent: 0, received: 0, deleted: 0, emptyReceives: 0, deduplicated: 0, sentBytes: 0, movedToDeadLetterQueue: 0, expired: 0 };
}

/** The numbers CloudWatch shows for a queue, by its names: exact, counted from the queue's birth. */
export interface QueueMetrics {
  readonly NumberOfMessagesSent: number;
  readonly NumberOfMessagesReceived: number;
  readonly NumberOfMessagesDeleted: number;
  readonly NumberOfEmptyReceives: number;
  readonly NumberOfDeduplicatedSentMessages: number;
  /** UTF-8 bytes, over all messages sent. */
  readonly SentMessageSize: number;
  readonly ApproximateNumberOfMessagesVisible: number;
  readonly ApproximateNumberOfMessagesNotVisible: number;
  readonly ApproximateNumberOfMessagesDelayed: number;
  /** Seconds. */
  readonly ApproximateAgeOfOldestMessage: number;
  /** FIFO. */
  readonly ApproximateNumberOfGroupsWithInflightMessages: number;
  /** Fair queues: tenants that yield to others, and the messages of those that need not. */
  readonly ApproximateNumberOfNoisyGroups: number;
  readonly ApproximateNumberOfMessagesVisibleInQuietGroups: number;
  readonly ApproximateNumberOfMessagesNotVisibleInQuietGroups: number;
}

/**
 * The CloudWatch numbers of a queue. Looks at every group.
 * @param state `cloud.host.stateOf(queueArn)`
 * @param now `cloud.now()`
 */
export function queueMetrics(state: QueueState, now: EpochMs): QueueMetrics {
  const { counters } = state.root;
  const noisy = [...state.lanes.values()].filter((lane) => isNoisy(state, lane, now));
  const sum = (of: (typeof noisy)[number][], count: 'inFlight' | 'size'): number => of.reduce((total, lane) => total + lane[count], 0);
  const oldest = Math.min(state.oldest?.sentAt ?? now, state.elders[0]?.sentAt ?? now);
  const noisyNotVisible = sum(noisy, 'inFlight');
  return {
    NumberOfMessagesSent: counters.sent,
    NumberOfMessagesReceived: counters.received,
    NumberOfMessagesDeleted: counters.deleted,
    NumberOfEmptyReceives: counters.emptyReceives,
    NumberOfDeduplicatedSentMessages: counters.deduplicated,
    SentMessageSize: counters.sentBytes,
    ApproximateNumberOfMessagesVisible: state.ready,
    ApproximateNumberOfMessagesNotVisible: state.inFlight,
    ApproximateNumberOfMessagesDelayed: state.delayed,
    ApproximateAgeOfOldestMessage: Math.floor((now - oldest) / 1000),
    ApproximateNumberOfGroupsWithInflightMessages: state.settings.isFifo ? [...state.lanes.values()].filter(({ inFlight }) => inFlight > 0).length : 0,
    ApproximateNumberOfNoisyGroups: noisy.length,
    ApproximateNumberOfMessagesVisibleInQuietGroups: state.ready - sum(noisy, 'size') + noisyNotVisible,
    ApproximateNumberOfMessagesNotVisibleInQuietGroups: state.inFlight - noisyNotVisible,
  };
}
