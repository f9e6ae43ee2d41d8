import type { CaseFolding } from './case-folding.ts';
import { createCharSet, type CharProperty, type CharSet } from './char-set.ts';
import { RegexSyntaxError } from './errors.ts';
import type { RegexFlags } from './flags.ts';
import { UNBOUNDED } from './node.ts';

/** Where the parser stands in the pattern. */
export interface PatternReader {
  readonly source: string;
  position: number;
  flags: RegexFlags;
  /** Capturing groups of the whole pattern, and the index of each named one. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** Sets made so far: long patterns repeat them. */
  readonly sets: Map<string, CharSet>;
}

export function fail(source: string, problem: string): never {
  throw new RegexSyntaxError(`Invalid regular expression: /${source.slice(0, 200)}/: ${problem}`);
}

/** Moves the reader and hands on a value. */
export function take<T>(reader: PatternReader, position: number, value: T): T {
  reader.position = position;
  return value;
}

export function charSet(
  reader: PatternReader,
  ranges: readonly number[],
  inverted = false,
  folding?: CaseFolding,
  properties: readonly CharProperty[] = [],
): CharSet {
  const members = properties.map((property) => `${property.negated ? 'P' : 'p'}${property.name}`).join();
  const key = `${ranges.join()} ${members} ${inverted} ${folding}`;
  const known = reader.sets.get(key) ?? createCharSet(ranges, inverted, folding, properties);
  reader.sets.set(key, known);
  return known;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** An unsigned number of at least one digit; too large a value counts as no limit. */
export function readDecimal(source: string, from: number): { value: number; end: number } | undefined {
  let value = 0;
  let end = from;
  for (; isDigit(source.charCodeAt(end)); end++) value = Math.min(value * 10 + source.charCodeAt(end) - 48, UNBOUNDED);
  return end === from ? undefined : { value, end };
}

/** The character at the reader, which moves past it: a code point or a code unit. */
export function takeChar(reader: PatternReader): number {
  const { source, position, flags } = reader;
  const code = flags.codePoints ? source.codePointAt(position)! : source.charCodeAt(position);
  return take(reader, position + (code > 0xffff ? 2 : 1), code);
}
