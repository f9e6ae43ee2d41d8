/** Bits for each hash that there is room for: of the texts that are not meant, about one in so many passes. */
const BITS_PER_HASH = 16;

/** Tells of most texts, by a hash, that they are none of many: what it lets pass has to be looked up. */
export class HashFilter {
  readonly #bits: Uint32Array;
  /** What takes the highest bits of a hash: there is a bit for each value of those. */
  readonly #shift: number;
  #room: number;

  /** With room for as many again. */
  constructor(hashes: readonly number[]) {
    const exponent = Math.ceil(Math.log2(2 * BITS_PER_HASH * Math.max(hashes.length, 1)));
    this.#bits = new Uint32Array(2 ** (exponent - 5));
    this.#shift = 32 - exponent;
    this.#room = 2 * hashes.length;
    for (const hash of hashes) this.add(hash);
  }

  /** Once it is full, it lets more and more pass. */
  get isFull(): boolean {
    return this.#room <= 0;
  }

  add(hash: number): void {
    const bit = hash >>> this.#shift;
    this.#bits[bit >>> 5]! |= 1 << bit;
    this.#room--;
  }

  mayHave(hash: number): boolean {
    const bit = hash >>> this.#shift;
    return (this.#bits[bit >>> 5]! & (1 << bit)) !== 0;
  }
}

/** Of a text of at least four codes: by its length, the last four and three of the others. Reading them all would cost as much as looking it up. */
export function hashOfText(text: string): number {
  const { length } = text;
  const last = text.charCodeAt(length - 1) | (text.charCodeAt(length - 2) << 8) | (text.charCodeAt(length - 3) << 16) | (text.charCodeAt(length - 4) << 24);
  const others = text.charCodeAt(0) | (text.charCodeAt(length >> 2) << 8) | (text.charCodeAt((length >> 1) - 1) << 16);
  return hashOf(last + length, others);
}

export function hashOf(low: number, high: number): number {
  return Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
}
