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
  const members = value as Readonly<Record<string, unknown>>;
  let nested = false;
  for (const key in members) {
    const member = members[key];
    if (member === undefined) return withoutUndefined(members, depth);
    nested ||= typeof member === 'object' && member !== null;
  }
  if (!nested) return value as JsonObject;
  // A copy of the same shape is made at one stroke.
  const copy = { ...members } as Record<string, Json>;
  for (const key in copy) {
    const member = copy[key]!;
    if (typeof member === 'object' && member !== null) setJsonKey(copy, key, fromSdk(member, depth + 1));
  }
  return copy;
}

function withoutUndefined(members: Readonly<Record<string, unknown>>, depth: number): JsonObject {
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(members)) if (members[key] !== undefined) setJsonKey(copy, key, fromSdk(members[key], depth + 1));
  return copy;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): readonly number[] {
  return new Uint8Array(buffer, byteOffset, byteLength) as unknown as readonly number[];
}

/** What a machine answers, as a client hands it out: a Date wherever it holds a time, bytes where it holds bytes. Objects are copies. */
export function outputToSdk(value: JsonObject, { times = NONE, blobs = NONE }: Names, $metadata?: object): Record<string, unknown> {
  return copyToSdk(value, $metadata ? { $metadata } : {}, times, blobs);
}

function copyToSdk(object: JsonObject, copy: Record<string, unknown>, times: ReadonlySet<string>, blobs: ReadonlySet<string>): Record<string, unknown> {
  for (const key in object) {
    const member = object[key]!;
    // Nearly all are texts that stay.
    const stays = typeof member === 'string' && blobs.size === 0;
    setJsonKey(copy as Record<string, Json>, key, stays ? member : (memberToSdk(key, member, times, blobs) as Json));
  }
  return copy;
}

function memberToSdk(key: string, member: Json, times: ReadonlySet<string>, blobs: ReadonlySet<string>): unknown {
  if (typeof member === 'number') return times.has(key) ? new Date(member) : member;
  if (typeof member === 'string') return blobs.has(key) ? new SdkBytes(bytesFromBase64(member) ?? []) : member;
  if (Array.isArray(member)) return member.map((item: Json) => memberToSdk(key, item, times, blobs));
  return isJsonObject(member) ? copyToSdk(member, {}, times, blobs) : member;
}
