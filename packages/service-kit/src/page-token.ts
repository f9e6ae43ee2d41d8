import { isJsonObject, type Json } from '@interstate/kernel';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A `NextToken`: where the next page begins, as opaque text.
 * @param scope what the token is good for (operation and filters): it is refused anywhere else.
 * @param position JSON; keep it short, AWS bounds tokens to about 1,024 characters.
 */
export function encodePageToken(scope: string, position: Json): string {
  const text = JSON.stringify({ p: position }).replace(/[^\x20-\x7e]/g, escapeUnit);
  return checksum(scope + text) + toBase64Url(text);
}

/** The position inside a token; `undefined` for a token that is damaged or was made for another scope. */
export function decodePageToken(scope: string, token: string): Json | undefined {
  if (token.length > MAX_LENGTH) return undefined;
  const text = fromBase64Url(token.slice(CHECKSUM_LENGTH));
  if (text === undefined || token.slice(0, CHECKSUM_LENGTH) !== checksum(scope + text)) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value['p'] : undefined;
  } catch {
    return undefined;
  }
}

const CHECKSUM_LENGTH = 8;
/** Longer than any token given out. */
const MAX_LENGTH = 16_384;

// FNV-1a: against mistakes. A token is no secret and grants nothing.
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function toBase64Url(ascii: string): string {
  let out = '';
  for (let index = 0; index < ascii.length; index += 3) {
    const left = ascii.length - index;
    const bits = (ascii.charCodeAt(index) << 16) | ((ascii.charCodeAt(index + 1) || 0) << 8) | (ascii.charCodeAt(index + 2) || 0);
    out += ALPHABET[bits >>> 18]! + ALPHABET[(bits >>> 12) & 63]!;
    if (left > 1) out += ALPHABET[(bits >>> 6) & 63]!;
    if (left > 2) out += ALPHABET[bits & 63]!;
  }
  return out;
}

function fromBase64Url(text: string): string | undefined {
  const out: string[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push(String.fromCharCode((bits >>> held) & 0xff));
    }
  }
  return out.join('');
}
