/** State of the seeded generator: four unsigned 32-bit words. Lives inside the machine that uses it. */
export type RandomState = [number, number, number, number];

/** Starts a generator from a 128-bit seed, given as four words; equal seeds give equal sequences. */
export function createRandom(seed: readonly [number, number, number, number]): RandomState {
  const state: RandomState = [seed[0] >>> 0, seed[1] >>> 0, seed[2] >>> 0, seed[3] >>> 0];
  // The all-zero state is the generator's one fixed point.
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1;
  for (let round = 0; round < 8; round++) nextUint32(state);
  return state;
}

/** A seed from a number and a text, so that every machine of a seeded host draws its own sequence. */
export function seedFrom(seed: readonly [number, number, number, number], name: string): [number, number, number, number] {
  const words: [number, number, number, number] = [seed[0], seed[1], seed[2], seed[3]];
  for (let index = 0; index < name.length; index++) {
    const slot = index & 3;
    words[slot] = Math.imul(words[slot]! ^ name.charCodeAt(index), 0x01000193) + index;
    words[(slot + 1) & 3]! ^= words[slot]! >>> 7;
  }
  return words.map((word) => word >>> 0) as [number, number, number, number];
}

/** The next 32 random bits (xoshiro128**). Changes the state in place. */
export function nextUint32(state: RandomState): number {
  const product = Math.imul(state[1], 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
  const shifted = state[1] << 9;
  state[2] = (state[2] ^ state[0]) >>> 0;
  state[3] = (state[3] ^ state[1]) >>> 0;
  state[1] = (state[1] ^ state[2]) >>> 0;
  state[0] = (state[0] ^ state[3]) >>> 0;
  state[2] = (state[2] ^ shifted) >>> 0;
  state[3] = ((state[3] << 11) | (state[3] >>> 21)) >>> 0;
  return result;
}

/** A number in [0, 1) with 53 random bits. */
export function nextRandom(state: RandomState): number {
  return ((nextUint32(state) >>> 5) * 67108864 + (nextUint32(state) >>> 6)) / 9007199254740992;
}

const DIGITS = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0));
const DASH = 45;

/** The hexadecimal digit of a word at a bit, as a character code. */
function hex(word: number, bit: number): number {
  return DIGITS[(word >>> bit) & 15]!;
}

/** A version 4 UUID. Made in one piece: it is a key from now on, and joined pieces would be put together then. */
export function nextUuid(state: RandomState): string {
  const a = nextUint32(state);
  const b = (nextUint32(state) & 0xffff0fff) | 0x4000;
  const c = (nextUint32(state) & 0x3fffffff) | 0x80000000;
  const d = nextUint32(state);
  return String.fromCharCode(
    hex(a, 28), hex(a, 24), hex(a, 20), hex(a, 16), hex(a, 12), hex(a, 8), hex(a, 4), hex(a, 0), DASH,
    hex(b, 28), hex(b, 24), hex(b, 20), hex(b, 16), DASH,
    hex(b, 12), hex(b, 8), hex(b, 4), hex(b, 0), DASH,
    hex(c, 28), hex(c, 24), hex(c, 20), hex(c, 16), DASH,
    hex(c, 12), hex(c, 8), hex(c, 4), hex(c, 0), hex(d, 28), hex(d, 24), hex(d, 20), hex(d, 16), hex(d, 12), hex(d, 8), hex(d, 4), hex(d, 0),
  );
}
