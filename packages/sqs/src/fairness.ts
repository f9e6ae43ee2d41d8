import type { EpochMs } from '@interstate/kernel';
import { windowAt, type Lane } from './lane.ts';
import type { QueueState } from './queue-state.ts';

/** Messages without a group are tenants of their own each, and never noisy. */
const NO_GROUP = '';

/**
 * Fair queues: whether a tenant has more than its share in flight, or of the processing time of this window and the last.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 */
export function isNoisy(state: QueueState, lane: Lane, now: EpochMs): boolean {
  if (lane.key === NO_GROUP || state.settings.isFifo) return false;
  const { noisyShare, noisyInFlight, noisyWindowSeconds } = state.options.limits;
  if (lane.inFlight >= noisyInFlight && lane.inFlight > state.inFlight * noisyShare) return true;
  const window = windowAt(now, noisyWindowSeconds);
  return lane.processing.total(window) > state.processing.total(window) * noisyShare;
}

/** Moves lanes between quiet and noisy as they are now. No more than 2 / noisyShare tenants can be noisy at once. */
export function reviewNoise(state: QueueState): void {
  const { noisy, servable, now } = state;
  for (const lane of noisy) {
    if (isNoisy(state, lane, now)) continue;
    noisy.delete(lane);
    lane.isNoisy = false;
    servable.add(lane.headNumber, lane);
  }
  for (let lane = servable.first; lane !== undefined && isNoisy(state, lane, now); lane = servable.first) {
    servable.remove(lane);
    lane.isNoisy = true;
    noisy.add(lane);
  }
}
