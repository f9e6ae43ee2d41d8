import type { EpochMs, Json, JsonObject, RecordChange, ReplyTo } from '@interstate/kernel';
import { Delivery, GONE, LEAVING, type Message } from './message.ts';
import { keepTask, type MoveTask } from './move-task.ts';
import { leavingKey } from './moving.ts';
import { enter, makeInFlight } from './places.ts';
import { keepPoller } from './polling.ts';
import { newRoot, QueueState, ROOT, SETTINGS, type DeduplicationRecord, type QueueOptions, type Root } from './queue-state.ts';
import type { ExpiringRecord } from './expiring-records.ts';
import { bodyRecord, readBodyRecord } from './sealing.ts';
import type { QueueAttributes } from './settings.ts';

// A message is two records: what was sent, written once; and its last receive, written as often as that happens.

const BODY = 'm:';
const DELIVERY = 'r:';

interface DeliveryRecord {
  readonly handle: string;
  readonly count: number;
  readonly firstAt: EpochMs;
  readonly receivedAt: EpochMs;
  readonly visibleAt: EpochMs;
  readonly attempt?: string;
  readonly kept?: true;
}

/** The records that the step has touched. */
export function changesOf(state: QueueState): RecordChange[] {
  const changes = state.small.changes();
  changes.push([ROOT, rootRecord(state)]);
  for (const message of new Set(state.touchedBodies)) {
    const { number } = message;
    if (message.place !== GONE && message.place !== LEAVING) changes.push([BODY + number, bodyRecord(state, message)]);
    else if (!state.leaving.has(number)) {
      changes.push([BODY + number, undefined]);
      if (message.delivery !== null) changes.push([DELIVERY + number, undefined]);
    }
  }
  for (const message of new Set(state.touchedDeliveries)) {
    if (message.place !== GONE && message.place !== LEAVING) changes.push([DELIVERY + message.number, deliveryRecord(message)]);
  }
  return changes;
}

/** Every record of the queue. */
export function recordsOf(state: QueueState): ReadonlyMap<string, Json> {
  const records = new Map(state.small.all());
  records.set(ROOT, rootRecord(state));
  const add = (message: Message): void => {
    records.set(BODY + message.number, bodyRecord(state, message));
    if (message.delivery !== null) records.set(DELIVERY + message.number, deliveryRecord(message));
  };
  for (let message = state.oldest; message !== null; message = message.newer) add(message);
  for (const message of state.elders) add(message);
  for (const message of state.leaving.values()) add(message);
  return records;
}

function rootRecord({ root, processing }: QueueState): Json {
  // A copy: what is let out never changes.
  return { ...root, random: [...root.random], counters: { ...root.counters }, processing: [processing.window, processing.current, processing.previous] };
}

function deliveryRecord({ delivery }: Message): Json {
  const { handle, count, firstAt, receivedAt, visibleAt, attempt, kept } = delivery!;
  return { handle, count, firstAt, receivedAt, visibleAt, ...(attempt !== undefined && { attempt }), ...(kept && { kept }) };
}

export function loadQueue(saved: ReadonlyMap<string, Json>, options: QueueOptions): QueueState {
  const small: [string, Json][] = [];
  const bodies: [number, JsonObject][] = [];
  const root = saved.get(ROOT) as unknown as Root | undefined;
  for (const [key, value] of saved) {
    if (key.startsWith(BODY)) bodies.push([Number(key.slice(BODY.length)), value as JsonObject]);
    else if (key !== ROOT && !key.startsWith(DELIVERY)) small.push([key, value]);
  }
  small.sort(([a], [b]) => (a < b ? -1 : 1));
  const state = new QueueState(options, small, root === undefined ? newRoot() : { ...root, random: [...root.random], counters: { ...root.counters } });
  const settings = state.small.get(SETTINGS) as { readonly attributes: QueueAttributes; readonly tags: Readonly<Record<string, string>> } | undefined;
  if (settings) {
    const { keyUntil } = state.root;
    state.configure(settings.attributes);
    state.root.keyUntil = keyUntil;
    state.tags = settings.tags;
  }
  // As of the last step; what is due since comes with the next.
  state.now = state.root.advancedTo;
  loadSmall(state);
  bodies.sort(([a], [b]) => a - b);
  for (const [number, body] of bodies) loadMessage(state, number, body, saved.get(DELIVERY + number) as unknown as DeliveryRecord | undefined);
  for (const lane of state.lanes.values()) if (lane.size === 0 && lane.key !== '') state.idle.add(lane);
  return state;
}

function loadSmall(state: QueueState): void {
  [state.processing.window, state.processing.current, state.processing.previous] = state.root.processing as [number, number, number];
  const deduplications: { readonly key: string; readonly record: ExpiringRecord }[] = [];
  const attempts: { readonly key: string; readonly record: ExpiringRecord }[] = [];
  for (const [key, value] of state.small.all()) {
    switch (key.slice(0, 2)) {
      case 'd:':
      case 'e:':
        deduplications.push({ key, record: value as unknown as DeduplicationRecord });
        break;
      case 'a:':
        attempts.push({ key, record: value as unknown as ExpiringRecord });
        break;
      case 'p:': {
        const { replyTo, input, deadline } = value as unknown as { replyTo: ReplyTo; input: JsonObject; deadline: number | null };
        keepPoller(state, { slot: -1, key, replyTo, input, deadline: deadline ?? Infinity });
        break;
      }
      case 'k:':
        keepTask(state, value as unknown as MoveTask);
        break;
      case 't:': {
        const { processing } = state.lane(key.slice(2));
        [processing.window, processing.current, processing.previous] = value as unknown as [number, number, number];
      }
    }
  }
  state.deduplications.load(deduplications);
  state.attempts.load(attempts);
}

function loadMessage(state: QueueState, number: number, record: JsonObject, delivery: DeliveryRecord | undefined): void {
  const { root, settings } = state;
  const message = readBodyRecord(state, number, record);
  if (delivery !== undefined) {
    const { handle, count, firstAt, receivedAt, visibleAt, attempt, kept } = delivery;
    message.delivery = new Delivery(handle, count, firstAt, receivedAt, visibleAt, attempt, kept);
  }
  if (state.small.has(leavingKey(number))) {
    message.place = LEAVING;
    state.leaving.set(number, message);
    return;
  }
  if (delivery !== undefined) {
    state.handles.set(delivery.handle, message);
    if (settings.isFifo) state.received.set(number, message);
    enter(state, message, 0);
    if (delivery.visibleAt > root.advancedTo) makeInFlight(state, message, delivery.visibleAt);
    return;
  }
  const dueAt = message.extras?.dueAt ?? (settings.isFifo && number > root.availableThrough ? message.sentAt + settings.delayMs : 0);
  enter(state, message, dueAt);
}
