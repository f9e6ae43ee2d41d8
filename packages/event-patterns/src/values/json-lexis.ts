/** Behind the white space that begins here, if any. */
export function skipSpace(source: string, index: number): number {
  for (;;) {
    const code = source.charCodeAt(index);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return index;
    index++;
  }
}

/** Where the number that begins here ends; the index itself where none does. */
export function numberEnd(source: string, start: number): number {
  let index = source.charCodeAt(start) === 45 ? start + 1 : start;
  const whole = digitsEnd(source, index);
  if (whole === index || (source.charCodeAt(index) === 48 && whole > index + 1)) return start;
  index = whole;
  if (source.charCodeAt(index) === 46) {
    const fraction = digitsEnd(source, index + 1);
    if (fraction === index + 1) return start;
    index = fraction;
  }
  if ((source.charCodeAt(index) | 32) === 101) {
    const sign = source.charCodeAt(index + 1);
    const from = sign === 43 || sign === 45 ? index + 2 : index + 1;
    const exponent = digitsEnd(source, from);
    if (exponent === from) return start;
    index = exponent;
  }
  return index;
}

function digitsEnd(source: string, index: number): number {
  for (;;) {
    const code = source.charCodeAt(index);
    if (!(code >= 48 && code <= 57)) return index;
    index++;
  }
}

/** Where the string that begins at this quote ends, behind its closing quote; -1 where it is malformed or does not. */
export function stringEnd(source: string, start: number): number {
  for (let index = start + 1; index < source.length; index++) {
    const code = source.charCodeAt(index);
    if (code === 34) return index + 1;
    if (code < 32) return -1;
    if (code === 92) {
      const escaped = source.charCodeAt(index + 1);
      if (escaped === 117) {
        for (let digit = 2; digit < 6; digit++) if (!isHex(source.charCodeAt(index + digit))) return -1;
        index += 5;
      } else if (escaped === 34 || escaped === 92 || escaped === 47 || escaped === 98 || escaped === 102 || escaped === 110 || escaped === 114 || escaped === 116) index++;
      else return -1;
    }
  }
  return -1;
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102);
}

/** A string that `stringEnd` has found sound. */
export function stringValue(source: string, start: number, end: number): string {
  const raw = source.slice(start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
