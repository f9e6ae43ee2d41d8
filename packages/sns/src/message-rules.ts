import { isJsonObject, setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { checkMessageAttributes } from './message-attributes.ts';
import { invalid, snsFault } from './errors.ts';
import type { SnsLimits } from './limits.ts';
import type { MessageAttributes, MessageContent } from './message.ts';

/** What the topic of a message asks of it. Absent: the message goes to an endpoint or a phone number. */
export interface TopicTraits {
  readonly fifo: boolean;
  readonly contentBased: boolean;
}

/**
 * The message of a Publish or a batch entry, checked.
 * @param position of a batch entry, from 1. @throws ServiceFault
 */
export function readMessage(input: JsonObject, limits: SnsLimits, topic?: TopicTraits, position?: number): MessageContent {
  const { Message, Subject, MessageStructure, MessageAttributes, MessageGroupId, MessageDeduplicationId } = input as Readonly<Record<string, string | undefined>> & { readonly MessageAttributes?: never };
  if (Subject !== undefined) checkSubject(Subject, limits);
  if (Message === undefined || Message === '') throw invalid('Empty message');
  const attributes = MessageAttributes as MessageAttributes | undefined;
  if (attributes !== undefined) checkMessageAttributes(attributes, position);
  if (position === undefined && sizeOf(input) > limits.messageBytes) throw invalid('Message too long');
  if (topic) checkFifoMembers(MessageGroupId, MessageDeduplicationId, topic);
  if (MessageStructure !== undefined && MessageStructure !== 'json') throw invalid('Invalid MessageStructure');
  const byProtocol = MessageStructure === 'json' ? readByProtocol(Message, topic !== undefined || input['PhoneNumber'] !== undefined) : undefined;
  return {
    text: byProtocol ? (byProtocol['default'] ?? Message) : Message,
    ...(byProtocol && { byProtocol }),
    ...(Subject !== undefined && { subject: Subject }),
    ...(attributes !== undefined && Object.keys(attributes).length > 0 && { attributes }),
    ...(MessageGroupId !== undefined && { groupId: MessageGroupId }),
    ...(MessageDeduplicationId !== undefined && { deduplicationId: MessageDeduplicationId }),
  };
}

/** UTF-8 bytes of a message's text with its attributes. */
export function sizeOf(input: JsonObject): number {
  const attributes = input['MessageAttributes'] as unknown as MessageAttributes | undefined;
  return utf8Bytes(input['Message'] as string) + (attributes === undefined ? 0 : attributesBytes(attributes));
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 2;
      index++;
    } else bytes += 2;
  }
  return bytes;
}

function attributesBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    bytes += utf8Bytes(name) + utf8Bytes(DataType ?? '') + (StringValue === undefined ? Math.floor(((BinaryValue ?? '').length * 3) / 4) : utf8Bytes(StringValue));
  }
  return bytes;
}

function checkSubject(subject: string, { subjectCharacters }: SnsLimits): void {
  // Printable ASCII that begins with a letter, number or punctuation mark.
  if (subject.length === 0 || subject.length > subjectCharacters || !/^[\x21-\x7e][\x20-\x7e]*$/.test(subject)) throw invalid('Subject');
}

const GROUP_ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

function checkFifoMembers(groupId: string | undefined, deduplicationId: string | undefined, { fifo, contentBased }: TopicTraits): void {
  if (!fifo) {
    if (deduplicationId !== undefined) throw invalid('MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type');
    if (groupId !== undefined && !GROUP_ID.test(groupId)) throw invalid('MessageGroupId Reason: The request includes an invalid MessageGroupId');
    return;
  }
  if (groupId === undefined || groupId === '') throw invalid('The MessageGroupId parameter is required for FIFO topics');
  if (!GROUP_ID.test(groupId)) throw invalid('MessageGroupId Reason: The request includes an invalid MessageGroupId');
  if (deduplicationId === undefined && !contentBased) throw invalid('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  if (deduplicationId !== undefined && !GROUP_ID.test(deduplicationId)) throw invalid('MessageDeduplicationId Reason: The request includes an invalid MessageDeduplicationId');
}

/** Texts by protocol: members that are no strings count as absent. */
function readByProtocol(message: string, needsDefault: boolean): Readonly<Record<string, string>> {
  let document: Json;
  try {
    document = JSON.parse(message) as Json;
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (!isJsonObject(document)) throw invalid('Message Structure - JSON message body failed to parse');
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(document)) if (typeof value === 'string') setJsonKey(texts, name, value);
  if (needsDefault && !Object.hasOwn(texts, 'default')) throw invalid('Message Structure - No default entry in JSON message body');
  return texts;
}

/** Holds a batch as a whole against its rules. @throws ServiceFault */
export function checkBatch(entries: readonly JsonObject[], { batchEntries, messageBytes: maxBytes }: SnsLimits): void {
  if (entries.length === 0) throw snsFault('EmptyBatchRequestException');
  if (entries.length > batchEntries) throw snsFault('TooManyEntriesInBatchRequestException');
  const ids = new Set(entries.map((entry) => entry['Id']));
  for (const id of ids) if (typeof id !== 'string' || !/^[\w-]{1,80}$/.test(id)) throw snsFault('InvalidBatchEntryIdException');
  if (ids.size < entries.length) throw snsFault('BatchEntryIdsNotDistinctException');
  if (entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > maxBytes) throw snsFault('BatchRequestTooLongException');
}
