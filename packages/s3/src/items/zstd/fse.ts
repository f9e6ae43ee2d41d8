import { DAMAGED, highBit } from './bits.ts';

/** A decoding table for finite state entropy: for each state its symbol, and how to come to the next. RFC 8878, section 4.1.1. */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly next: Uint16Array;
}

/** The table of one symbol that takes no bits. */
export function constantTable(symbol: number): FseTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: Uint8Array.of(0), next: Uint16Array.of(0) };
}

/** The table of symbols that come so often (-1: less than once) in 2^log. @throws RangeError where these do not add up. */
export function fseTable(frequencies: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const bits = new Uint8Array(size);
  const next = new Uint16Array(size);
  const states = frequencies.map((frequency) => Math.abs(frequency));
  let high = size;
  frequencies.forEach((frequency, symbol) => {
    if (frequency === -1) symbols[--high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  frequencies.forEach((frequency, symbol) => {
    for (let index = 0; index < frequency; index++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  });
  if (at !== 0) throw new RangeError(DAMAGED);
  for (let state = 0; state < size; state++) {
    const count = states[symbols[state]!]!++;
    bits[state] = log - highBit(count);
    next[state] = (count << bits[state]!) - size;
  }
  return { log, symbols, bits, next };
}

/** Reads a table's description from byte `from` on; `end` is the byte behind it. @throws RangeError where it is damaged. */
export function readFseTable(bytes: Uint8Array, from: number, maxLog: number, maxSymbol: number): { readonly table: FseTable; readonly end: number } {
  let position = from * 8;
  const read = (count: number): number => {
    const at = position >> 3;
    const value = ((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) >>> (position & 7)) & (2 ** count - 1);
    position += count;
    return value;
  };
  const log = read(4) + 5;
  if (log > maxLog) throw new RangeError(DAMAGED);
  const frequencies: number[] = [];
  let left = 1 << log;
  while (left > 0 && frequencies.length <= maxSymbol) {
    const width = highBit(left + 1) + 1;
    const lower = 2 ** (width - 1) - 1;
    const threshold = 2 ** width - 2 - left;
    let value = read(width);
    if ((value & lower) < threshold) {
      position--;
      value &= lower;
    } else if (value > lower) value -= threshold;
    const frequency = value - 1;
    frequencies.push(frequency);
    left -= Math.abs(frequency);
    if (frequency !== 0) continue;
    for (let repeat = 3; repeat === 3 && frequencies.length <= maxSymbol; ) {
      repeat = read(2);
      for (let index = 0; index < repeat; index++) frequencies.push(0);
    }
  }
  const end = (position + 7) >> 3;
  if (left !== 0 || frequencies.length > maxSymbol + 1 || end > bytes.length) throw new RangeError(DAMAGED);
  return { table: fseTable(frequencies, log), end };
}
