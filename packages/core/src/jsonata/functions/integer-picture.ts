import { fail } from '../errors.ts';
import { numberToWords, wordsToNumber } from './number-words.ts';
import { fromLetters, fromRoman, toLetters, toRoman } from './numerals.ts';

interface Separator {
  readonly position: number;
  readonly character: string;
}

/** A picture of integers (XPath and XQuery Functions and Operators 3.1, §4.6.1), taken apart. */
export interface IntegerPicture {
  readonly primary: 'decimal' | 'letters' | 'roman' | 'words' | 'sequence';
  readonly case: 'upper' | 'lower' | 'title';
  readonly ordinal: boolean;
  readonly zeroCode: number;
  /** Least number of digits. */
  mandatoryDigits: number;
  readonly optionalDigits: number;
  /** Where separators stand at equal distances: the distance and the character. */
  readonly regular: Separator | undefined;
  /** Otherwise each separator, from the right. */
  readonly separators: readonly Separator[];
  /** For a numbering sequence, which is not supported: its text. */
  readonly token: string;
  /** Exact number of digits to read, where another number follows at once. */
  parseWidth?: number;
}

// The zeros of the decimal digit groups of Unicode's basic plane.
const ZEROS = [
  ...[0x30, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50, 0x0ed0, 0x0f20],
  ...[0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0],
  ...[0xaa50, 0xabf0, 0xff10],
];

const NAMED: ReadonlyMap<string, readonly [IntegerPicture['primary'], IntegerPicture['case']]> = new Map([
  ['A', ['letters', 'upper']],
  ['a', ['letters', 'lower']],
  ['I', ['roman', 'upper']],
  ['i', ['roman', 'lower']],
  ['W', ['words', 'upper']],
  ['Ww', ['words', 'title']],
  ['w', ['words', 'lower']],
]);

export function analyseIntegerPicture(picture: string): IntegerPicture {
  const semicolon = picture.lastIndexOf(';');
  const format = semicolon < 0 ? picture : picture.slice(0, semicolon);
  const ordinal = semicolon >= 0 && picture[semicolon + 1] === 'o';
  const named = NAMED.get(format);
  if (named === undefined) return analyseDecimalPattern(format, ordinal);
  const none = { zeroCode: 0x30, mandatoryDigits: Number.NaN, optionalDigits: Number.NaN, regular: undefined, separators: [], token: '' };
  return { primary: named[0], case: named[1], ordinal, ...none };
}

function analyseDecimalPattern(format: string, ordinal: boolean): IntegerPicture {
  let zeroCode: number | undefined;
  let mandatoryDigits = 0;
  let optionalDigits = 0;
  const separators: Separator[] = [];
  for (const character of [...format].reverse()) {
    const code = character.codePointAt(0)!;
    const zero = ZEROS.find((group) => code >= group && code <= group + 9);
    if (zero !== undefined) {
      if (zeroCode !== undefined && zeroCode !== zero) fail('D3131');
      zeroCode = zero;
      mandatoryDigits++;
    } else if (character === '#') optionalDigits++;
    else separators.push({ position: mandatoryDigits + optionalDigits, character });
  }
  return {
    primary: mandatoryDigits > 0 ? 'decimal' : 'sequence',
    case: 'lower',
    ordinal,
    zeroCode: zeroCode ?? 0x30,
    mandatoryDigits,
    optionalDigits,
    regular: regularSeparator(separators),
    separators,
    token: format,
  };
}

function regularSeparator(separators: readonly Separator[]): Separator | undefined {
  const [first] = separators;
  if (first === undefined || separators.some(({ character }) => character !== first.character)) return undefined;
  const position = regularDistance(separators.map((separator) => separator.position));
  return position === 0 ? undefined : { position, character: first.character };
}

/** The distance at which all positions stand, or 0 where they do not. */
export function regularDistance(positions: readonly number[]): number {
  if (positions.length === 0) return 0;
  const distance = positions.reduce(greatestCommonDivisor);
  return positions.every((_position, index) => positions.includes((index + 1) * distance)) ? distance : 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

export function formatInteger(value: number, picture: string): string {
  return applyIntegerPicture(Math.floor(value), analyseIntegerPicture(picture));
}

export function applyIntegerPicture(value: number, picture: IntegerPicture): string {
  const sign = value < 0 ? '-' : '';
  const magnitude = Math.abs(value);
  switch (picture.primary) {
    case 'letters':
      return sign + toLetters(magnitude, picture.case === 'upper' ? 'A' : 'a');
    case 'roman':
      return sign + inCase(toRoman(magnitude), picture.case === 'upper' ? 'upper' : 'title');
    case 'words':
      return sign + inCase(numberToWords(magnitude, picture.ordinal), picture.case);
    case 'decimal':
      return sign + decimal(magnitude, picture);
    case 'sequence':
      return fail('D3130', { value: picture.token });
  }
}

function inCase(text: string, letters: IntegerPicture['case']): string {
  if (letters === 'upper') return text.toUpperCase();
  return letters === 'lower' ? text.toLowerCase() : text;
}

function decimal(value: number, { mandatoryDigits, zeroCode, regular, separators, ordinal }: IntegerPicture): string {
  let text = String(value).padStart(mandatoryDigits, '0');
  if (zeroCode !== 0x30) text = [...text].map((digit) => String.fromCodePoint(digit.codePointAt(0)! + zeroCode - 0x30)).join('');
  if (regular !== undefined) {
    for (let count = Math.floor((text.length - 1) / regular.position); count > 0; count--) {
      const at = text.length - count * regular.position;
      text = text.slice(0, at) + regular.character + text.slice(at);
    }
  } else {
    for (const { position, character } of [...separators].reverse()) {
      const at = text.length - position;
      text = text.slice(0, Math.max(at, 0)) + character + text.slice(at);
    }
  }
  return ordinal ? text + ordinalSuffix(text) : text;
}

function ordinalSuffix(text: string): string {
  const suffix = { 1: 'st', 2: 'nd', 3: 'rd' }[text.at(-1)!];
  return suffix === undefined || text.at(-2) === '1' ? 'th' : suffix;
}

export function parseInteger(text: string, picture: string): number {
  return readInteger(text, analyseIntegerPicture(picture));
}

export function readInteger(text: string, picture: IntegerPicture): number {
  const upper = picture.case === 'upper';
  switch (picture.primary) {
    case 'letters':
      return fromLetters(text, upper ? 'A' : 'a');
    case 'roman':
      return fromRoman(upper ? text : text.toUpperCase());
    case 'words':
      return wordsToNumber(text.toLowerCase());
    case 'decimal':
      return readDecimal(text, picture);
    case 'sequence':
      return fail('D3130', { value: picture.token });
  }
}

function readDecimal(text: string, { ordinal, regular, separators, zeroCode }: IntegerPicture): number {
  let digits = ordinal ? text.slice(0, -2) : text;
  if (regular !== undefined) digits = digits.replaceAll(',', '');
  else for (const { character } of separators) digits = digits.replaceAll(character, '');
  if (zeroCode !== 0x30) digits = [...digits].map((digit) => String.fromCodePoint(Math.max(0, digit.codePointAt(0)! - zeroCode + 0x30))).join('');
  return Number.parseInt(digits, 10);
}
