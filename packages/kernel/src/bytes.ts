const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const REPLACEMENT = 0xfffd;
const PADDING = '='.charCodeAt(0);
const DIGITS = Array.from(ALPHABET, (digit) => digit.charCodeAt(0));
/** What a digit stands for, by its code. */
const VALUES: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = DIGITS.indexOf(code);
  return value < 0 ? undefined : value;
});

/** UTF-8 bytes of a text; half a surrogate pair becomes `?`, as in Java. */
export function utf8FromText(text: string): number[] {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes.push(unit);
      continue;
    }
    const code = text.codePointAt(index)!;
    if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
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
  const text = new Units();
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes[index++]!;
    if (lead < 0x80) {
      text.add(lead);
      continue;
    }
    const more = lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
    let code = more < 0 ? REPLACEMENT : lead & (0x3f >> more);
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
    if (code > 0xffff) {
      text.add(0xd800 + ((code - 0x10000) >> 10));
      text.add(0xdc00 + ((code - 0x10000) & 0x3ff));
    } else text.add(code);
  }
  return text.end();
}

/** A text made of code units, piece by piece: adding to a text one by one takes far longer. */
class Units {
  private text = '';
  private readonly units: number[] = [];

  add(unit: number): void {
    if (this.units.push(unit) === 8192) this.flush();
  }

  end(): string {
    this.flush();
    return this.text;
  }

  private flush(): void {
    this.text += String.fromCharCode(...this.units);
    this.units.length = 0;
  }
}

export function base64FromBytes(bytes: readonly number[]): string {
  const text = new Units();
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const bits = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text.add(DIGITS[bits >> 18]!);
    text.add(DIGITS[(bits >> 12) & 63]!);
    text.add(left > 1 ? DIGITS[(bits >> 6) & 63]! : PADDING);
    text.add(left > 2 ? DIGITS[bits & 63]! : PADDING);
  }
  return text.end();
}

/** The bytes of Base64 text, line breaks and missing padding allowed; undefined where it is none. */
export function bytesFromBase64(text: string): number[] | undefined {
  const digits = text.replace(/[\r\n]+/g, '').replace(/={1,2}$/, '');
  if (digits.length % 4 === 1) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  for (let index = 0; index < digits.length; index++) {
    const value = VALUES[digits.charCodeAt(index)];
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    const position = index & 3;
    if (position > 0) bytes.push((bits >> (6 - 2 * position)) & 255);
  }
  return bytes;
}
