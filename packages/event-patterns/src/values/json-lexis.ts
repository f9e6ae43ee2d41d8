/** Behind the white space that begins here, if any. */
export function skipSpace(source: string, index: number): number {
  for (;;) {
    const code = source.charCodeAt(index);
    if (code > 32 || (code !== 32 && code !== 10 && code !== 13 && code !== 9)) return index;
    index++;
  }
}

/** Where the number that begins here ends; the index itself where none does. */
export function numberEnd(source: string, start: number): number {
  let index = start;
  let code = source.charCodeAt(index);
  if (code === 45) code = source.charCodeAt(++index);
  const whole = index;
  while (code >= 48 && code <= 57) code = source.charCodeAt(++index);
  if (index === whole || (index > whole + 1 && source.charCodeAt(whole) === 48)) return start;
  if (code === 46) {
    const fraction = index + 1;
    do code = source.charCodeAt(++index);
    while (code >= 48 && code <= 57);
    if (index === fraction) return start;
  }
  if (code !== 101 && code !== 69) return index;
  code = source.charCodeAt(++index);
  if (code === 43 || code === 45) code = source.charCodeAt(++index);
  const exponent = index;
  while (code >= 48 && code <= 57) code = source.charCodeAt(++index);
  return index === exponent ? start : index;
}

/** Where the string that begins at this quote ends, behind its closing quote; -1 where it is malformed or does not. */
export function stringEnd(source: string, start: number): number {
  let index = start + 1;
  for (let code = source.charCodeAt(index); ; code = source.charCodeAt(++index)) {
    if (code > 92 || (code > 34 && code < 92)) continue;
    if (code === 34) return index + 1;
    // Whatever is no number is behind the end.
    if (code === 92) {
      const escaped = escapeEnd(source, index);
      if (escaped < 0) return -1;
      index = escaped - 1;
    } else if (!(code >= 32)) return -1;
  }
}

/** Behind the escape at a backslash; -1 where it is none. */
function escapeEnd(source: string, index: number): number {
  const escaped = source.charCodeAt(index + 1);
  if (escaped === 117) {
    for (let digit = 2; digit < 6; digit++) if (!isHex(source.charCodeAt(index + digit))) return -1;
    return index + 6;
  }
  return escaped === 34 || escaped === 92 || escaped === 47 || escaped === 98 || escaped === 102 || escaped === 110 || escaped === 114 || escaped === 116 ? index + 2 : -1;
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102);
}

/** A string that `stringEnd` has found sound. */
export function stringValue(source: string, start: number, end: number): string {
  const raw = source.slice(start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
