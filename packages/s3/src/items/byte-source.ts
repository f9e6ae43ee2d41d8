import type { ObjectStore } from '../store/object-store.ts';
import { gunzip, type Inflater } from './gunzip.ts';
import { ReaderFault } from './reader-fault.ts';
import { unzstd } from './zstd/unzstd.ts';

/** Bytes in order; `undefined` after the last. */
export type NextBytes = () => Promise<Uint8Array | undefined>;

const FIRST_READ_BYTES = 65_536;
const LATER_READ_BYTES = 1_048_576;

/** The object's bytes from `offset` on, in range reads that grow: a page near the start costs little, a whole file few reads. */
function readRanges(store: ObjectStore, bucket: string, key: string, size: number, offset: number): NextBytes {
  let at = offset;
  let length = FIRST_READ_BYTES;
  return async () => {
    if (at >= size) return undefined;
    const bytes = await store.read(bucket, key, at, Math.min(at + length, size));
    if (bytes.length === 0) return undefined;
    at += bytes.length;
    length = LATER_READ_BYTES;
    return bytes;
  };
}

// Fed in small pieces, because one piece may come out a thousand times as long.
const COMPRESSED_PIECE_BYTES = 16_384;

function inflate(compressed: NextBytes, create: (onData: (bytes: Uint8Array) => void) => Inflater): NextBytes {
  const ready: Uint8Array[] = [];
  const inflater = create((bytes) => {
    if (bytes.length > 0) ready.push(bytes);
  });
  let piece: Uint8Array | undefined;
  let following: Uint8Array | undefined;
  let ended = false;
  return async () => {
    while (ready.length === 0 && !ended) {
      piece ??= await compressed();
      const part = piece?.subarray(0, COMPRESSED_PIECE_BYTES) ?? new Uint8Array(0);
      if (piece !== undefined && piece.length > part.length) following = piece.subarray(part.length);
      else following = piece === undefined ? undefined : await compressed();
      ended = following === undefined;
      piece = following;
      try {
        inflater.push(part, ended);
      } catch {
        throw new ReaderFault('The compressed data is damaged or cut off.');
      }
    }
    return ready.shift();
  };
}

function skipBytes(next: NextBytes, count: number): NextBytes {
  let left = count;
  return async () => {
    for (;;) {
      const bytes = await next();
      if (bytes === undefined || left === 0) return bytes;
      if (bytes.length > left) {
        const rest = bytes.subarray(left);
        left = 0;
        return rest;
      }
      left -= bytes.length;
    }
  };
}

/**
 * The content of an object from `offset` on, decompressed where it begins as gzip or Zstandard data does (whatever its name says;
 * neither can begin a text). `offset` counts decompressed bytes: compressed data is read from its start again.
 */
export async function openBytes(store: ObjectStore, bucket: string, key: string, size: number, offset: number): Promise<NextBytes> {
  const head = await store.read(bucket, key, 0, 4);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const { Gunzip } = await import('fflate/browser');
    return skipBytes(inflate(readRanges(store, bucket, key, size, 0), (onData) => gunzip(Gunzip, onData)), offset);
  }
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) {
    return skipBytes(inflate(readRanges(store, bucket, key, size, 0), unzstd), offset);
  }
  return readRanges(store, bucket, key, size, offset);
}
