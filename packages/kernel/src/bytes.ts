const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const REPLACEMENT = 0xfffd;

/** UTF-8 bytes of a text; half a surrogate pair becomes `?`, as in Java. */
export function utf8FromText(text: string): number[] {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code > 0xffff) {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      index++;
    } else if (code >= 0xd800 && code <= 0xdfff) bytes.push(0x3f);
    else bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** The text of UTF-8 bytes; U+FFFD stands for each longest piece that is none. */
export function textFromUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes[index++]!;
    const more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
    let code = more < 0 ? REPLACEMENT : more === 0 ? lead : lead & (0x3f >> more);
    for (let left = more; left > 0; left--) {
      const byte = bytes[index] ?? 0;
      // The second byte rules out overlong forms, surrogates and what lies beyond Unicode.
      const low = left < more ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const high = left < more ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      if (byte < low || byte > high) {
        code = REPLACEMENT;
        break;
      }
      code = (code << 6) | (byte & 63);
      index++;
    }
    text += String.fromCodePoint(code);
  }
  return text;
}

export function base64FromBytes(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const bits = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text += ALPHABET[bits >> 18]! + ALPHABET[(bits >> 12) & 63]!;
    text += left > 1 ? ALPHABET[(bits >> 6) & 63]! : '=';
    text += left > 2 ? ALPHABET[bits & 63]! : '=';
  }
  return text;
}

/** The bytes of Base64 text, line breaks and missing padding allowed; undefined where it is none. */
export function bytesFromBase64(text: string): number[] | undefined {
  const digits = text.replace(/[\r\n]+/g, '').replace(/={1,2}$/, '');
  if (digits.length % 4 === 1) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  for (let index = 0; index < digits.length; index++) {
    const value = ALPHABET.indexOf(digits[index]!);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    const position = index & 3;
    if (position > 0) bytes.push((bits >> (6 - 2 * position)) & 255);
  }
  return bytes;
}
