import { DAMAGED, openBackward, readBackward, type BackwardBits } from './bits.ts';
import { constantTable, fseTable, readFseTable, type FseTable } from './fse.ts';
import { decodeHuffman, readHuffmanTable, type HuffmanTable } from './literals.ts';

export const MAX_BLOCK_BYTES = 131_072;

/** What one block leaves to the next of its frame. */
export interface BlockMemory {
  huffman: HuffmanTable | undefined;
  readonly tables: Record<CodeName, FseTable | undefined>;
  readonly offsets: [number, number, number];
}

/** Where blocks write to: `length` bytes stand there, of which the last `reach` may be repeated. */
export interface BlockOutput {
  readonly bytes: Uint8Array;
  length: number;
  readonly reach: number;
}

type CodeName = 'literal' | 'offset' | 'match';

interface Code {
  readonly maxLog: number;
  readonly maxSymbol: number;
  readonly predefined: FseTable;
}

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

/** RFC 8878, section 3.1.1.3.2.2 */
const CODES: Readonly<Record<CodeName, Code>> = {
  literal: { maxLog: 9, maxSymbol: 35, predefined: fseTable([4, 3, ...times(11, 2), 1, 1, 1, ...times(9, 2), 3, 2, ...times(5, 1), ...times(4, -1)], 6) },
  offset: { maxLog: 8, maxSymbol: 31, predefined: fseTable([...times(6, 1), 2, 2, 2, ...times(15, 1), ...times(5, -1)], 5) },
  match: { maxLog: 9, maxSymbol: 52, predefined: fseTable([1, 4, 3, ...times(6, 2), ...times(37, 1), ...times(7, -1)], 6) },
};
const LITERAL_BITS = [...times(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [...times(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const LITERAL_BASE = basesOf(LITERAL_BITS, 0);
const MATCH_BASE = basesOf(MATCH_BITS, 3);

function basesOf(bits: readonly number[], first: number): number[] {
  let base = first;
  return bits.map((width) => (base += 2 ** width) - 2 ** width);
}

export function blockMemory(): BlockMemory {
  return { huffman: undefined, tables: { literal: undefined, offset: undefined, match: undefined }, offsets: [1, 4, 8] };
}

/** Decodes a compressed block behind what `output` holds. Whatever the block says, this writes {@link MAX_BLOCK_BYTES} at most. @throws RangeError where it is damaged. */
export function decodeBlock(bytes: Uint8Array, memory: BlockMemory, output: BlockOutput): void {
  const { literals, end } = readLiterals(bytes, memory);
  const first = bytes[end];
  if (first === undefined) throw new RangeError(DAMAGED);
  let at = end + 1;
  let count = first;
  if (first === 255) {
    count = (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8) + 0x7f00;
    at += 2;
  } else if (first > 127) count = ((first - 128) << 8) + (bytes[at++] ?? 0);
  const most = output.length + MAX_BLOCK_BYTES;
  let taken = 0;
  if (count > 0) {
    const modes = bytes[at++];
    if (modes === undefined || (modes & 3) !== 0) throw new RangeError(DAMAGED);
    (['literal', 'offset', 'match'] as const).forEach((name, index) => {
      at = readTable(bytes, at, name, (modes >> (6 - 2 * index)) & 3, memory);
    });
    taken = copySequences(openBackward(bytes.subarray(at)), count, literals, memory, output, most);
  } else if (at !== bytes.length) throw new RangeError(DAMAGED);
  if (output.length + literals.length - taken > most) throw new RangeError(DAMAGED);
  output.bytes.set(literals.subarray(taken), output.length);
  output.length += literals.length - taken;
}

/** RFC 8878, section 3.1.1.3.1 */
function readLiterals(bytes: Uint8Array, memory: BlockMemory): { readonly literals: Uint8Array; readonly end: number } {
  const head = bytes[0];
  if (head === undefined) throw new RangeError(DAMAGED);
  const kind = head & 3;
  const format = (head >> 2) & 3;
  const headBytes = kind < 2 ? [1, 2, 1, 3][format]! : [3, 3, 4, 5][format]!;
  if (bytes.length < headBytes) throw new RangeError(DAMAGED);
  let number = 0;
  for (let index = headBytes - 1; index >= 0; index--) number = number * 256 + bytes[index]!;
  if (kind < 2) {
    const length = Math.floor(number / (headBytes === 1 ? 8 : 16));
    const end = headBytes + (kind === 0 ? length : 1);
    if (length > MAX_BLOCK_BYTES || end > bytes.length) throw new RangeError(DAMAGED);
    return { literals: kind === 0 ? bytes.subarray(headBytes, end) : new Uint8Array(length).fill(bytes[headBytes]!), end };
  }
  const width = 2 ** [10, 10, 14, 18][format]!;
  const length = Math.floor(number / 16) % width;
  const end = headBytes + Math.floor(number / 16 / width);
  if (length > MAX_BLOCK_BYTES || end > bytes.length) throw new RangeError(DAMAGED);
  let stored = bytes.subarray(headBytes, end);
  if (kind === 2) {
    const read = readHuffmanTable(stored);
    memory.huffman = read.table;
    stored = stored.subarray(read.end);
  }
  const { huffman } = memory;
  if (huffman === undefined) throw new RangeError(DAMAGED);
  const literals = new Uint8Array(length);
  if (format === 0) decodeHuffman(stored, huffman, literals);
  else {
    const part = (length + 3) >> 2;
    let at = 6;
    for (let stream = 0; stream < 4; stream++) {
      const to = stream === 3 ? stored.length : at + (stored[2 * stream]! | (stored[2 * stream + 1]! << 8));
      if (!(to <= stored.length) || part * stream > length) throw new RangeError(DAMAGED);
      decodeHuffman(stored.subarray(at, to), huffman, literals.subarray(part * stream, stream === 3 ? length : part * (stream + 1)));
      at = to;
    }
  }
  return { literals, end };
}

function readTable(bytes: Uint8Array, at: number, name: CodeName, mode: number, { tables }: BlockMemory): number {
  const { maxLog, maxSymbol, predefined } = CODES[name];
  switch (mode) {
    case 0:
      tables[name] = predefined;
      return at;
    case 1: {
      const symbol = bytes[at];
      if (symbol === undefined || symbol > maxSymbol) throw new RangeError(DAMAGED);
      tables[name] = constantTable(symbol);
      return at + 1;
    }
    case 2: {
      const read = readFseTable(bytes, at, maxLog, maxSymbol);
      tables[name] = read.table;
      return read.end;
    }
    default:
      if (tables[name] === undefined) throw new RangeError(DAMAGED);
      return at;
  }
}

/** Copies literals and repeats what was written, `count` times in turn. Tells how many literals were taken. RFC 8878, section 3.1.1.4. */
function copySequences(bits: BackwardBits, count: number, literals: Uint8Array, { tables, offsets }: BlockMemory, output: BlockOutput, most: number): number {
  const { literal, offset, match } = tables as Record<CodeName, FseTable>;
  const { bytes } = output;
  let literalState = readBackward(bits, literal.log);
  let offsetState = readBackward(bits, offset.log);
  let matchState = readBackward(bits, match.log);
  let taken = 0;
  let to = output.length;
  for (let sequence = 0; sequence < count; sequence++) {
    const offsetCode = offset.symbols[offsetState]!;
    const matchCode = match.symbols[matchState]!;
    const literalCode = literal.symbols[literalState]!;
    const coded = 2 ** offsetCode + (offsetCode > 16 ? readBackward(bits, offsetCode - 16) * 65_536 + readBackward(bits, 16) : readBackward(bits, offsetCode));
    const length = MATCH_BASE[matchCode]! + readBackward(bits, MATCH_BITS[matchCode]!);
    const copied = LITERAL_BASE[literalCode]! + readBackward(bits, LITERAL_BITS[literalCode]!);
    if (sequence < count - 1) {
      literalState = literal.next[literalState]! + readBackward(bits, literal.bits[literalState]!);
      matchState = match.next[matchState]! + readBackward(bits, match.bits[matchState]!);
      offsetState = offset.next[offsetState]! + readBackward(bits, offset.bits[offsetState]!);
    }
    const distance = distanceOf(coded, copied, offsets);
    if (bits.left < 0 || taken + copied > literals.length || to + copied + length > most || distance < 1 || distance > Math.min(to + copied, output.reach)) {
      throw new RangeError(DAMAGED);
    }
    for (const end = taken + copied; taken < end; ) bytes[to++] = literals[taken++]!;
    for (const end = to + length; to < end; to++) bytes[to] = bytes[to - distance]!;
  }
  if (bits.left !== 0) throw new RangeError(DAMAGED);
  output.length = to;
  return taken;
}

/** The last three distances have short names. RFC 8878, section 3.1.1.5. */
function distanceOf(coded: number, copied: number, offsets: [number, number, number]): number {
  const [first, second, third] = offsets;
  const name = coded > 3 ? 3 : coded - 1 + (copied === 0 ? 1 : 0);
  if (name === 0) return first;
  const distance = coded > 3 ? coded - 3 : name === 1 ? second : name === 2 ? third : first - 1;
  offsets[0] = distance;
  offsets[1] = first;
  if (name !== 1) offsets[2] = second;
  return distance;
}
