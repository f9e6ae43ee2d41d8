import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { fail } from './intrinsic.ts';

/** Characters that Hash, Base64Encode and Base64Decode take. */
const MAX_DATA_LENGTH = 10_000;
const MAX_DEPTH = 1_000;

function typeName(value: Json | undefined): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function wrongType(parameter: string, expected: string, value: Json | undefined): never {
  return fail(`The argument '${parameter}' must be ${expected}, but was of type '${typeName(value)}'`);
}

export function asString(value: Json, parameter: string): string {
  return typeof value === 'string' ? value : wrongType(parameter, 'a string', value);
}

/** A string of at most 10,000 characters. */
export function asData(value: Json, parameter: string): string {
  const text = asString(value, parameter);
  return text.length <= MAX_DATA_LENGTH ? text : fail(`The argument '${parameter}' must not be longer than ${MAX_DATA_LENGTH} characters`);
}

export function asArray(value: Json, parameter: string): readonly Json[] {
  return Array.isArray(value) ? value : wrongType(parameter, 'an array', value);
}

export function asObject(value: Json, parameter: string): JsonObject {
  return isJsonObject(value) ? value : wrongType(parameter, 'an object', value);
}

/** A number rounded half up, as Java's `Math.round`, within 32 bits. */
export function asInteger(value: Json | undefined, parameter: string): number {
  if (typeof value !== 'number') return wrongType(parameter, 'a number', value);
  // Adding zero makes the negative zero a plain one.
  const rounded = Math.round(value) + 0;
  return (rounded | 0) === rounded ? rounded : fail(`The argument '${parameter}' must be between -2147483648 and 2147483647, but was ${value}`);
}

/** The value, if it is nested no deeper than recursion can follow. */
export function asBounded(value: Json, parameter: string): Json {
  return isBounded(value, MAX_DEPTH) ? value : fail(`The argument '${parameter}' must not be nested more than ${MAX_DEPTH} levels deep`);
}

function isBounded(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) if (!isBounded(item, depth - 1)) return false;
    return true;
  }
  const object = value as JsonObject;
  for (const key in object) if (!isBounded(object[key]!, depth - 1)) return false;
  return true;
}
