/** A decimal of any size, normalised: value = 0.digits × 10^exponent; zero has no digits. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
  /** As Java's BigDecimal prints what was written. */
  readonly text: string;
}

/** Parses what Java's `new BigDecimal(text)` takes, otherwise undefined. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,10}))?$/.exec(text);
  if (match === null) return undefined;
  const fraction = match[3] ?? '';
  const written = match[2]! + fraction;
  const scale = fraction.length - Number(match[4] ?? 0);
  if (written === '' || Math.abs(scale) > 2147483647) return undefined;
  const unscaled = written.replace(/^0+/, '');
  const negative = match[1] === '-' && unscaled !== '';
  return {
    negative,
    digits: trimZeros(unscaled),
    exponent: unscaled === '' ? 0 : unscaled.length - scale,
    text: (negative ? '-' : '') + decimalText(unscaled === '' ? '0' : unscaled, scale),
  };
}

// By hand: a pattern for trailing zeros takes quadratic time.
function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/** BigDecimal.toString: plain where the scale is not negative and the number not tiny, otherwise scientific. */
function decimalText(unscaled: string, scale: number): string {
  if (scale === 0) return unscaled;
  const adjusted = unscaled.length - 1 - scale;
  if (scale > 0 && adjusted >= -6) {
    const padded = unscaled.padStart(scale + 1, '0');
    return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const mantissa = unscaled.length === 1 ? unscaled : `${unscaled[0]}.${unscaled.slice(1)}`;
  return adjusted === 0 ? mantissa : `${mantissa}E${adjusted > 0 ? '+' : ''}${adjusted}`;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return signOf(a) - signOf(b);
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const size = a.exponent !== b.exponent ? Math.sign(a.exponent - b.exponent) : a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
  return a.negative ? -size : size;
}

function signOf(decimal: Decimal): number {
  return decimal.digits === '' ? 0 : decimal.negative ? -1 : 1;
}
