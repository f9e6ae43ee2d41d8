import { caseMates, type CaseFolding } from './case-folding.ts';

/** A Unicode property (`\p{…}`) as a member of a set. */
export interface CharProperty {
  readonly name: string;
  readonly test: (char: string) => boolean;
  readonly negated: boolean;
}

/** A set of characters. Ask with `hasChar`, or read `ascii` directly for codes below 128. */
export interface CharSet {
  /** 1 for each member below 128. */
  readonly ascii: Uint8Array;
  /** Sorted, apart: low, high, low, high, … */
  readonly ranges: readonly number[];
  readonly properties: readonly CharProperty[];
  readonly inverted: boolean;
  readonly folding: CaseFolding | undefined;
}

export const LAST_CODE_POINT = 0x10ffff;
export const DIGIT = [48, 57];
export const WORD = [48, 57, 65, 90, 95, 95, 97, 122];
// One range a row would be ten rows: these are the white space and line ends of ECMAScript.
export const SPACE = '9-13 32-32 160-160 5760-5760 8192-8202 8232-8233 8239-8239 8287-8287 12288-12288 65279-65279'.split(/[ -]/).map(Number);
export const LINE_END = [10, 10, 13, 13, 0x2028, 0x2029];

export function createCharSet(
  ranges: readonly number[],
  inverted = false,
  folding?: CaseFolding,
  properties: readonly CharProperty[] = [],
): CharSet {
  const distinct = properties.filter((property, index) => properties.findIndex((other) => isSame(property, other)) === index);
  const set: CharSet = { ascii: new Uint8Array(128), ranges: mergeRanges(ranges), properties: distinct, inverted, folding };
  for (let code = 0; code < 128; code++) set.ascii[code] = hasAny(set, code) === inverted ? 0 : 1;
  return set;
}

function isSame(a: CharProperty, b: CharProperty): boolean {
  return a.name === b.name && a.negated === b.negated;
}

export function hasChar(set: CharSet, code: number): boolean {
  return code < 128 ? set.ascii[code] === 1 : hasAny(set, code) !== set.inverted;
}

/** Everything that the ranges leave out. */
export function complementRanges(ranges: readonly number[]): number[] {
  const rest: number[] = [];
  let low = 0;
  const merged = mergeRanges(ranges);
  for (let index = 0; index < merged.length; index += 2) {
    if (merged[index]! > low) rest.push(low, merged[index]! - 1);
    low = merged[index + 1]! + 1;
  }
  if (low <= LAST_CODE_POINT) rest.push(low, LAST_CODE_POINT);
  return rest;
}

function hasAny(set: CharSet, code: number): boolean {
  if (set.folding === undefined) return hasExactly(set, code);
  for (const mate of caseMates(code, set.folding)) if (hasExactly(set, mate)) return true;
  return false;
}

function hasExactly(set: CharSet, code: number): boolean {
  if (inRanges(set.ranges, code)) return true;
  if (set.properties.length === 0) return false;
  const char = String.fromCodePoint(code);
  return set.properties.some((property) => property.test(char) !== property.negated);
}

function inRanges(ranges: readonly number[], code: number): boolean {
  let low = 0;
  let high = ranges.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (code > ranges[2 * middle + 1]!) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length >> 1 && code >= ranges[2 * low]!;
}

function mergeRanges(ranges: readonly number[]): number[] {
  const pairs: [number, number][] = [];
  for (let index = 0; index < ranges.length; index += 2) pairs.push([ranges[index]!, ranges[index + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [low, high] of pairs) {
    const last = merged.length - 1;
    if (last > 0 && low <= merged[last]! + 1) merged[last] = Math.max(merged[last]!, high);
    else merged.push(low, high);
  }
  return merged;
}
