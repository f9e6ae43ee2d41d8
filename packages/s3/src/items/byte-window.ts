import { contentText } from '../object-content.ts';
import type { NextBytes } from './byte-source.ts';
import { ReaderFault } from './reader-fault.ts';

/** AWS reads rows of up to 10 MB. */
export const MAX_RECORD_BYTES = 10_485_760;

/** The part of a content that is in memory: the record to be read next, and what came with it. */
export interface ByteWindow {
  bytes: Uint8Array;
  /** Where the next record begins in `bytes`. */
  start: number;
  /** Where the bytes that are there end. */
  end: number;
  /** Offset in the content of `bytes[0]`. */
  base: number;
  /** Nothing follows `end`. */
  last: boolean;
  /** All of it as text where that has one unit per byte; `null` where not; `undefined` before somebody has asked. */
  text: string | null | undefined;
  readonly next: NextBytes;
}

/** Bytes `from` to `to` of the window as text. One decoding serves all records where it can: most data is ASCII. */
export function windowText(window: ByteWindow, from: number, to: number): string {
  if (window.text === undefined) {
    const text = contentText(window.bytes.subarray(0, window.end));
    window.text = text.length === window.end ? text : null;
  }
  return window.text === null ? contentText(window.bytes.subarray(from, to)) : window.text.slice(from, to);
}

export function tooLong(offset: number): ReaderFault {
  return new ReaderFault(`The item at byte ${offset} is longer than ${MAX_RECORD_BYTES} bytes.`);
}

export function openWindow(next: NextBytes, offset: number): ByteWindow {
  return { bytes: new Uint8Array(0), start: 0, end: 0, base: offset, last: false, text: undefined, next };
}

/** Offset in the content of the next record. */
export function windowOffset(window: ByteWindow): number {
  return window.base + window.start;
}

/**
 * Brings at least one more byte, or notes that there is none; drops what lies before the record. Each time a record does not fit,
 * as much again is read, so that a long record is looked through a few times only.
 * @throws ReaderFault where the record is longer than {@link MAX_RECORD_BYTES}.
 */
export async function fillWindow(window: ByteWindow): Promise<void> {
  const kept = window.end - window.start;
  if (kept > MAX_RECORD_BYTES) throw tooLong(windowOffset(window));
  const parts: Uint8Array[] = [];
  let added = 0;
  do {
    const part = await window.next();
    if (part === undefined) window.last = true;
    else {
      parts.push(part);
      added += part.length;
    }
  } while (!window.last && added < Math.max(kept, 1));
  window.base += window.start;
  if (kept === 0 && parts.length === 1) window.bytes = parts[0]!;
  else {
    const joined = new Uint8Array(kept + added);
    joined.set(window.bytes.subarray(window.start, window.end));
    let at = kept;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    window.bytes = joined;
  }
  window.start = 0;
  window.end = kept + added;
  window.text = undefined;
}
