import { fail } from '../errors.ts';
import { regularDistance } from './integer-picture.ts';
import { round } from './round.ts';

interface Symbols {
  readonly decimal: string;
  readonly grouping: string;
  readonly exponent: string;
  readonly minus: string;
  readonly percent: string;
  readonly perMille: string;
  readonly zero: string;
  readonly digit: string;
  readonly pattern: string;
  /** The ten digits that begin with the zero digit. */
  readonly digits: readonly string[];
  readonly active: ReadonlySet<string>;
}

interface Parts {
  readonly text: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly active: string;
  readonly mantissa: string;
  readonly integer: string;
  readonly fraction: string;
  readonly exponent: string | undefined;
}

interface Analysis {
  readonly parts: Parts;
  readonly prefix: string;
  readonly integerGroups: readonly number[];
  readonly regularGroups: number;
  readonly fractionGroups: readonly number[];
  readonly scaling: number;
  readonly minInteger: number;
  readonly minFraction: number;
  readonly maxFraction: number;
  readonly minExponent: number;
}

/** `$formatNumber`: XPath and XQuery Functions and Operators 3.1, §4.7. Options override the symbols of the picture by name. */
export function formatNumber(value: number, picture: string, options?: object): string {
  const symbols = readSymbols(options);
  const pictures = picture.split(symbols.pattern);
  if (pictures.length > 2) fail('D3080');
  const parts = pictures.map((text) => splitPicture(text, symbols));
  for (const part of parts) validatePicture(part, symbols);
  const analyses = parts.map((part) => analysePicture(part, symbols));
  const positive = analyses[0]!;
  const negative = analyses[1] ?? { ...positive, prefix: symbols.minus + positive.prefix };
  return applyPicture(value, value >= 0 ? positive : negative, symbols);
}

function readSymbols(options: object = {}): Symbols {
  const option = (name: string, otherwise: string): string => {
    const value = Object.hasOwn(options, name) ? (options as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' ? value : otherwise;
  };
  const zero = option('zero-digit', '0');
  const digits = Array.from({ length: 10 }, (_none, digit) => String.fromCharCode(zero.charCodeAt(0) + digit));
  const symbols = {
    decimal: option('decimal-separator', '.'),
    grouping: option('grouping-separator', ','),
    exponent: option('exponent-separator', 'e'),
    minus: option('minus-sign', '-'),
    percent: option('percent', '%'),
    perMille: option('per-mille', '\u2030'),
    zero,
    digit: option('digit', '#'),
    pattern: option('pattern-separator', ';'),
    digits,
  };
  const active = new Set([...digits, symbols.decimal, symbols.exponent, symbols.grouping, symbols.digit, symbols.pattern]);
  return { ...symbols, active };
}

function splitPicture(text: string, symbols: Symbols): Parts {
  const isActive = (character: string) => symbols.active.has(character) && character !== symbols.exponent;
  const characters = text.split('');
  const first = characters.findIndex(isActive);
  const last = characters.findLastIndex(isActive);
  const prefix = first < 0 ? '' : text.slice(0, first);
  const suffix = last < 0 ? '' : text.slice(last + 1);
  const active = text.slice(prefix.length, Math.max(prefix.length, text.length - suffix.length));
  const exponentAt = text.indexOf(symbols.exponent, prefix.length);
  const hasExponent = exponentAt >= 0 && exponentAt <= text.length - suffix.length;
  const mantissa = hasExponent ? active.slice(0, exponentAt) : active;
  const decimalAt = mantissa.indexOf(symbols.decimal);
  return {
    text,
    prefix,
    suffix,
    active,
    mantissa,
    exponent: hasExponent ? active.slice(exponentAt + 1) : undefined,
    integer: decimalAt < 0 ? mantissa : mantissa.slice(0, decimalAt),
    fraction: decimalAt < 0 ? suffix : mantissa.slice(decimalAt + 1),
  };
}

// §4.7.3. Of several faults the last one counts.
function validatePicture(parts: Parts, symbols: Symbols): void {
  const { text, integer, fraction, exponent } = parts;
  const { decimal, grouping, percent, perMille, digit, digits } = symbols;
  const twice = (symbol: string) => text.indexOf(symbol) !== text.lastIndexOf(symbol);
  const isDigit = (character: string) => digits.includes(character);
  const decimalAt = text.indexOf(decimal);
  const optionalInInteger = integer.indexOf(digit);
  const optionalInFraction = fraction.lastIndexOf(digit);
  const scaled = text.includes(percent) || text.includes(perMille);
  const faults: readonly (readonly [string, boolean])[] = [
    ['D3081', twice(decimal)],
    ['D3082', twice(percent)],
    ['D3083', twice(perMille)],
    ['D3084', text.includes(percent) && text.includes(perMille)],
    ['D3085', !parts.mantissa.split('').some((character) => isDigit(character) || character === digit)],
    ['D3086', parts.active.split('').some((character) => !symbols.active.has(character))],
    ['D3087', decimalAt >= 0 && (text.charAt(decimalAt - 1) === grouping || text.charAt(decimalAt + 1) === grouping)],
    ['D3088', decimalAt < 0 && integer.endsWith(grouping)],
    ['D3089', text.includes(grouping + grouping)],
    ['D3090', optionalInInteger >= 0 && integer.slice(0, optionalInInteger).split('').some(isDigit)],
    ['D3091', optionalInFraction >= 0 && fraction.slice(optionalInFraction).split('').some(isDigit)],
    ['D3092', exponent !== undefined && exponent.length > 0 && scaled],
    ['D3093', exponent !== undefined && (exponent.length === 0 || !exponent.split('').every(isDigit))],
  ];
  const fault = faults.findLast(([, found]) => found);
  if (fault) fail(fault[0]);
}

// §4.7.4.
function analysePicture(parts: Parts, symbols: Symbols): Analysis {
  const { integer, fraction, exponent } = parts;
  const isDigit = (character: string) => symbols.digits.includes(character);
  const count = (text: string, optional: boolean) =>
    text.split('').filter((character) => isDigit(character) || (optional && character === symbols.digit)).length;
  const groups = (part: string, toLeft: boolean) => {
    const positions: number[] = [];
    // Further separators are sought in the integer part even for the fraction, as the original does.
    for (let at = part.indexOf(symbols.grouping); at >= 0; at = integer.indexOf(symbols.grouping, at + 1)) {
      positions.push(count(toLeft ? part.slice(0, at) : part.slice(at), true));
    }
    return positions;
  };
  const integerGroups = groups(integer, false);
  const scaling = count(integer, false);
  let minInteger = scaling;
  let minFraction = count(fraction, false);
  let maxFraction = count(fraction, true);
  if (minInteger === 0 && maxFraction === 0) {
    if (exponent === undefined) minInteger = 1;
    else minFraction = maxFraction = 1;
  }
  if (exponent !== undefined && minInteger === 0 && integer.includes(symbols.digit)) minInteger = 1;
  if (minInteger === 0 && minFraction === 0) minFraction = 1;
  return {
    parts,
    prefix: parts.prefix,
    integerGroups,
    regularGroups: regularDistance(integerGroups),
    fractionGroups: groups(fraction, true),
    scaling,
    minInteger,
    minFraction,
    maxFraction,
    minExponent: exponent === undefined ? 0 : count(exponent, false),
  };
}

// §4.7.5.
function applyPicture(value: number, analysis: Analysis, symbols: Symbols): string {
  const { parts } = analysis;
  const factor = parts.text.includes(symbols.percent) ? 100 : parts.text.includes(symbols.perMille) ? 1000 : 1;
  const scaled = scale(value * factor, analysis);
  let text = digitsOf(round(scaled.mantissa, analysis.maxFraction), analysis.maxFraction, symbols);
  text = text.includes('.') ? text.replace('.', () => symbols.decimal) : text + symbols.decimal;
  const { zero, decimal } = symbols;
  while (text.startsWith(zero)) text = text.slice(1);
  while (text.endsWith(zero)) text = text.slice(0, -1);
  const before = analysis.minInteger - text.indexOf(decimal);
  const after = analysis.minFraction - (text.length - text.indexOf(decimal) - 1);
  text = zero.repeat(Math.max(before, 0)) + text + zero.repeat(Math.max(after, 0));
  text = groupDigits(text, analysis, symbols);
  const decimalAt = text.indexOf(decimal);
  if (!parts.text.includes(decimal) || decimalAt === text.length - 1) text = text.slice(0, -1);
  if (scaled.exponent !== undefined) {
    const exponent = digitsOf(scaled.exponent, 0, symbols);
    text += symbols.exponent + (scaled.exponent < 0 ? symbols.minus : '') + exponent.padStart(analysis.minExponent, zero);
  }
  return analysis.prefix + text + parts.suffix;
}

function scale(value: number, { minExponent, scaling }: Analysis): { mantissa: number; exponent: number | undefined } {
  if (minExponent === 0) return { mantissa: value, exponent: undefined };
  const most = 10 ** scaling;
  const least = 10 ** (scaling - 1);
  let mantissa = value;
  let exponent = 0;
  if (mantissa !== 0 && Number.isFinite(mantissa)) {
    for (; Math.abs(mantissa) < least; exponent--) mantissa *= 10;
    for (; Math.abs(mantissa) > most; exponent++) mantissa /= 10;
  }
  return { mantissa, exponent };
}

/** The most decimals the platform writes; the digits beyond are zeros. */
const MOST_DECIMALS = 100;

function digitsOf(value: number, decimals: number, { zero, digits }: Symbols): string {
  const text = Math.abs(value).toFixed(Math.min(decimals, MOST_DECIMALS));
  if (zero === '0') return text;
  return text
    .split('')
    .map((character) => (character >= '0' && character <= '9' ? digits[Number(character)]! : character))
    .join('');
}

function groupDigits(start: string, { regularGroups, integerGroups, fractionGroups }: Analysis, { decimal, grouping }: Symbols): string {
  let text = start;
  const insert = (at: number) => {
    text = text.slice(0, at) + grouping + text.slice(at);
  };
  let decimalAt = text.indexOf(decimal);
  if (regularGroups > 0) {
    const count = Math.floor((decimalAt - 1) / regularGroups);
    for (let group = 1; group <= count; group++) insert(decimalAt - group * regularGroups);
  } else {
    for (const position of integerGroups) {
      insert(decimalAt - position);
      decimalAt++;
    }
  }
  decimalAt = text.indexOf(decimal);
  for (const position of fractionGroups) insert(position + decimalAt + 1);
  return text;
}
