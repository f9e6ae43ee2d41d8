import { windowText, type ByteWindow } from './byte-window.ts';
import { locateArray } from './json-pointer.ts';
import { parseItem } from './parse-item.ts';
import { ReaderFault } from './reader-fault.ts';
import { skipByteOrderMark, type RecordFormat } from './record-format.ts';

/**
 * A JSON document whose items are the elements of the array at `pointer` (RFC 6901; empty: the document itself). Elements are cut out
 * one by one. Anything else there is AWS's `Attempting to map over non-iterable node.`
 */
export function jsonArray(pointer: string): RecordFormat {
  const locate = locateArray(pointer);
  let marked = false;
  return {
    begin(window) {
      if (!marked) {
        if (skipByteOrderMark(window) === 'more') return 'more';
        marked = true;
      }
      return locate(window);
    },
    read: readElement,
  };
}

function readElement(window: ByteWindow): ReturnType<RecordFormat['read']> {
  const { bytes, end, last } = window;
  let at = skipSpace(bytes, window.start, end);
  if (at === end) return missing(window, last);
  if (bytes[at] === 0x5d) {
    window.start = at;
    return 'end';
  }
  // Every element but the first has its comma before it, so that a cursor stands either after `[` or after an element.
  if (bytes[at] === 0x2c) {
    at = skipSpace(bytes, at + 1, end);
    if (at === end) return missing(window, last);
    if (bytes[at] === 0x5d) throw malformed(window.base + at);
  }
  const stop = valueEnd(bytes, at, end);
  const after = skipSpace(bytes, stop, end);
  if (after === end) return missing(window, last);
  if (stop === at || (bytes[after] !== 0x2c && bytes[after] !== 0x5d)) throw malformed(window.base + after);
  window.start = after;
  return { item: parseItem(windowText(window, at, stop), window.base + at) };
}

const malformed = (offset: number): ReaderFault => new ReaderFault(`The file is not valid JSON at byte ${offset}.`);

function missing(window: ByteWindow, last: boolean): 'more' {
  if (last) throw malformed(window.base + window.end);
  return 'more';
}

function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    at++;
  }
  return at;
}

/** Where the value that begins at `from` ends; `end` where that is not in sight. */
function valueEnd(bytes: Uint8Array, from: number, end: number): number {
  let depth = 0;
  for (let at = from; at < end; at++) {
    switch (bytes[at]) {
      case 0x22:
        at = stringEnd(bytes, at + 1, end);
        if (at === end) return end;
        if (depth === 0) return at + 1;
        break;
      case 0x5b:
      case 0x7b:
        depth++;
        break;
      case 0x5d:
      case 0x7d:
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
        break;
      case 0x2c:
      case 0x20:
      case 0x0a:
      case 0x0d:
      case 0x09:
        if (depth === 0) return at;
    }
  }
  return end;
}

/** Where the closing quote stands; `end` where it is not in sight. */
function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (bytes[at] === 0x5c) at++;
    else if (bytes[at] === 0x22) return at;
  }
  return end;
}
