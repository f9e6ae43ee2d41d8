import { fail } from '../errors.ts';

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];
const ROMAN_VALUES: ReadonlyMap<string, number> = new Map([
  ['M', 1000],
  ['D', 500],
  ['C', 100],
  ['L', 50],
  ['X', 10],
  ['V', 5],
  ['I', 1],
]);

/** Past this, Roman numerals would only be a long row of `m`. */
const MOST_ROMAN = 1e9;

export function toRoman(value: number): string {
  if (value > MOST_ROMAN) return fail('D1011');
  let rest = value;
  let text = '';
  for (const [worth, numeral] of ROMAN) {
    const times = Math.floor(rest / worth);
    text += numeral.repeat(times);
    rest -= times * worth;
  }
  return text;
}

/** Of upper-case numerals. */
export function fromRoman(text: string): number {
  let total = 0;
  let most = 1;
  for (let at = text.length - 1; at >= 0; at--) {
    const value = ROMAN_VALUES.get(text[at]!) ?? Number.NaN;
    if (value < most) total -= value;
    else {
      most = value;
      total += value;
    }
  }
  return total;
}

/** `a … z, aa, ab …`, starting from the letter given. */
export function toLetters(value: number, first: string): string {
  const code = first.charCodeAt(0);
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(((rest - 1) % 26) + code) + text;
  return text;
}

export function fromLetters(text: string, first: string): number {
  const code = first.charCodeAt(0);
  let total = 0;
  for (let at = 0; at < text.length; at++) total += (text.charCodeAt(text.length - at - 1) - code + 1) * 26 ** at;
  return total;
}
