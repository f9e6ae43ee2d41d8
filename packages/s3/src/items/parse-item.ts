import type { Json } from '@interstate/kernel';
import { ReaderFault } from './reader-fault.ts';

const MAX_DEPTH = 1_000;
const LONG_NUMBER = /\d{16}/;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * One item's JSON text as a value; `offset` is where it stands, for messages.
 * @throws ReaderFault where it is no JSON, nests deeper than 1,000, or holds an integer that would not keep its value.
 */
export function parseItem(text: string, offset: number): Json {
  // Every level takes two characters at least.
  if (text.length > 2 * MAX_DEPTH) checkDepth(text, offset);
  let item: Json;
  try {
    item = JSON.parse(text) as Json;
  } catch {
    throw new ReaderFault(`The item at byte ${offset} is not valid JSON.`);
  }
  if (LONG_NUMBER.test(text)) checkIntegers(text, offset);
  return item;
}

function checkDepth(text: string, offset: number): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === 0x5c) index++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > MAX_DEPTH) throw new ReaderFault(`The item at byte ${offset} is nested deeper than ${MAX_DEPTH} levels.`);
    } else if (unit === 0x7d || unit === 0x5d) depth--;
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
