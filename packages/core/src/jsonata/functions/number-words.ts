const FEW = [
  ...['Zero', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve', 'Thirteen'],
  ...['Fourteen', 'Fifteen', 'Sixteen', 'Seventeen', 'Eighteen', 'Nineteen'],
];
const ORDINALS = [
  ...['Zeroth', 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth', 'Eleventh', 'Twelfth'],
  ...['Thirteenth', 'Fourteenth', 'Fifteenth', 'Sixteenth', 'Seventeenth', 'Eighteenth', 'Nineteenth'],
];
const DECADES = ['Twenty', 'Thirty', 'Forty', 'Fifty', 'Sixty', 'Seventy', 'Eighty', 'Ninety', 'Hundred'];
const MAGNITUDES = ['Thousand', 'Million', 'Billion', 'Trillion'];

const VALUES: ReadonlyMap<string, number> = new Map([
  ...[...FEW.entries(), ...ORDINALS.entries()].map(([value, word]): [string, number] => [word.toLowerCase(), value]),
  ...DECADES.flatMap((word, index): [string, number][] => {
    const name = word.toLowerCase();
    return [
      [name, (index + 2) * 10],
      [`${name.slice(0, -1)}ieth`, (index + 2) * 10],
    ];
  }),
  ['hundredth', 100],
  ...MAGNITUDES.flatMap((word, index): [string, number][] => {
    const name = word.toLowerCase();
    const value = 10 ** ((index + 1) * 3);
    return [
      [name, value],
      [`${name}th`, value],
    ];
  }),
]);

/** Everything a number in words may be made of, in lower case. */
export const NUMBER_WORDS: readonly string[] = [...VALUES.keys(), 'and', '-', ',', ' '];

/** `Two Thousand and Eighteen`; as an ordinal `… Eighteenth`. */
export function numberToWords(value: number, ordinal: boolean): string {
  return words(value, false, ordinal);
}

function words(value: number, continued: boolean, ordinal: boolean): string {
  if (value <= 19) return (continued ? ' and ' : '') + (ordinal ? ORDINALS : FEW)[value]!;
  if (value < 100) {
    const tens = DECADES[Math.floor(value / 10) - 2]!;
    const rest = value % 10;
    const start = continued ? ' and ' : '';
    if (rest > 0) return `${start}${tens}-${words(rest, false, ordinal)}`;
    return start + (ordinal ? `${tens.slice(0, -1)}ieth` : tens);
  }
  if (value < 1000) return withRest(`${FEW[Math.floor(value / 100)]!} Hundred`, value % 100, continued, ordinal);
  const magnitude = Math.min(Math.floor(Math.log10(value) / 3), MAGNITUDES.length);
  const factor = 10 ** (magnitude * 3);
  const count = Math.floor(value / factor);
  return withRest(`${words(count, false, false)} ${MAGNITUDES[magnitude - 1]!}`, value - count * factor, continued, ordinal);
}

function withRest(text: string, rest: number, continued: boolean, ordinal: boolean): string {
  const start = continued ? ', ' : '';
  if (rest > 0) return start + text + words(rest, true, ordinal);
  return start + text + (ordinal ? 'th' : '');
}

export function wordsToNumber(text: string): number {
  const segments = [0];
  for (const word of text.split(/,\s|\sand\s|[\s\\-]/)) {
    const value = VALUES.get(word) ?? Number.NaN;
    const top = segments.pop()!;
    if (!(value < 100)) segments.push(top * value);
    else if (top >= 1000) segments.push(top, value);
    else segments.push(top + value);
  }
  return segments.reduce((a, b) => a + b, 0);
}
