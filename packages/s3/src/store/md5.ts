// RFC 1321. ETags need MD5 wherever JavaScript runs, and no platform offers it synchronously everywhere.
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Int32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);

/** Hex MD5 digest of bytes. */
export function md5(bytes: Uint8Array): string {
  const state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476);
  const words = new Int32Array(16);
  const whole = bytes.length & ~63;
  for (let at = 0; at < whole; at += 64) mixBlock(state, words, bytes, at);

  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  let bits = bytes.length * 8;
  for (let index = tail.length - 8; bits > 0; index++, bits = Math.floor(bits / 256)) tail[index] = bits % 256;
  for (let at = 0; at < tail.length; at += 64) mixBlock(state, words, tail, at);

  let hex = '';
  for (const word of state) for (let shift = 0; shift < 32; shift += 8) hex += ((word >>> shift) & 255).toString(16).padStart(2, '0');
  return hex;
}

function mixBlock(state: Int32Array, words: Int32Array, bytes: Uint8Array, at: number): void {
  for (let index = 0; index < 16; index++, at += 4) {
    words[index] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let round = 0; round < 64; round++) {
    const turn = round >>> 4;
    let mixed: number;
    let word: number;
    if (turn === 0) {
      mixed = (b & c) | (~b & d);
      word = round;
    } else if (turn === 1) {
      mixed = (d & b) | (~d & c);
      word = (5 * round + 1) & 15;
    } else if (turn === 2) {
      mixed = b ^ c ^ d;
      word = (3 * round + 5) & 15;
    } else {
      mixed = c ^ (b | ~d);
      word = (7 * round) & 15;
    }
    const sum = (a + mixed + SINES[round]! + words[word]!) | 0;
    const shift = SHIFTS[(turn << 2) | (round & 3)]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
}
