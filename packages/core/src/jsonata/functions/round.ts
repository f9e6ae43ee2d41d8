/** Rounds half to even, at a number of decimal places (default 0; negative: tens, hundreds …). Never gives -0. */
export function round(value: number, precision?: number): number {
  // The point is moved in the text, since multiplying by a power of ten is not exact.
  const shifted = precision ? shift(value, precision) : value;
  let result = Math.round(shifted);
  if (Math.abs(result - shifted) === 0.5 && Math.abs(result % 2) === 1) result -= 1;
  if (precision) result = shift(result, -precision);
  return result === 0 ? 0 : result;
}

function shift(value: number, places: number): number {
  const [mantissa, exponent] = String(value).split('e');
  return Number(`${mantissa}e${exponent === undefined ? places : Number(exponent) + places}`);
}
