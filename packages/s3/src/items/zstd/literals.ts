import { DAMAGED, highBit, openBackward, readBackward } from './bits.ts';
import { readFseTable } from './fse.ts';

/** A Huffman code: for the next `log` bits, which symbol they begin with and how many bits it takes. RFC 8878, section 4.2. */
export interface HuffmanTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const MAX_LOG = 11;
const MAX_WEIGHTS = 255;

/** Reads the description of a Huffman code. @throws RangeError where it is damaged. */
export function readHuffmanTable(bytes: Uint8Array): { readonly table: HuffmanTable; readonly end: number } {
  const head = bytes[0];
  if (head === undefined) throw new RangeError(DAMAGED);
  const count = head - 127;
  const end = head < 128 ? 1 + head : 1 + ((count + 1) >> 1);
  if (end > bytes.length) throw new RangeError(DAMAGED);
  const weights = head < 128 ? compressedWeights(bytes.subarray(1, end)) : Array.from({ length: count }, (_, index) => (bytes[1 + (index >> 1)]! >> (index % 2 === 0 ? 4 : 0)) & 15);

  let sum = 0;
  for (const weight of weights) {
    if (weight > MAX_LOG) throw new RangeError(DAMAGED);
    if (weight > 0) sum += 1 << (weight - 1);
  }
  const log = sum === 0 ? 0 : highBit(sum) + 1;
  const rest = (1 << log) - sum;
  // The last weight makes up what is missing to a power of two.
  if (log === 0 || log > MAX_LOG || (rest & (rest - 1)) !== 0) throw new RangeError(DAMAGED);
  weights.push(highBit(rest) + 1);

  const symbols = new Uint8Array(1 << log);
  const bits = new Uint8Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    weights.forEach((own, symbol) => {
      if (own !== weight) return;
      const to = at + (1 << (weight - 1));
      symbols.fill(symbol, at, to);
      bits.fill(log + 1 - weight, at, to);
      at = to;
    });
  }
  return { table: { log, symbols, bits }, end };
}

/** Two states take turns, until the bits have run out. */
function compressedWeights(bytes: Uint8Array): number[] {
  const { table, end } = readFseTable(bytes, 0, 6, MAX_LOG + 1);
  const bits = openBackward(bytes.subarray(end));
  const weights: number[] = [];
  let state = readBackward(bits, table.log);
  let other = readBackward(bits, table.log);
  if (bits.left < 0) throw new RangeError(DAMAGED);
  while (bits.left >= 0) {
    weights.push(table.symbols[state]!);
    // A state may need no bits to come to itself.
    if (weights.length >= MAX_WEIGHTS) throw new RangeError(DAMAGED);
    const following = table.next[state]! + readBackward(bits, table.bits[state]!);
    state = other;
    other = following;
  }
  weights.push(table.symbols[state]!);
  return weights;
}

/** Fills `output` with what `bytes` stand for. @throws RangeError where they stand for more, or less. */
export function decodeHuffman(bytes: Uint8Array, { log, symbols, bits: widths }: HuffmanTable, output: Uint8Array): void {
  const bits = openBackward(bytes);
  for (let index = 0; index < output.length; index++) {
    const code = readBackward(bits, log);
    output[index] = symbols[code]!;
    bits.left += log - widths[code]!;
    if (bits.left < 0) throw new RangeError(DAMAGED);
  }
  if (bits.left !== 0) throw new RangeError(DAMAGED);
}
