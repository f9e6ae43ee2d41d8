import type { Json } from '@interstate/kernel';
import { contentText } from '../object-content.ts';
import { ReaderFault } from './reader-fault.ts';

const MAX_DEPTH = 1_000;
const LONG_NUMBER = /\d{16}/;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * One item's JSON text as a value.
 * @throws ReaderFault where it is no JSON, nests deeper than 1,000, or holds an integer that would not keep its value.
 */
export function parseItem(bytes: Uint8Array, offset: number): Json {
  checkDepth(bytes, offset);
  const text = contentText(bytes);
  let item: Json;
  try {
    item = JSON.parse(text) as Json;
  } catch {
    throw new ReaderFault(`The item at byte ${offset} is not valid JSON.`);
  }
  if (LONG_NUMBER.test(text)) checkIntegers(text, offset);
  return item;
}

function checkDepth(bytes: Uint8Array, offset: number): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!;
    if (inString) {
      if (byte === 0x5c) index++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_DEPTH) throw new ReaderFault(`The item at byte ${offset} is nested deeper than ${MAX_DEPTH} levels.`);
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
}

function checkIntegers(text: string, offset: number): void {
  for (const [token] of text.matchAll(STRING_OR_NUMBER)) {
    if (token.startsWith('"') || /[.eE]/.test(token)) continue;
    // Past 300 digits every integer changes, and BigInt would take its time.
    if (token.length > 300 || BigInt(Number(token)) !== BigInt(token)) {
      throw new ReaderFault(`The item at byte ${offset} holds the integer ${token.slice(0, 50)}, whose value would change: write it as a string.`);
    }
  }
}
