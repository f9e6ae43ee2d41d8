import { bytesFromBase64, setJsonKey, utf8FromText, type Crypto, type Json, type JsonObject } from '@interstate/kernel';
import { fault, invalid } from './faults.ts';
import type { SqsLimits } from './limits.ts';
import { messageBytes } from './message-text.ts';

const NAME = /^[\p{L}\p{N}_.-]+$/u;
const TYPE = /^(?:String|Number|Binary)(?:\..+)?$/s;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Attributes a message is sent with, checked: as they are kept, and how many bytes they count. */
export interface CheckedAttributes {
  readonly attributes: JsonObject;
  readonly bytes: number;
}

/** @throws ServiceFault */
export function checkMessageAttributes(given: JsonObject, limits: SqsLimits): CheckedAttributes | undefined {
  const names = Object.keys(given);
  if (names.length === 0) return undefined;
  if (names.length > limits.messageAttributes) throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [${limits.messageAttributes}].`);
  const attributes: Record<string, Json> = {};
  let bytes = 0;
  for (const name of names) {
    checkName(name, limits);
    const value = checkValue(name, given[name] as JsonObject, limits);
    setJsonKey(attributes, name, value);
    bytes += utf8FromText(name).length + utf8FromText(value['DataType'] as string).length + valueBytes(value).length;
  }
  return { attributes, bytes };
}

function checkName(name: string, { attributeNameCharacters }: SqsLimits): void {
  const lower = name.toLowerCase();
  if (name.length > attributeNameCharacters) throw invalid(`Message (user) attribute name must be shorter than ${attributeNameCharacters} Bytes`);
  if (!NAME.test(name) || name.startsWith('.') || name.endsWith('.') || name.includes('..')) {
    throw invalid(`Message (user) attribute name '${name}' can only include alphanumeric characters, hyphens, underscores and single periods, and can neither start nor end with a period.`);
  }
  if (lower.startsWith('aws.') || lower.startsWith('amazon.')) throw invalid('You can not use any message attribute name starting with "aws." or "amazon.".');
}

function checkValue(name: string, { DataType: type, StringValue: text, BinaryValue: binary, StringListValues: texts, BinaryListValues: binaries }: JsonObject, limits: SqsLimits): JsonObject {
  if (typeof type !== 'string' || type === '') throw invalid(`The message attribute '${name}' must contain non-empty message attribute type.`);
  if (!TYPE.test(type)) throw invalid(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`);
  if (type.length > limits.attributeTypeCharacters) throw invalid(`The message attribute '${name}' has a type longer than ${limits.attributeTypeCharacters} characters.`);
  if ([texts, binaries].some((list) => Array.isArray(list) && list.length > 0)) throw fault('UnsupportedOperation', { reason: `Message attribute list values in SendMessage operation are not supported.` });
  if (type.startsWith('Binary')) {
    if (typeof text === 'string') throw invalid(`The message attribute '${name}' with type 'Binary' must use field 'Binary'.`);
    if (typeof binary !== 'string' || binary === '') throw empty(name, type);
    if (bytesFromBase64(binary) === undefined) throw invalid(`The value of message attribute '${name}' is no valid Base64.`);
    return { BinaryValue: binary, DataType: type };
  }
  if (typeof binary === 'string') throw invalid(`The message attribute '${name}' with type '${type}' must use field 'String'.`);
  if (typeof text !== 'string' || text === '') throw empty(name, type);
  if (messageBytes(text) < 0) throw fault('InvalidMessageContents');
  if (type.startsWith('Number') && !NUMBER.test(text)) throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  return { StringValue: text, DataType: type };
}

function empty(name: string, type: string): unknown {
  return invalid(`Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`);
}

/** The trace header among system attributes, the only one there is. @throws ServiceFault */
export function checkSystemAttributes(given: JsonObject): string | undefined {
  let header: string | undefined;
  for (const name of Object.keys(given)) {
    if (name !== 'AWSTraceHeader') throw invalid(`Message system attribute name '${name}' is invalid.`);
    const { DataType: type, StringValue: text } = given[name] as JsonObject;
    if (type !== 'String') throw invalid(`The message system attribute 'AWSTraceHeader' must be of type 'String'.`);
    if (typeof text !== 'string' || text === '') throw invalid(`Message (system) attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.`);
    if (messageBytes(text) < 0) throw fault('InvalidMessageContents');
    header = text;
  }
  return header;
}

export function systemAttributesMd5(crypto: Crypto, traceHeader: string): string {
  return attributesMd5(crypto, { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } });
}

/** MD5 over names in order, types with their custom suffix, and values, each with its length before it. */
export function attributesMd5(crypto: Crypto, attributes: JsonObject): string {
  const bytes: number[] = [];
  const put = (part: readonly number[]): void => {
    const { length } = part;
    bytes.push((length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255);
    for (const byte of part) bytes.push(byte);
  };
  const named = Object.keys(attributes).map((name) => [utf8FromText(name), attributes[name] as JsonObject] as const);
  for (const [name, value] of named.sort(([a], [b]) => compareBytes(a, b))) {
    put(name);
    put(utf8FromText(value['DataType'] as string));
    bytes.push(value['BinaryValue'] === undefined ? 1 : 2);
    put(valueBytes(value));
  }
  return crypto.hash('MD5', new Uint8Array(bytes));
}

function valueBytes(value: JsonObject): readonly number[] {
  const binary = value['BinaryValue'];
  return binary === undefined ? utf8FromText(value['StringValue'] as string) : (bytesFromBase64(binary as string) ?? []);
}

function compareBytes(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return a[index]! - b[index]!;
  return a.length - b.length;
}

/** The attributes a receiver asks for: by name, all, or by the beginning of their names (`foo.*`). */
export function selectAttributes(attributes: JsonObject, wanted: readonly string[]): JsonObject | undefined {
  if (wanted.length === 0) return undefined;
  if (wanted.includes('All') || wanted.includes('.*')) return attributes;
  const prefixes = wanted.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2));
  const selected: Record<string, Json> = {};
  let found = false;
  for (const name of Object.keys(attributes)) {
    if (!wanted.includes(name) && !prefixes.some((prefix) => name.startsWith(prefix))) continue;
    setJsonKey(selected, name, attributes[name]!);
    found = true;
  }
  return found ? selected : undefined;
}

