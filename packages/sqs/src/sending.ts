import { hopsOfMessage, nextUuid, plainConstructor, withLineage, type ApiRequest, type Json, type JsonObject } from '@interstate/kernel';
import { checkId } from './checks.ts';
import { fault, invalid, invalidValue, missing } from './faults.ts';
import { attributesMd5, checkMessageAttributes, checkSystemAttributes, systemAttributesMd5 } from './message-attributes.ts';
import { Message, type Extras } from './message.ts';
import { messageBytes } from './message-text.ts';
import { enter } from './places.ts';
import type { DeduplicationRecord, QueueState } from './queue-state.ts';
import { currentDataKey } from './sealing.ts';

/** What is sent, with its size; nothing is in the queue yet. */
export interface Draft {
  readonly input: JsonObject;
  readonly body: string;
  readonly bytes: number;
  readonly attributes: JsonObject | undefined;
  readonly traceHeader: string | undefined;
  /** How many events in a row brought it about. */
  readonly hops: number;
}

/** Holds a message against what is asked of its text, whatever the queue. @throws ServiceFault */
export function draftMessage({ options: { limits } }: QueueState, input: JsonObject, request: ApiRequest): Draft {
  const { MessageBody: body, MessageAttributes: attributes, MessageSystemAttributes: system } = input;
  if (body === '') throw missing('MessageBody');
  const bytes = messageBytes(body as string);
  if (bytes < 0) throw fault('InvalidMessageContents');
  const checked = attributes === undefined ? undefined : checkMessageAttributes(attributes as JsonObject, limits);
  const traceHeader = system === undefined ? undefined : checkSystemAttributes(system as JsonObject);
  return { input, body: body as string, bytes: checked === undefined ? bytes : bytes + checked.bytes, attributes: checked?.attributes, traceHeader, hops: hopsOfMessage(request) };
}

/** What a sender is told, the id still to be filled in. */
const Sent = plainConstructor(function (this: Record<string, Json>, md5: string) {
  this['MD5OfMessageBody'] = md5;
  this['MessageId'] = '';
});

/** Puts a message into the queue, unless it is a duplicate. Gives what the sender is told. @throws ServiceFault */
export function sendDraft(state: QueueState, draft: Draft): Json {
  const { crypto, settings, root, now } = state;
  const { body, bytes, attributes, traceHeader, hops, input } = draft;
  const { MessageGroupId: group } = input;
  const delayMs = delayOf(state, input);
  const deduplicationId = deduplicationIdOf(state, input, body);
  const md5 = crypto.hash('MD5', body);
  const answer: Record<string, Json> = new Sent(md5);
  const dueAt = now + delayMs;
  let extras: { -readonly [Name in keyof Extras]: Extras[Name] } | null = null;
  if (deduplicationId !== undefined) extras = { deduplicationId };
  if (attributes !== undefined) {
    extras = { ...extras, attributes, attributesMd5: attributesMd5(crypto, attributes) };
    answer['MD5OfMessageAttributes'] = extras.attributesMd5!;
  }
  if (traceHeader !== undefined) {
    extras = { ...extras, traceHeader };
    answer['MD5OfMessageSystemAttributes'] = systemAttributesMd5(crypto, traceHeader);
  }
  if (delayMs > 0 && !settings.isFifo) extras = { ...extras, dueAt };
  if (deduplicationId !== undefined) {
    const known = findDuplicate(state, group as string, deduplicationId);
    if (known) {
      root.counters.deduplicated++;
      answer['MessageId'] = known.id;
      answer['SequenceNumber'] = sequenceNumber(known.number);
      return answer;
    }
  }
  const key = currentDataKey(state);
  const number = ++root.number;
  const id = nextUuid(root.random);
  if (hops > 0) extras = { ...extras, traceHeader: withLineage(traceHeader, id, hops) };
  const message = new Message(number, id, body, md5, now, state.lane((group as string | undefined) ?? ''), extras, key);
  enter(state, message, dueAt);
  state.touchedBodies.push(message);
  root.counters.sent++;
  root.counters.sentBytes += bytes;
  answer['MessageId'] = id;
  if (deduplicationId !== undefined) {
    remember(state, group as string, deduplicationId, { until: now + state.options.limits.deduplicationSeconds * 1000, id, number });
    answer['SequenceNumber'] = sequenceNumber(number);
  }
  return answer;
}

/** @throws ServiceFault */
function delayOf({ settings, options: { limits } }: QueueState, { DelaySeconds: seconds }: JsonObject): number {
  if (seconds === undefined) return settings.delayMs;
  const value = seconds as number;
  if (value < 0 || value > limits.delaySeconds) throw invalidValue('DelaySeconds', value, `DelaySeconds must be >= 0 and <= ${limits.delaySeconds}.`);
  if (!settings.isFifo) return value * 1000;
  if (value > 0) throw invalidValue('DelaySeconds', value, 'The request include parameter that is not valid for this queue type.');
  return settings.delayMs;
}

/** Undefined on standard queues. @throws ServiceFault */
function deduplicationIdOf({ settings, crypto, options: { limits } }: QueueState, { MessageGroupId: group, MessageDeduplicationId: id }: JsonObject, body: string): string | undefined {
  if (group !== undefined) checkId('MessageGroupId', group as string, limits.idCharacters);
  if (!settings.isFifo) {
    if (id !== undefined) throw invalidValue('MessageDeduplicationId', id, 'The request include parameter that is not valid for this queue type.');
    return undefined;
  }
  if (group === undefined) throw missing('MessageGroupId');
  if (id !== undefined) {
    checkId('MessageDeduplicationId', id as string, limits.idCharacters);
    return id as string;
  }
  if (!settings.contentBased) throw invalid('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  return crypto.hash('SHA-256', body);
}

// What a deduplication id was accepted under stays as it was, though the queue's scope changes.

function queueKey(id: string): string {
  return `d:${id}`;
}

function groupKey(group: string, id: string): string {
  return `e:${group} ${id}`;
}

function findDuplicate({ small, now, root }: QueueState, group: string, id: string): DeduplicationRecord | undefined {
  const known = (small.get(queueKey(id)) ?? (root.hadGroupScope ? small.get(groupKey(group, id)) : undefined)) as DeduplicationRecord | undefined;
  return known !== undefined && known.until > now ? known : undefined;
}

function remember({ settings, deduplications, root }: QueueState, group: string, id: string, record: DeduplicationRecord): void {
  if (settings.groupScope) root.hadGroupScope = true;
  deduplications.set(settings.groupScope ? groupKey(group, id) : queueKey(id), record);
}

/** Twenty digits, rising. */
export function sequenceNumber(number: number): string {
  return `1884949${String(number * 256).padStart(13, '0')}`;
}
