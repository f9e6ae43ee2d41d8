import { BoundFailure } from '../errors.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<number, number> = new Map([...ALPHABET].map((letter, index) => [letter.charCodeAt(0), index]));

/** Base64 of a text taken as bytes: each character gives its low eight bits (JSONata's documented behaviour). */
export function encodeBase64(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const left = text.length - at;
    const bits =
      ((text.charCodeAt(at) & 255) << 16) |
      (left > 1 ? (text.charCodeAt(at + 1) & 255) << 8 : 0) |
      (left > 2 ? text.charCodeAt(at + 2) & 255 : 0);
    const third = left > 1 ? ALPHABET[(bits >> 6) & 63]! : '=';
    const fourth = left > 2 ? ALPHABET[bits & 63]! : '=';
    parts.push(ALPHABET[bits >> 18]! + ALPHABET[(bits >> 12) & 63]! + third + fourth);
  }
  return parts.join('');
}

/** The reverse: one character for each byte. Padding may be missing; anything else outside the alphabet is an error, as on AWS. */
export function decodeBase64(text: string): string {
  let end = text.length;
  while (end > 0 && end > text.length - 2 && text[end - 1] === '=') end--;
  const parts: string[] = [];
  let bits = 0;
  let count = 0;
  for (let at = 0; at < end; at++) {
    const value = VALUES.get(text.charCodeAt(at));
    if (value === undefined) throw new BoundFailure('Illegal base64 character');
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      parts.push(String.fromCharCode((bits >> count) & 255));
    }
  }
  return parts.join('');
}
