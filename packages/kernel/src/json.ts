/** A JSON value. Inside Interstate a value of this type is never changed once it has been handed on. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True where both values are the same JSON: numbers by value, object keys in any order. */
export function isJsonEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || a === undefined || b === undefined) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isJsonEqual(item, b[index]));
  }
  if (Array.isArray(b)) return false;
  const left = a as JsonObject;
  const right = b as JsonObject;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && isJsonEqual(left[key], right[key]));
}

/** Sets a key as data: `__proto__` becomes an ordinary own key and never a prototype. */
export function setJsonKey(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/**
 * What user code returned, as `JSON.stringify` and back would leave it; `undefined` becomes `null`.
 * The result shares nothing with the argument.
 * @throws TypeError for cycles and BigInt, as `JSON.stringify` does.
 */
export function normalizeJson(value: unknown): Json {
  try {
    return copyPlain(value);
  } catch {
    // Not plain, cyclic, or deeper than the stack: the platform knows what to do, or how to say it.
    const text = JSON.stringify(value);
    return text === undefined ? null : (JSON.parse(text) as Json);
  }
}

/** Copies what needs no rule of `JSON.stringify` but the plainest. Much quicker than text and back for small values. */
function copyPlain(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // Through text, -0 becomes 0.
      return Number.isFinite(value) ? (value === 0 ? 0 : value) : null;
    case 'undefined':
      return null;
    case 'object':
      break;
    default:
      throw NOT_PLAIN;
  }
  if (value === null) return null;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') throw NOT_PLAIN;
  if (Array.isArray(value)) {
    const copy: Json[] = [];
    for (let index = 0; index < value.length; index++) copy.push(copyPlain(value[index]));
    return copy;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw NOT_PLAIN;
  // A copy of the same shape takes no more room than the original, and only members that are not plain need work.
  const copy = { ...value } as Record<string, unknown>;
  for (const key of Object.keys(copy)) {
    const member = copy[key];
    if (member === undefined) delete copy[key];
    else if (typeof member === 'string' || typeof member === 'boolean') continue;
    else setJsonKey(copy as Record<string, Json>, key, copyPlain(member));
  }
  return copy as Record<string, Json>;
}

/** Thrown to hand a value over to the platform; no Error, so it collects no stack. */
const NOT_PLAIN = Symbol('not plain');
