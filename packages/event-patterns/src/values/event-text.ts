import { setJsonKey, type Json } from '@interstate/kernel';
import { numberEnd, skipSpace, stringEnd, stringValue } from './json-lexis.ts';
import { exactDouble, NumberText } from './numbers.ts';

/** An event's value as matching takes it: a number that no double equals is kept as its text. */
export type EventValue = null | boolean | number | string | NumberText | readonly EventValue[] | EventObject;
export interface EventObject {
  readonly [key: string]: EventValue;
}

/** Which keys of an object are of interest, and which of theirs. */
export interface KeyFilter {
  /** Above zero where values that are no objects are of interest themselves. */
  readonly users: number;
  at(key: string): KeyFilter | undefined;
}

/** Levels of nesting that the service takes. */
const MAX_DEPTH = 1000;
/** Takes every key. */
const EVERYTHING: KeyFilter = { users: 1, at: () => EVERYTHING };

/**
 * Reads the text of an event; of a repeated key the last counts. With a filter only the keys it has are kept, though all of the
 * text is checked. Undefined for anything but a JSON object of at most 1,000 levels.
 */
export function readEventText(text: string, filter: KeyFilter = EVERYTHING): EventObject | undefined {
  const event = readJsonText(text, filter);
  return isEventObject(event) ? event : undefined;
}

/** The same for any JSON value; undefined where it is none. */
export function readJsonText(text: string, filter: KeyFilter = EVERYTHING): EventValue | undefined {
  const reader = new EventReader(text);
  const value = reader.read(skipSpace(text, 0), filter, 0);
  return reader.end >= 0 && skipSpace(text, reader.end) === text.length ? value : undefined;
}

export function isEventObject(value: EventValue | undefined): value is EventObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

class EventReader {
  /** Behind what was read; -1 once it is not JSON. */
  end = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The value that begins at an index; undefined for one that is not of interest, or is none. */
  read(start: number, filter: KeyFilter, depth: number): EventValue | undefined {
    const text = this.#text;
    const code = text.charCodeAt(start);
    if (code === 123) return this.#readObject(start, filter, depth);
    if (code === 91) return this.#readArray(start, filter, depth);
    const end = scalarEnd(text, start, code);
    this.end = end;
    if (end < 0 || filter.users === 0) return undefined;
    if (code === 34) return stringValue(text, start, end);
    if (code === 116 || code === 102) return code === 116;
    if (code === 110) return null;
    const number = text.slice(start, end);
    return exactDouble(number) ?? new NumberText(number);
  }

  #readObject(start: number, filter: KeyFilter, depth: number): EventValue | undefined {
    const text = this.#text;
    const object: Record<string, Json> = {};
    let index = skipSpace(text, start + 1);
    if (text.charCodeAt(index) === 125) return this.#ended(index + 1, object);
    if (depth === MAX_DEPTH) return this.#ended(-1, undefined);
    for (;;) {
      const keyEnd = text.charCodeAt(index) === 34 ? stringEnd(text, index) : -1;
      if (keyEnd < 0) return this.#ended(-1, undefined);
      const colon = skipSpace(text, keyEnd);
      if (text.charCodeAt(colon) !== 58) return this.#ended(-1, undefined);
      const key = stringValue(text, index, keyEnd);
      const inner = filter.at(key);
      const from = skipSpace(text, colon + 1);
      if (inner === undefined) this.end = skipValue(text, from, depth + 1);
      else {
        const value = this.read(from, inner, depth + 1);
        // Of a repeated key the last counts, be it of interest or not.
        if (value !== undefined) setJsonKey(object, key, value as Json);
        else if (Object.hasOwn(object, key)) delete object[key];
      }
      if (this.end < 0) return undefined;
      index = skipSpace(text, this.end);
      const code = text.charCodeAt(index);
      if (code === 125) return this.#ended(index + 1, object);
      if (code !== 44) return this.#ended(-1, undefined);
      index = skipSpace(text, index + 1);
    }
  }

  #readArray(start: number, filter: KeyFilter, depth: number): EventValue | undefined {
    const text = this.#text;
    const array: EventValue[] = [];
    let index = skipSpace(text, start + 1);
    if (text.charCodeAt(index) === 93) return this.#ended(index + 1, array);
    if (depth === MAX_DEPTH) return this.#ended(-1, undefined);
    for (;;) {
      const element = this.read(index, filter, depth + 1);
      if (element !== undefined) array.push(element);
      if (this.end < 0) return undefined;
      index = skipSpace(text, this.end);
      const code = text.charCodeAt(index);
      if (code === 93) return this.#ended(index + 1, array);
      if (code !== 44) return this.#ended(-1, undefined);
      index = skipSpace(text, index + 1);
    }
  }

  #ended(end: number, value: unknown): EventValue | undefined {
    this.end = end;
    return value as EventValue | undefined;
  }
}

/** Behind a scalar that begins with this code; -1 where none does. */
function scalarEnd(text: string, start: number, code: number): number {
  if (code === 34) return stringEnd(text, start);
  if (code === 116) return text.startsWith('true', start) ? start + 4 : -1;
  if (code === 102) return text.startsWith('false', start) ? start + 5 : -1;
  if (code === 110) return text.startsWith('null', start) ? start + 4 : -1;
  const end = numberEnd(text, start);
  return end > start ? end : -1;
}

/** Behind the value that begins here; -1 where it is not JSON or nests too deep. */
function skipValue(text: string, start: number, depth: number): number {
  const code = text.charCodeAt(start);
  const isObject = code === 123;
  if (!isObject && code !== 91) return scalarEnd(text, start, code);
  const close = isObject ? 125 : 93;
  let index = skipSpace(text, start + 1);
  if (text.charCodeAt(index) === close) return index + 1;
  if (depth >= MAX_DEPTH) return -1;
  for (;;) {
    if (isObject) {
      const keyEnd = text.charCodeAt(index) === 34 ? stringEnd(text, index) : -1;
      if (keyEnd < 0) return -1;
      index = skipSpace(text, keyEnd);
      if (text.charCodeAt(index) !== 58) return -1;
      index = skipSpace(text, index + 1);
    }
    index = skipValue(text, index, depth + 1);
    if (index < 0) return -1;
    let next = text.charCodeAt(index);
    if (next <= 32) {
      index = skipSpace(text, index);
      next = text.charCodeAt(index);
    }
    if (next === close) return index + 1;
    if (next !== 44) return -1;
    index = skipSpace(text, index + 1);
  }
}
