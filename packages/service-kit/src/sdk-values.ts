import { base64FromBytes, bytesFromBase64, isJsonObject, setJsonKey, textFromUtf8, type Json, type JsonObject } from '@interstate/kernel';
import type { ServiceModel } from './service-model.ts';

type Names = Pick<ServiceModel, 'times' | 'blobs'>;

const NONE: ReadonlySet<string> = new Set();
/** Bytes that know how to be text, as SDK clients give payloads. */
class SdkBytes extends Uint8Array {
  transformToString(encoding?: string): string {
    const bytes = this as unknown as readonly number[];
    return encoding === 'base64' ? base64FromBytes(bytes) : textFromUtf8(bytes);
  }
}

/** Deeper than any request; what lies below is handed on as it is and refused by the shape. */
const MAX_DEPTH = 64;

/** What a client is given, as machines take it: times as milliseconds, bytes as base64, no undefined members. A copy only where needed. */
export function inputFromSdk(input: object): JsonObject {
  return fromSdk(input, 0) as JsonObject;
}

function fromSdk(value: unknown, depth: number): Json {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return (value ?? null) as Json;
  if (value instanceof Date) return value.getTime();
  if (ArrayBuffer.isView(value)) return base64FromBytes(bytesOf(value));
  if (Array.isArray(value)) return value.map((item) => fromSdk(item, depth + 1));
  if (isPlain(value)) return value as Json;
  const copy: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) if (member !== undefined) setJsonKey(copy, key, fromSdk(member, depth + 1));
  return copy;
}

/** Whether every member can stay as it is. */
function isPlain(value: object): boolean {
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined || (typeof member === 'object' && member !== null)) return false;
  }
  return true;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): readonly number[] {
  return new Uint8Array(buffer, byteOffset, byteLength) as unknown as readonly number[];
}

/** What a machine answers, as a client hands it out: a Date wherever it holds a time, bytes where it holds bytes. Shares the rest. */
export function outputToSdk(value: JsonObject, { times = NONE, blobs = NONE }: Names, $metadata?: object): Record<string, unknown> {
  const convert = (object: JsonObject, first?: object): Record<string, unknown> => {
    const copy: Record<string, unknown> = first ? { $metadata: first } : {};
    for (const key in object) {
      const member = object[key]!;
      if (typeof member === 'object' || times.has(key) || blobs.has(key)) setJsonKey(copy as Record<string, Json>, key, memberOf(key, member) as Json);
      else setJsonKey(copy as Record<string, Json>, key, member);
    }
    return copy;
  };
  const memberOf = (key: string, member: Json): unknown => {
    if (typeof member === 'number' && times.has(key)) return new Date(member);
    if (typeof member === 'string' && blobs.has(key)) return new SdkBytes(bytesFromBase64(member) ?? []);
    if (Array.isArray(member)) return member.map((item: Json) => memberOf(key, item));
    return isJsonObject(member) ? convert(member) : member;
  };
  return convert(value, $metadata);
}
