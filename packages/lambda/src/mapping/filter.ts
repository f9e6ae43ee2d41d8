import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';

/** Tells whether a record is wanted. */
export type RecordFilter = (record: JsonObject) => boolean;

/** Reads a filter pattern; a text says what is wrong with it. */
export function readPattern(text: string): RecordFilter | string {
  void text;
  return 'Patterns are not there yet.';
}

/** A filter of several patterns: a record that any of them wants is wanted. Undefined where there are none. */
export function filterOf(patterns: readonly string[]): RecordFilter | undefined {
  const filters = patterns.map(readPattern).filter((filter) => typeof filter !== 'string');
  return filters.length === 0 ? undefined : (record) => filters.some((filter) => filter(record));
}

/** A record whose body is JSON, with the body as a value, as patterns see it; undefined where it is none. */
export function withParsedBody(record: JsonObject): JsonObject | undefined {
  try {
    const body = JSON.parse(record['body'] as string) as Json;
    return isJsonObject(body) ? { ...record, body } : undefined;
  } catch {
    return undefined;
  }
}
