/** Thrift's compact protocol, as far as Parquet needs it. A field of a struct by its number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;
export type ThriftValue = boolean | number | bigint | Uint8Array | readonly ThriftValue[] | ThriftStruct;

export interface ThriftCursor {
  readonly bytes: Uint8Array;
  at: number;
  /** How many structs, texts and list elements may still come: a byte can stand for one, which takes a hundred in memory. */
  budget: number;
}

const MAX_DEPTH = 16;

/** Reads a struct and leaves the cursor behind it. @throws RangeError for data that is damaged, cut off, or beyond the budget. */
export function readStruct(cursor: ThriftCursor, depth = 0): ThriftStruct {
  if (depth > MAX_DEPTH) throw new RangeError(`A structure is nested deeper than ${MAX_DEPTH} levels.`);
  spend(cursor, 1);
  const fields = new Map<number, ThriftValue>();
  let id = 0;
  for (;;) {
    const head = readByte(cursor);
    const type = head & 15;
    if (type === 0) return fields;
    id = head >> 4 === 0 ? readInt(cursor) : id + (head >> 4);
    fields.set(id, readValue(cursor, type, depth));
  }
}

function readValue(cursor: ThriftCursor, type: number, depth: number): ThriftValue {
  switch (type) {
    case 1:
      return true;
    case 2:
      return false;
    case 3:
      return readByte(cursor);
    case 4:
    case 5:
      return readInt(cursor);
    case 6:
      return readLong(cursor);
    case 7:
      skip(cursor, 8);
      return 0;
    case 8: {
      spend(cursor, 1);
      const length = readUnsigned(cursor);
      const from = cursor.at;
      skip(cursor, length);
      return cursor.bytes.subarray(from, cursor.at);
    }
    case 9: {
      const head = readByte(cursor);
      const length = head >> 4 === 15 ? readUnsigned(cursor) : head >> 4;
      spend(cursor, length);
      const elementType = head & 15;
      const list: ThriftValue[] = [];
      // Truth values stand alone as a byte in lists.
      for (let index = 0; index < length; index++) list.push(readValue(cursor, elementType <= 2 ? 3 : elementType, depth + 1));
      return list;
    }
    case 12:
      return readStruct(cursor, depth + 1);
    default:
      throw new RangeError(`A field has the unknown type ${type}.`);
  }
}

function spend(cursor: ThriftCursor, count: number): void {
  cursor.budget -= count;
  if (cursor.budget < 0) throw new RangeError('A structure holds too many parts.');
}

function skip(cursor: ThriftCursor, count: number): void {
  cursor.at += count;
  if (cursor.at > cursor.bytes.length) throw new RangeError('The data ends in the middle of a structure.');
}

function readByte(cursor: ThriftCursor): number {
  const byte = cursor.bytes[cursor.at++];
  if (byte === undefined) throw new RangeError('The data ends in the middle of a structure.');
  return byte;
}

/** An unsigned integer below 2^31, in at most five bytes. */
export function readUnsigned(cursor: Pick<ThriftCursor, 'bytes' | 'at'>): number {
  const value = readVarint(cursor as ThriftCursor, 5);
  if (value >= 2 ** 31) throw new RangeError('A length is out of range.');
  return value;
}

/** Up to `maxBytes` bytes of seven bits each; exact below 2^53. */
function readVarint(cursor: ThriftCursor, maxBytes: number): number {
  let value = 0;
  for (let index = 0; index < maxBytes; index++) {
    const byte = readByte(cursor);
    value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return value;
  }
  throw new RangeError('An integer is too long.');
}

/** A signed integer of 32 bits. */
export function readInt(cursor: Pick<ThriftCursor, 'bytes' | 'at'>): number {
  const zigzag = readVarint(cursor as ThriftCursor, 5) | 0;
  return (zigzag >>> 1) ^ -(zigzag & 1);
}

/** A signed integer of 64 bits. */
export function readLong(cursor: Pick<ThriftCursor, 'bytes' | 'at'>): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = readByte(cursor as ThriftCursor);
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }
  throw new RangeError('An integer is too long.');
}
