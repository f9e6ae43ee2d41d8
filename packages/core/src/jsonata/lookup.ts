import { markSequence } from './sequence.ts';

/** Names an object answers to without owning them; for these alone ownership is asked. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Reads a name from one object, never from its prototype. */
export type ReadName = (object: object) => unknown;

export function readerOf(name: string): ReadName {
  if (INHERITED.has(name)) return (object) => (Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined);
  return (object) => (object as Record<string, unknown>)[name];
}

/** A name on any value: on an array, on each of its items, as a sequence; on anything but an object, nothing. */
export function lookup(value: unknown, read: ReadName): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return read(value);
  const found: unknown[] = [];
  for (let index = 0; index < value.length; index++) {
    const item = lookup(value[index], read);
    if (item === undefined) continue;
    if (Array.isArray(item)) for (const part of item) found.push(part);
    else found.push(item);
  }
  return markSequence(found);
}

