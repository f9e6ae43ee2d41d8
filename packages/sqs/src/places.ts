import { reviewNoise } from './fairness.ts';
import { windowAt, type Lane } from './lane.ts';
import { DELAYED, IN_FLIGHT, READY, GONE, type LEAVING, type Message } from './message.ts';
import type { QueueState } from './queue-state.ts';

// How messages move from place to place. Each keeps counts, lanes and heaps right; none touches records.

/** Takes a new or returning message into the queue: at once, or at `dueAt` after a delay. */
export function enter(state: QueueState, message: Message, dueAt: number): void {
  if (message.lane.size++ === 0 && state.idle.size > 0) state.idle.delete(message.lane);
  addByAge(state, message);
  if (dueAt <= state.now) return makeReady(state, message);
  message.place = DELAYED;
  state.delayed++;
  state.waiting.add(dueAt, message);
}

export function makeReady(state: QueueState, message: Message): void {
  const { lane } = message;
  message.place = READY;
  state.ready++;
  lane.add(message);
  arrange(state, lane);
}

/** A ready message goes to a consumer until `visibleAt`. */
export function makeInFlight(state: QueueState, message: Message, visibleAt: number): void {
  const { lane } = message;
  lane.remove(message);
  state.ready--;
  message.place = IN_FLIGHT;
  state.inFlight++;
  lane.inFlight++;
  state.waiting.add(visibleAt, message);
  arrange(state, lane);
}

/** A message in flight is held no longer. @param endedAt when that came about */
export function release(state: QueueState, message: Message, endedAt: number): void {
  endDelivery(state, message, endedAt);
  makeReady(state, message);
}

/** Out of the queue, wherever it was. */
export function leave(state: QueueState, message: Message, place: typeof GONE | typeof LEAVING): void {
  const { lane } = message;
  if (message.place === READY) {
    lane.remove(message);
    state.ready--;
  } else if (message.place === IN_FLIGHT) {
    endDelivery(state, message, state.now);
  } else if (message.place === DELAYED) {
    state.waiting.remove(message);
    state.delayed--;
  }
  message.place = place;
  lane.size--;
  removeByAge(state, message);
  if (place === GONE) state.sealed.delete(message);
  const { delivery } = message;
  if (delivery !== null) {
    state.handles.delete(delivery.handle);
    if (place === GONE) state.leftReceived.push(message);
    if (state.settings.isFifo) state.received.delete(message.number);
  }
  arrange(state, lane);
  if (lane.size === 0) dropLane(state, lane);
}

/** The lane to be served next. */
export function nextLane(state: QueueState): Lane | undefined {
  const { servable, noisy } = state;
  if (state.lanes.size > 1 && !state.settings.isFifo) reviewNoise(state);
  if (servable.first !== undefined || noisy.size === 0) return servable.first;
  let best: Lane | undefined;
  for (const lane of noisy) if (best === undefined || lane.headNumber < best.headNumber) best = lane;
  return best;
}

function endDelivery(state: QueueState, message: Message, endedAt: number): void {
  const { lane } = message;
  state.waiting.remove(message);
  state.inFlight--;
  lane.inFlight--;
  if (lane.key !== '' && !state.settings.isFifo) {
    const held = endedAt - message.delivery!.receivedAt;
    const window = windowAt(endedAt, state.options.limits.noisyWindowSeconds);
    lane.processing.add(held, window);
    state.processing.add(held, window);
    const { processing } = lane;
    state.small.set(tenantKey(lane), [processing.window, processing.current, processing.previous]);
  }
}

export function tenantKey({ key }: Lane): string {
  return `t:${key}`;
}

/** Puts a lane where it belongs among those that can be served; a FIFO group waits while any of its messages is in flight. */
function arrange(state: QueueState, lane: Lane): void {
  const { head } = lane;
  const { servable, noisy } = state;
  if (head === undefined || (lane.inFlight > 0 && state.settings.isFifo)) {
    if (lane.slot >= 0) servable.remove(lane);
    else if (lane.isNoisy) {
      lane.isNoisy = false;
      noisy.delete(lane);
    }
    return;
  }
  const changed = lane.headNumber !== head.number;
  lane.headNumber = head.number;
  if (lane.slot >= 0) {
    if (changed) servable.update(lane.headNumber, lane);
  } else if (!lane.isNoisy) servable.add(lane.headNumber, lane);
}

/** Forgets tenants that have neither messages nor a recent past. */
export function dropIdleLanes(state: QueueState): void {
  // What stays keeps its place: taken out and put back, it would come up again without end.
  for (const lane of state.idle) dropLane(state, lane);
}

/** A group without messages is forgotten, unless what it did of late still counts. */
function dropLane(state: QueueState, lane: Lane): void {
  if (lane.key === '') return;
  const { limits } = state.options;
  if (lane.processing.total(windowAt(state.now, limits.noisyWindowSeconds)) > 0) return void state.idle.add(lane);
  state.idle.delete(lane);
  state.lanes.delete(lane.key);
  state.small.delete(tenantKey(lane));
}

function addByAge(state: QueueState, message: Message): void {
  const { newest } = state;
  if (newest !== null && newest.sentAt > message.sentAt) {
    state.elders.splice(elderIndex(state, message), 0, message);
    return;
  }
  message.older = newest;
  if (newest === null) state.oldest = message;
  else newest.newer = message;
  state.newest = message;
}

function removeByAge(state: QueueState, message: Message): void {
  const { older, newer } = message;
  if (older === null && newer === null && state.oldest !== message) {
    const index = elderIndex(state, message);
    if (state.elders[index] === message) state.elders.splice(index, 1);
    return;
  }
  if (older === null) state.oldest = newer;
  else older.newer = newer;
  if (newer === null) state.newest = older;
  else newer.older = older;
  message.older = message.newer = null;
}

/** Where a message stands among the elders, or would. */
function elderIndex({ elders }: QueueState, { sentAt, number }: Message): number {
  let low = 0;
  let high = elders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = elders[middle]!;
    if (at.sentAt < sentAt || (at.sentAt === sentAt && at.number < number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The message that has been here longest. */
export function oldestMessage({ oldest, elders }: QueueState): Message | undefined {
  const elder = elders[0];
  if (oldest === null) return elder;
  return elder !== undefined && elder.sentAt < oldest.sentAt ? elder : oldest;
}
