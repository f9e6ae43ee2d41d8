const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/** The first integer in [from, to) that `java.util.Random` gives for a seed (`ints(from, to)`). All arguments are 32-bit integers. */
export function javaRandomInteger(seed: number, from: number, to: number): number {
  let state = (BigInt(seed) ^ MULTIPLIER) & MASK;
  const next = (bits: bigint): number => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return Number(BigInt.asIntN(Number(bits), state >> (48n - bits)));
  };
  const nextUnsigned31 = (): number => next(32n) >>> 1;

  const bound = to - from;
  if (bound > 0x7fffffff) {
    for (;;) {
      const value = next(32n);
      if (value >= from && value < to) return value;
    }
  }
  // A power of two takes the high bits, which are the better ones.
  if ((bound & (bound - 1)) === 0) return from + Math.floor((bound * nextUnsigned31()) / 0x80000000);
  for (;;) {
    const bits = nextUnsigned31();
    const value = bits % bound;
    // Values above the last whole multiple of the bound would favour small results.
    if (bits - value + bound - 1 <= 0x7fffffff) return from + value;
  }
}
