import type { Json, JsonObject } from './json.ts';

/** Bytes of a string as JSON text in UTF-8, quotes and escapes included. */
export function jsonStringBytes(text: string): number {
  let bytes = text.length + 2;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20) bytes += unit === 8 || unit === 9 || unit === 10 || unit === 12 || unit === 13 ? 1 : 5;
    else if (unit === 0x22 || unit === 0x5c) bytes += 1;
    else if (unit < 0x80) continue;
    else if (unit < 0x800) bytes += 1;
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 2;
    else if (unit < 0xdc00 && text.charCodeAt(index + 1) >>> 10 === 0x37) {
      bytes += 2;
      index++;
    } else bytes += 5;
  }
  return bytes;
}

// Containers past this many children are measured once and remembered by identity; smaller ones are quicker to walk again.
const REMEMBER_FROM_CHILDREN = 16;
const sizes = new WeakMap<object, number>();

/** Bytes of the compact JSON text of a value, in UTF-8. Large containers are remembered by identity, so values must not change. */
export function jsonBytes(value: Json): number {
  switch (typeof value) {
    case 'string':
      return jsonStringBytes(value);
    case 'number':
      return Number.isFinite(value) ? String(value).length : 4;
    case 'boolean':
      return value ? 4 : 5;
  }
  if (value === null) return 4;
  return Array.isArray(value) ? arrayBytes(value) : objectBytes(value as JsonObject);
}

function arrayBytes(items: readonly Json[]): number {
  if (items.length >= REMEMBER_FROM_CHILDREN) {
    const known = sizes.get(items);
    if (known !== undefined) return known;
  }
  let bytes = items.length === 0 ? 2 : items.length + 1;
  for (let index = 0; index < items.length; index++) bytes += jsonBytes(items[index]!);
  if (items.length >= REMEMBER_FROM_CHILDREN) sizes.set(items, bytes);
  return bytes;
}

function objectBytes(object: JsonObject): number {
  const keys = Object.keys(object);
  if (keys.length >= REMEMBER_FROM_CHILDREN) {
    const known = sizes.get(object);
    if (known !== undefined) return known;
  }
  let bytes = keys.length === 0 ? 2 : keys.length * 2 + 1;
  for (const key of keys) bytes += jsonStringBytes(key) + jsonBytes(object[key]!);
  if (keys.length >= REMEMBER_FROM_CHILDREN) sizes.set(object, bytes);
  return bytes;
}

/**
 * An upper bound of `jsonBytes(value)`, cheap where the value shares most of its members with one whose bound is known:
 * members that are the same are not looked at.
 */
export function jsonBytesBound(value: Json, known: Json, knownBound: number): number {
  if (value === known) return knownBound;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || typeof known !== 'object' || known === null) return jsonBytes(value);
  let bytes = knownBound;
  for (const key in value as JsonObject) {
    const member = (value as JsonObject)[key]!;
    if (member !== (known as JsonObject)[key]) bytes += jsonStringBytes(key) + jsonBytes(member) + 2;
  }
  return bytes;
}
