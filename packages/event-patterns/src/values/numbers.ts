import type { Numbers } from '../language/pattern.ts';

/** A number of a text that no double equals. It compares by its text alone. It has no members that a path could come upon. */
export class NumberText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  static textOf(number: NumberText): string {
    return number.#text;
  }
}

/** Largest magnitude that `fixed` numbers compare at. */
export const FIXED_LIMIT = 5e9;

/** What a JSON number compares by, or undefined where it cannot be compared. */
export function comparableNumber(text: string, numbers: Numbers): number | undefined {
  const value = exactDouble(text);
  if (numbers === 'binary64') return value;
  return comparableDouble(value ?? Number(text), numbers);
}

/** The same for a number that is a double already. */
export function comparableDouble(value: number, numbers: Numbers): number | undefined {
  if (numbers === 'binary64') return Number.isFinite(value) ? value : undefined;
  // In this order: the engine adds first, which costs the digits after the sixth.
  return Math.abs(value) <= FIXED_LIMIT ? Math.floor(1e6 * (FIXED_LIMIT + value)) : undefined;
}

/** Why such a number cannot stand where numbers are compared, in the service's words. */
export function incomparable(text: string, numbers: Numbers): string {
  return numbers === 'fixed' ? 'Value must be between -5.0E9 and 5.0E9, inclusive' : `Cannot compare number : ${text}`;
}

/** The double whose shortest text is this decimal, or undefined where there is none. */
export function exactDouble(text: string): number | undefined {
  const value = Number(text);
  // Fifteen digits always survive.
  if (text.length <= 15 && /^-?[\d.]+$/.test(text)) return value === 0 ? 0 : value;
  if (!Number.isFinite(value)) return undefined;
  if (String(value) !== text && decimalOf(text) !== decimalOf(String(value))) return undefined;
  return value === 0 ? 0 : value;
}

/** The value of a decimal text, written one way: digits without zeros around them, and the exponent. */
function decimalOf(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const digits = whole + fraction;
  let first = 0;
  while (digits[first] === '0') first++;
  let end = digits.length;
  while (end > first && digits[end - 1] === '0') end--;
  if (first === end) return '0';
  return `${sign}${digits.slice(first, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
