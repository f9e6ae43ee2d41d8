import { readUnsigned } from './thrift.ts';

/** Wider values are not read: no dictionary and no level needs them. */
const MAX_WIDTH = 24;

/**
 * Goes through `count` values in Parquet's RLE / bit-packed hybrid, which begins at `from`, and names each with how often it comes in a row.
 * @throws RangeError for runs that are cut off, or longer than what is left to come.
 */
export function readRuns(bytes: Uint8Array, from: number, width: number, count: number, visit: (value: number, times: number) => void): void {
  if (width > MAX_WIDTH) throw new RangeError(`Values of ${width} bits are not read.`);
  const cursor = { bytes, at: from };
  const mask = 2 ** width - 1;
  let left = count;
  while (left > 0) {
    const head = readUnsigned(cursor);
    const length = head >>> 1;
    if ((head & 1) === 0) {
      if (length > left) throw new RangeError('A run is longer than its page.');
      const end = cursor.at + ((width + 7) >> 3);
      if (end > bytes.length) throw new RangeError('A run is cut off.');
      let value = 0;
      for (let at = cursor.at, shift = 0; at < end; at++, shift += 8) value |= bytes[at]! << shift;
      cursor.at = end;
      if (length > 0) visit(value, length);
      left -= length;
      continue;
    }
    // No bits would leave the length without a bound, and no groups without a meaning.
    if (width === 0 || length === 0 || cursor.at + length * width > bytes.length) throw new RangeError('A bit-packed run is cut off.');
    const here = Math.min(left, length * 8);
    for (let index = 0, bit = cursor.at * 8; index < here; index++, bit += width) {
      const at = bit >> 3;
      visit(((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> (bit & 7)) & mask, 1);
    }
    cursor.at += length * width;
    left -= here;
  }
}
