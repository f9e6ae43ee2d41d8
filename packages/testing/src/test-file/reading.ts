import { isJsonObject, nearName, type Json, type JsonObject } from '@interstate/kernel';

/** A test file says something that cannot be; the message names the place. */
export class TestFileError extends Error {
  override readonly name = 'TestFileError';
}

/** An object of these members and no others. @throws TestFileError */
export function member(value: unknown, place: string, known: readonly string[]): JsonObject {
  if (!isJsonObject(value as Json)) throw new TestFileError(`${place === '' ? 'The file' : place}: must be an object with ${known.slice(0, 6).join(', ')}${known.length > 6 ? ' …' : ''}.`);
  for (const key of Object.keys(value as JsonObject)) {
    if (!known.includes(key)) throw new TestFileError(`${at(place, key)}: ${unknownName(key, known)}`);
  }
  return value as JsonObject;
}

/** What is said of a name that is not among the known: which was probably meant, or which there are. */
export function unknownName(name: string, known: readonly string[]): string {
  const near = nearName(name, known);
  return `is not known here.${near === undefined ? ` Known: ${known.join(', ')}.` : ` Did you mean ${near}?`}`;
}

export function optionalText(value: Json | undefined, place: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new TestFileError(`${place}: must be a text, but is ${JSON.stringify(value)}.`);
}

/** A place within a place: `tests.pays.expect`. */
export function at(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
