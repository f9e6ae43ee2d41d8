import { readInt, readLong, readUnsigned } from './thrift.ts';

const MAX_BLOCK_VALUES = 65_536;

/**
 * Goes over `count` (at least one) delta-encoded integers from `from` on, and tells where they end. `output`, where it is given, gets
 * the integers modulo 2^32.
 * @throws RangeError for data that is damaged or cut off.
 */
export function readDeltas(bytes: Uint8Array, from: number, count: number, output?: Int32Array): number {
  const cursor = { bytes, at: from };
  const blockValues = readUnsigned(cursor);
  const miniblocks = readUnsigned(cursor);
  readUnsigned(cursor);
  const miniblockValues = blockValues / miniblocks;
  if (!(blockValues > 0 && blockValues <= MAX_BLOCK_VALUES && miniblockValues % 32 === 0 && miniblockValues > 0)) throw new RangeError('A delta-encoded page has a damaged header.');
  let value = output === undefined ? (readLong(cursor), 0) : readInt(cursor);
  if (output !== undefined) output[0] = value;
  for (let done = 1; done < count; ) {
    const least = Number(BigInt.asIntN(32, readLong(cursor)));
    let widthAt = cursor.at;
    cursor.at += miniblocks;
    for (let miniblock = 0; miniblock < miniblocks && done < count; miniblock++) {
      const width = bytes[widthAt++];
      const start = cursor.at;
      if (width === undefined || width > 64) throw new RangeError('A delta-encoded page has a damaged block.');
      cursor.at += (miniblockValues * width) / 8;
      if (cursor.at > bytes.length) throw new RangeError('A delta-encoded page is cut off.');
      const here = Math.min(miniblockValues, count - done);
      if (output !== undefined) {
        for (let index = 0; index < here; index++) {
          value = (value + least + readBits(bytes, start * 8 + index * width, width)) | 0;
          output[done + index] = value;
        }
      }
      done += here;
    }
  }
  return cursor.at;
}

/** The lowest 32 of `width` bits. */
function readBits(bytes: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let bit = 0; bit < Math.min(width, 32); bit++) value |= ((bytes[(from + bit) >> 3]! >> ((from + bit) & 7)) & 1) << bit;
  return value;
}
