/** Bits that are read from the last byte to the first, as Zstandard writes them. RFC 8878, section 4.1. */
export interface BackwardBits {
  readonly bytes: Uint8Array;
  /** How many bits are left; below zero when more were read than there are. */
  left: number;
}

export const DAMAGED = 'The Zstandard data is damaged.';

/** Position of the highest bit that is set. */
export const highBit = (value: number): number => 31 - Math.clz32(value);

/** @throws RangeError where the mark at the end is missing. */
export function openBackward(bytes: Uint8Array): BackwardBits {
  const last = bytes[bytes.length - 1];
  if (last === undefined || last === 0) throw new RangeError(DAMAGED);
  return { bytes, left: (bytes.length - 1) * 8 + highBit(last) };
}

/** The next `count` (at most 24) bits. Before the first byte are zeros. */
export function readBackward(bits: BackwardBits, count: number): number {
  const from = (bits.left -= count);
  const { bytes } = bits;
  const mask = 2 ** count - 1;
  if (from < 0) return from <= -count ? 0 : ((bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16)) << -from) & mask;
  const at = from >> 3;
  return ((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> (from & 7)) & mask;
}
