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

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A version 4 UUID. */
export function nextUuid(state: RandomState): string {
  const bytes: string[] = [];
  for (let word = 0; word < 4; word++) {
    let bits = nextUint32(state);
    if (word === 1) bits = (bits & 0xffff0fff) | 0x4000;
    if (word === 2) bits = (bits & 0x3fffffff) | 0x80000000;
    bytes.push(HEX[(bits >>> 24) & 255]!, HEX[(bits >>> 16) & 255]!, HEX[(bits >>> 8) & 255]!, HEX[bits & 255]!);
  }
  const hex = bytes.join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
