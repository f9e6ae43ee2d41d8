/**
 * JSONata's sequences are arrays that carry a mark. A symbol keeps the mark out of keys, JSON texts and payloads.
 * A sequence of one item is that item; `KEEP` (from `[]`) holds it back from unwrapping.
 */
const MARK = Symbol('jsonata.sequence');
const SEQUENCE = 1;
const KEEP = 2;
/** Made by `[…]` as a step: its items are not spread into the path's result. */
const CONSTRUCTED = 4;
/** Wraps an input document that is an array, so that it is one value. */
const OUTER = 8;

type Marked = unknown[] & { [MARK]?: number };

export function markSequence(items: unknown[]): unknown[] {
  (items as Marked)[MARK] = SEQUENCE;
  return items;
}

export function isSequence(items: readonly unknown[]): boolean {
  const mark = (items as Marked)[MARK];
  return mark !== undefined && (mark & SEQUENCE) !== 0;
}

export function keepSingleton(items: unknown[]): void {
  const mark = (items as Marked)[MARK];
  if (mark !== undefined && (mark & SEQUENCE) !== 0) (items as Marked)[MARK] = mark | KEEP;
}

export function markConstructed(items: unknown[]): unknown[] {
  (items as Marked)[MARK] = CONSTRUCTED;
  return items;
}

export function isConstructed(items: readonly unknown[]): boolean {
  const mark = (items as Marked)[MARK];
  return mark !== undefined && (mark & CONSTRUCTED) !== 0;
}

export function isMarked(items: readonly unknown[]): boolean {
  return (items as Marked)[MARK] !== undefined;
}

export function wrapOuter(input: unknown): unknown {
  if (!Array.isArray(input)) return input;
  const wrapper: Marked = [input];
  wrapper[MARK] = SEQUENCE | OUTER;
  return wrapper;
}

export function unwrapOuter(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const mark = (value as Marked)[MARK];
  return mark !== undefined && (mark & OUTER) !== 0 ? value[0] : value;
}

/** What every node does with its result: an empty sequence is nothing, a sequence of one is its item. */
export function unwrap(value: unknown): unknown {
  return Array.isArray(value) ? unwrapArray(value) : value;
}

export function unwrapArray(items: unknown[]): unknown {
  const mark = (items as Marked)[MARK];
  if (mark === undefined || (mark & SEQUENCE) === 0) return items;
  if (items.length > 1) return items;
  if (items.length === 0) return undefined;
  return (mark & KEEP) !== 0 ? items : items[0];
}

/**
 * What a path goes on with where its first step is a constructor that a predicate has taken apart: an array is its items;
 * of a lone value the jsonata package sees only the `length`, so a text is its characters, and anything else is nothing.
 */
export function builtItems(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split('') : undefined;
}
