import { complementRanges, DIGIT, SPACE, WORD, type CharProperty, type CharSet } from './char-set.ts';
import { foldingOf, type RegexFlags } from './flags.ts';
import type { AssertionKind } from './node.ts';
import { charSet, fail, isDigit, readDecimal, take, takeChar, type PatternReader } from './reader.ts';
import { unicodeClass, unicodeProperty } from './unicode-property.ts';

export type Escape =
  | { readonly type: 'char'; readonly code: number }
  | { readonly type: 'set'; readonly set: CharSet }
  | { readonly type: 'assertion'; readonly kind: AssertionKind }
  | { readonly type: 'backreference'; readonly index: number };

/** A backslash and what follows it, outside classes. */
export function parseEscape(reader: PatternReader): Escape {
  const { source, position } = reader;
  const char = source[position + 1];
  switch (char) {
    case undefined:
      return fail(reader.source, '\\ at end of pattern');
    case 'b':
    case 'B':
      reader.position += 2;
      return { type: 'assertion', kind: boundary(char === 'B', foldingOf(reader.flags) === 'unicode') };
    case 'k':
      if (reader.names.size > 0 || reader.flags.unicode) return namedReference(reader);
  }
  if (char >= '1' && char <= '9') {
    const number = readDecimal(source, position + 1)!;
    if (number.value <= reader.groups) {
      reader.position = number.end;
      return { type: 'backreference', index: number.value };
    }
    if (reader.flags.unicode) fail(reader.source, 'Invalid escape');
  }
  const members = classEscape(reader);
  if (members === undefined) return { type: 'char', code: charEscape(reader, false) };
  return { type: 'set', set: charSet(reader, members.ranges, false, foldingOf(reader.flags), members.properties) };
}

function boundary(negated: boolean, folded: boolean): AssertionKind {
  if (folded) return negated ? 'notFoldedWordBoundary' : 'foldedWordBoundary';
  return negated ? 'notWordBoundary' : 'wordBoundary';
}

function namedReference(reader: PatternReader): Escape {
  const { source, position } = reader;
  const end = source.indexOf('>', position);
  if (source[position + 2] !== '<' || end < 0) fail(reader.source, 'Invalid named reference');
  const index = reader.names.get(source.slice(position + 3, end));
  if (index === undefined) fail(reader.source, 'Invalid named capture referenced');
  reader.position = end + 1;
  return { type: 'backreference', index };
}

interface Members {
  readonly ranges: readonly number[];
  readonly properties: readonly CharProperty[];
}

const CLASSES: Readonly<Record<string, readonly number[]>> = {
  d: DIGIT,
  D: complementRanges(DIGIT),
  s: SPACE,
  S: complementRanges(SPACE),
  w: WORD,
  W: complementRanges(WORD),
};
const ASCII_SPACE = [9, 13, 32, 32];
const NOT_ASCII_SPACE = complementRanges(ASCII_SPACE);
const NOT_FOLDED_WORD = complementRanges([...WORD, 0x17f, 0x17f, 0x212a, 0x212a]);

/** `\d \D \s \S \w \W \p{…} \P{…}` at the reader; undefined, nothing read, for other escapes. */
function classEscape(reader: PatternReader): Members | undefined {
  const char = reader.source[reader.position + 1] ?? '';
  if (Object.hasOwn(CLASSES, char)) return take(reader, reader.position + 2, shorthand(char, reader.flags));
  if ((char !== 'p' && char !== 'P') || !reader.flags.codePoints) return undefined;
  const name = propertyName(reader);
  const test = unicodeProperty(name, reader.flags.java);
  if (test === undefined) fail(reader.source, `Invalid property name '${name.slice(0, 50)}'`);
  return { ranges: [], properties: [{ name, test, negated: char === 'P' }] };
}

function shorthand(char: string, flags: RegexFlags): Members {
  if (flags.unicodeClasses) {
    const lower = char.toLowerCase();
    return { ranges: [], properties: [{ name: `\\${lower}`, test: unicodeClass(lower as 'd' | 's' | 'w'), negated: char !== lower }] };
  }
  if (char === 'W' && foldingOf(flags) === 'unicode') return { ranges: NOT_FOLDED_WORD, properties: [] };
  if (flags.java && (char === 's' || char === 'S')) return { ranges: char === 's' ? ASCII_SPACE : NOT_ASCII_SPACE, properties: [] };
  return { ranges: CLASSES[char]!, properties: [] };
}

function propertyName(reader: PatternReader): string {
  const { source, position } = reader;
  const end = source.indexOf('}', position);
  if (source[position + 2] === '{' && end > 0) {
    reader.position = end + 1;
    return source.slice(position + 3, end);
  }
  if (!reader.flags.java) fail(reader.source, 'Invalid property name');
  reader.position += 3;
  return source.slice(position + 2, position + 3);
}

const CONTROLS: Readonly<Record<string, number>> = { f: 12, n: 10, r: 13, t: 9, v: 11 };

/** An escape for one character. */
function charEscape(reader: PatternReader, inClass: boolean): number {
  const { source, flags } = reader;
  const char = source[reader.position + 1];
  if (char === undefined) return fail(reader.source, '\\ at end of pattern');
  const from = reader.position + 2;
  if (Object.hasOwn(CONTROLS, char)) return take(reader, from, CONTROLS[char]!);
  switch (char) {
    case 'b':
      if (inClass) return take(reader, from, 8);
      break;
    case '-':
      if (inClass) return take(reader, from, 45);
      break;
    case 'c': {
      const code = source.charCodeAt(from);
      const letter = (code | 32) >= 97 && (code | 32) <= 122;
      if (letter || (inClass && !flags.unicode && (isDigit(code) || code === 95))) return take(reader, from + 1, code & 31);
      if (flags.unicode) fail(reader.source, 'Invalid unicode escape');
      // Not a control escape after all: the backslash stands for itself.
      return take(reader, from - 1, 92);
    }
    case 'x': {
      const code = readHex(source, from, 2);
      if (code !== undefined) return take(reader, from + 2, code);
      if (flags.unicode) fail(reader.source, 'Invalid escape');
      return take(reader, from, 120);
    }
    case 'u':
      return unicodeEscape(reader, from);
  }
  if (isDigit(char.charCodeAt(0))) return digitEscape(reader, from - 1);
  if (flags.unicode && /^[A-Za-z]/.test(char)) fail(reader.source, 'Invalid escape');
  reader.position = from - 1;
  return takeChar(reader);
}

function readHex(source: string, from: number, digits: number): number | undefined {
  const text = source.slice(from, from + digits);
  return text.length === digits && /^[0-9A-Fa-f]+$/.test(text) ? Number.parseInt(text, 16) : undefined;
}

function unicodeEscape(reader: PatternReader, from: number): number {
  const { source, flags } = reader;
  if (source[from] === '{' && flags.codePoints) {
    const end = source.indexOf('}', from);
    const digits = source.slice(from + 1, Math.max(end, 0));
    const code = /^[0-9A-Fa-f]+$/.test(digits) ? Number.parseInt(digits, 16) : Infinity;
    if (code > 0x10ffff) fail(reader.source, 'Invalid Unicode escape');
    return take(reader, end + 1, code);
  }
  const code = readHex(source, from, 4);
  if (code === undefined) return flags.unicode ? fail(reader.source, 'Invalid Unicode escape') : take(reader, from, 117);
  const low = flags.codePoints && code >>> 10 === 0x36 && source.startsWith('\\u', from + 4) ? readHex(source, from + 6, 4) : undefined;
  if (low !== undefined && low >>> 10 === 0x37) return take(reader, from + 10, 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff));
  return take(reader, from + 4, code);
}

/** `\0`, an octal escape up to `\377`, or the digits 8 and 9 as themselves. */
function digitEscape(reader: PatternReader, from: number): number {
  const { source, flags } = reader;
  if (flags.unicode) {
    if (source[from] !== '0' || isDigit(source.charCodeAt(from + 1))) fail(reader.source, 'Invalid decimal escape');
    return take(reader, from + 1, 0);
  }
  const octal = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(source.slice(from, from + 3))?.[0];
  if (octal === undefined) return take(reader, from + 1, source.charCodeAt(from));
  return take(reader, from + octal.length, Number.parseInt(octal, 8));
}

/** A class, the reader standing behind its `[`. */
export function parseClass(reader: PatternReader): CharSet {
  const ranges: number[] = [];
  const properties: CharProperty[] = [];
  const inverted = reader.source[reader.position] === '^';
  if (inverted) reader.position++;
  while (reader.source[reader.position] !== ']') {
    const low = classMember(reader);
    const dash = reader.source[reader.position] === '-' && reader.source[reader.position + 1] !== ']';
    if (dash) reader.position++;
    const high = dash ? classMember(reader) : low;
    if (typeof low === 'number' && typeof high === 'number') {
      if (high < low) fail(reader.source, 'Range out of order in character class');
      ranges.push(low, high);
      continue;
    }
    if (dash && reader.flags.unicode) fail(reader.source, 'Invalid character class');
    if (dash) ranges.push(45, 45);
    for (const member of dash ? [low, high] : [low]) {
      if (typeof member === 'number') ranges.push(member, member);
      else {
        for (const bound of member.ranges) ranges.push(bound);
        for (const property of member.properties) properties.push(property);
      }
    }
  }
  reader.position++;
  return charSet(reader, ranges, inverted, foldingOf(reader.flags), properties);
}

function classMember(reader: PatternReader): number | Members {
  const { source, position } = reader;
  if (position >= source.length) return fail(reader.source, 'Unterminated character class');
  if (source[position] === '\\') return classEscape(reader) ?? charEscape(reader, true);
  return takeChar(reader);
}
