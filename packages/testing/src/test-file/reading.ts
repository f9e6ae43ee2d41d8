import { isJsonObject, nearName, type Json, type JsonObject } from '@interstate/kernel';

/** A test file says something that cannot be; the message names the place. */
export class TestFileError extends Error {
  override readonly name = 'TestFileError';
}

/** An object of these members and no others. @throws TestFileError */
export function member(value: unknown, place: string, known: readonly string[]): JsonObject {
  if (!isJsonObject(value as Json)) throw new TestFileError(`${place === '' ? 'The file' : place}: must be an object with ${known.slice(0, 6).join(', ')}${known.length > 6 ? ' …' : ''}.`);
  for (const key of Object.keys(value as JsonObject)) {
    if (known.includes(key)) continue;
    const near = nearName(key, known);
    throw new TestFileError(`${at(place, key)}: is not known here.${near === undefined ? ` Known: ${known.join(', ')}.` : ` Did you mean ${near}?`}`);
  }
  return value as JsonObject;
}

export function optionalText(value: Json | undefined, place: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new TestFileError(`${place}: must be a text, but is ${JSON.stringify(value)}.`);
}

/** A place within a place: `tests.pays.expect`. */
export function at(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
