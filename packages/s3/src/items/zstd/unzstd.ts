import type { Inflater } from '../gunzip.ts';
import { DAMAGED } from './bits.ts';
import { blockMemory, decodeBlock, MAX_BLOCK_BYTES, type BlockMemory, type BlockOutput } from './block.ts';

/** How far back data may repeat itself: what Zstandard's own tools take without being asked to take more. */
const MAX_WINDOW_BYTES = 134_217_728;
const FIRST_ROOM_BYTES = 524_288;
const SPARE_BYTES = 8_388_608;
const MAGIC = 0xfd2fb528;
const CHECKSUM_BYTES = 4;
const SKIPPED_MAGIC = 0x184d2a50;

interface Frame {
  readonly window: number;
  /** Bytes of the content, where the frame tells. */
  readonly length: number | undefined;
  readonly checked: boolean;
  readonly memory: BlockMemory;
  written: number;
  ended: boolean;
}

/**
 * Zstandard data (RFC 8878) of one or several frames, fed in pieces. A byte of it makes {@link MAX_BLOCK_BYTES} at most, in the time
 * that takes. Dictionaries are not known, and checksums not compared.
 */
export function unzstd(onData: (bytes: Uint8Array) => void): Inflater {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let wanted = 5;
  let skipped = 0;
  let frame: Frame | undefined;
  let output: BlockOutput = { bytes: new Uint8Array(0), length: 0, reach: 0 };

  const makeRoom = (window: number): void => {
    if (output.length + MAX_BLOCK_BYTES <= output.bytes.length) return;
    const most = window + MAX_BLOCK_BYTES + Math.min(window, SPARE_BYTES);
    const size = Math.min(most, Math.max(FIRST_ROOM_BYTES, 2 * output.bytes.length));
    const kept = output.bytes.subarray(Math.max(0, output.length - window), output.length);
    if (size > output.bytes.length && kept.length + MAX_BLOCK_BYTES <= size) {
      const bytes = new Uint8Array(size);
      bytes.set(kept);
      output = { bytes, length: kept.length, reach: window };
    } else {
      output.bytes.copyWithin(0, output.length - kept.length, output.length);
      output.length = kept.length;
    }
  };

  const needs = (length: number): 0 => {
    wanted = length;
    return 0;
  };

  /** Takes one part from the front of `bytes`, and tells its length; zero where it needs more. */
  const takePart = (bytes: Uint8Array): number => {
    if (skipped > 0) {
      const length = Math.min(skipped, bytes.length);
      skipped -= length;
      return length === 0 ? needs(1) : length;
    }
    if (frame === undefined) return takeHead(bytes);
    if (frame.ended) {
      if (bytes.length < CHECKSUM_BYTES) return needs(CHECKSUM_BYTES);
      frame = undefined;
      return CHECKSUM_BYTES;
    }
    if (bytes.length < 3) return needs(3);
    const head = bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16);
    const kind = (head >> 1) & 3;
    const size = head >> 3;
    const end = 3 + (kind === 1 ? 1 : size);
    if (kind === 3 || size > MAX_BLOCK_BYTES) throw new RangeError(DAMAGED);
    if (bytes.length < end) return needs(end);
    makeRoom(frame.window);
    const from = output.length;
    if (kind === 2) decodeBlock(bytes.subarray(3, end), frame.memory, output);
    else {
      if (kind === 0) output.bytes.set(bytes.subarray(3, end), from);
      else output.bytes.fill(bytes[3]!, from, from + size);
      output.length += size;
    }
    frame.written += output.length - from;
    frame.ended = (head & 1) === 1;
    if (frame.length !== undefined && (frame.ended ? frame.written !== frame.length : frame.written > frame.length)) throw new RangeError(DAMAGED);
    if (frame.ended && !frame.checked) frame = undefined;
    if (output.length > from) onData(output.bytes.slice(from, output.length));
    return end;
  };

  const takeHead = (bytes: Uint8Array): number => {
    if (bytes.length < 5) return needs(5);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const magic = view.getUint32(0, true);
    if (magic >>> 4 === SKIPPED_MAGIC >>> 4) {
      if (bytes.length < 8) return needs(8);
      skipped = view.getUint32(4, true);
      return 8;
    }
    const flags = bytes[4]!;
    if (magic !== MAGIC || (flags & 8) !== 0) throw new RangeError(DAMAGED);
    const single = (flags & 32) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][flags & 3]!;
    const lengthBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6]!;
    const lengthAt = (single ? 5 : 6) + dictionaryBytes;
    const end = lengthAt + lengthBytes;
    if (bytes.length < end) return needs(end);
    for (let at = lengthAt - dictionaryBytes; at < lengthAt; at++) if (bytes[at] !== 0) throw new RangeError('The Zstandard data needs a dictionary.');
    let length = lengthBytes === 2 ? 256 : 0;
    for (let index = 0; index < lengthBytes; index++) length += bytes[lengthAt + index]! * 2 ** (8 * index);
    const base = 2 ** (10 + (bytes[5]! >> 3));
    const window = single ? length : base + (base / 8) * (bytes[5]! & 7);
    if (window > MAX_WINDOW_BYTES) throw new RangeError(`The Zstandard data needs a window of ${window} bytes; up to ${MAX_WINDOW_BYTES} can be had.`);
    frame = { window, length: lengthBytes === 0 ? undefined : length, checked: (flags & 4) !== 0, memory: blockMemory(), written: 0, ended: false };
    // What the last frame wrote cannot be reached; its room is used again.
    output = { bytes: output.bytes, length: 0, reach: window };
    return end;
  };

  return {
    push(bytes, final) {
      pieces.push(bytes);
      held += bytes.length;
      if (held >= wanted) {
        let rest = pieces.length === 1 ? bytes : join(pieces, held);
        for (let taken = -1; taken !== 0; rest = rest.subarray(taken)) taken = takePart(rest);
        pieces = [rest];
        held = rest.length;
      }
      if (final && (held > 0 || frame !== undefined || skipped > 0)) throw new RangeError('The Zstandard data is cut off.');
    },
  };
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
