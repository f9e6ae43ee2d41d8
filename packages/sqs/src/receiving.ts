import type { Json, JsonObject } from '@interstate/kernel';
import type { ExpiringRecord } from './expiring-records.ts';
import type { Lane } from './lane.ts';
import { attributesMd5, selectAttributes } from './message-attributes.ts';
import { IN_FLIGHT, Delivery, type Message } from './message.ts';
import { moveToDeadLetterQueue } from './moving.ts';
import { makeInFlight, nextLane } from './places.ts';
import type { QueueState } from './queue-state.ts';
import { makeHandle } from './receipt-handle.ts';
import { currentDataKey, unseal } from './sealing.ts';
import { sequenceNumber } from './sending.ts';

const NONE: readonly string[] = [];

/** Takes the messages whose turn it is, and shows them as the receiver asked. @throws ServiceFault where they cannot be read */
export function takeMessages(state: QueueState, input: JsonObject): JsonObject[] {
  const { settings, now, options: { limits } } = state;
  const wanted = (input['MaxNumberOfMessages'] as number | undefined) ?? 1;
  const seconds = input['VisibilityTimeout'] as number | undefined;
  const visibleAt = now + (seconds === undefined ? settings.visibilityMs : seconds * 1000);
  const room = Math.min(wanted, limits.inFlightMessages - state.inFlight);
  const taken: JsonObject[] = [];
  if (settings.keyId !== undefined && settings.keyId !== '') currentDataKey(state);
  // A FIFO queue gives as many of one group as it can: the first of them closes the group to others.
  let opened: Lane | undefined;
  while (taken.length < room) {
    const lane: Lane | undefined = opened?.head === undefined ? nextLane(state) : opened;
    const message = lane?.head;
    if (message === undefined) break;
    const problem = unseal(state, message);
    if (problem !== undefined) {
      if (taken.length === 0) throw problem;
      break;
    }
    if (moveToDeadLetterQueue(state, message)) continue;
    deliver(state, message, visibleAt, input['ReceiveRequestAttemptId'] as string | undefined);
    taken.push(showMessage(state, message, input));
    if (settings.isFifo) opened = lane;
  }
  return taken;
}

function deliver(state: QueueState, message: Message, visibleAt: number, attempt: string | undefined): void {
  const { now, root } = state;
  makeInFlight(state, message, visibleAt);
  const { delivery } = message;
  const handle = makeHandle(state.crypto, root.secret, root.random, message.number);
  if (delivery === null) message.delivery = new Delivery(handle, 1, now, now, visibleAt, attempt);
  else {
    state.handles.delete(delivery.handle);
    delivery.handle = handle;
    delivery.count++;
    delivery.receivedAt = now;
    delivery.visibleAt = visibleAt;
    delivery.attempt = attempt;
    delivery.kept = false;
  }
  state.handles.set(handle, message);
  if (state.settings.isFifo) state.received.set(message.number, message);
  state.touchedDeliveries.push(message);
  root.counters.received++;
}

/** A message as its receiver sees it. */
export function showMessage(state: QueueState, message: Message, input: JsonObject): JsonObject {
  const shown: Record<string, Json> = { MessageId: message.id, ReceiptHandle: message.delivery!.handle, MD5OfBody: message.md5, Body: message.body };
  const attributes = systemAttributes(state, message, input);
  if (attributes !== undefined) shown['Attributes'] = attributes;
  const own = message.extras?.attributes;
  const selected = own && selectAttributes(own, (input['MessageAttributeNames'] as readonly string[] | undefined) ?? NONE);
  if (selected) {
    shown['MD5OfMessageAttributes'] = selected === own ? message.extras!.attributesMd5! : attributesMd5(state.crypto, selected);
    shown['MessageAttributes'] = selected;
  }
  return shown;
}

type Reader = (state: QueueState, message: Message, delivery: Delivery) => string | undefined;

/** The attributes the service gives to every message. */
export const SYSTEM_ATTRIBUTES: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['SenderId', ({ options }) => options.account],
  ['ApproximateFirstReceiveTimestamp', (_state, _message, { firstAt }) => String(firstAt)],
  ['ApproximateReceiveCount', (_state, _message, { count }) => String(count)],
  ['SentTimestamp', (_state, { sentAt }) => String(sentAt)],
  ['SequenceNumber', ({ settings }, { number }) => (settings.isFifo ? sequenceNumber(number) : undefined)],
  ['MessageDeduplicationId', (_state, { extras }) => extras?.deduplicationId],
  ['MessageGroupId', (_state, { lane }) => (lane.key === '' ? undefined : lane.key)],
  ['AWSTraceHeader', (_state, { extras }) => extras?.traceHeader],
  ['DeadLetterQueueSourceArn', (_state, { extras }) => extras?.sourceArn],
]);

function systemAttributes(state: QueueState, message: Message, input: JsonObject): JsonObject | undefined {
  const names = input['MessageSystemAttributeNames'] as readonly string[] | undefined;
  const old = input['AttributeNames'] as readonly string[] | undefined;
  if (names === undefined && old === undefined) return undefined;
  const all = names?.includes('All') === true || old?.includes('All') === true;
  const shown: Record<string, Json> = {};
  let found = false;
  for (const [name, read] of SYSTEM_ATTRIBUTES) {
    if (!all && names?.includes(name) !== true && old?.includes(name) !== true) continue;
    const value = read(state, message, message.delivery!);
    if (value === undefined) continue;
    shown[name] = value;
    found = true;
  }
  return found ? shown : undefined;
}

interface AttemptRecord extends ExpiringRecord {
  readonly handles: readonly string[];
}

/** FIFO: the messages of an earlier attempt of this id, if none of them was touched since: held anew, under the same handles. */
export function repeatAttempt(state: QueueState, input: JsonObject): JsonObject[] | undefined {
  const attempt = input['ReceiveRequestAttemptId'] as string | undefined;
  const known = attempt === undefined ? undefined : (state.small.get(`a:${attempt}`) as unknown as AttemptRecord | undefined);
  if (known === undefined || known.until <= state.now) return undefined;
  const messages = known.handles.map((handle) => state.handles.get(handle));
  if (!messages.every((message): message is Message => message !== undefined && message.place === IN_FLIGHT && message.delivery!.attempt === attempt)) return undefined;
  const seconds = input['VisibilityTimeout'] as number | undefined;
  for (const message of messages) {
    const visibleAt = state.now + (seconds === undefined ? state.settings.visibilityMs : seconds * 1000);
    message.delivery!.visibleAt = visibleAt;
    state.waiting.update(visibleAt, message);
    state.touchedDeliveries.push(message);
  }
  return messages.map((message) => {
    const problem = unseal(state, message);
    if (problem !== undefined) throw problem;
    return showMessage(state, message, input);
  });
}

export function rememberAttempt(state: QueueState, input: JsonObject, taken: readonly JsonObject[]): void {
  const attempt = input['ReceiveRequestAttemptId'] as string | undefined;
  if (attempt === undefined) return;
  const { now, options, root } = state;
  const record: AttemptRecord = { until: now + options.limits.attemptSeconds * 1000, number: ++root.calls, handles: taken.map((message) => message['ReceiptHandle'] as string) };
  state.attempts.set(`a:${attempt}`, record);
}
