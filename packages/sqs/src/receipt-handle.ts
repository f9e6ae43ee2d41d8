import { nextUuid, type Crypto, type RandomState } from '@interstate/kernel';

// A handle is drawn at random and signed under the queue's secret, so that none can be made up or used on another queue. The
// number of its message is in it, masked by the same hash: only an old handle is ever read.

const NONCE = 36;
const NUMBER = NONCE + 12;
const LENGTH = NUMBER + 40;
const HALF = 2 ** 24;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function makeHandle(crypto: Crypto, secret: string, random: RandomState, number: number): string {
  const nonce = nextUuid(random);
  const digest = crypto.hash('SHA-256', secret + nonce);
  return nonce + mask(number, digest) + digest.slice(0, 40);
}

/** The number of the message that a handle was made for; undefined for what is no handle of this queue. */
export function readHandle(crypto: Crypto, secret: string, handle: string): number | undefined {
  if (handle.length !== LENGTH) return undefined;
  const digest = crypto.hash('SHA-256', secret + handle.slice(0, NONCE));
  if (handle.slice(NUMBER) !== digest.slice(0, 40)) return undefined;
  const masked = handle.slice(NONCE, NUMBER);
  return /^[0-9a-f]+$/.test(masked) ? Number.parseInt(mask(Number.parseInt(masked, 16), digest), 16) : undefined;
}

/** Twelve hex digits: a number, or the number again. */
function mask(number: number, digest: string): string {
  return hex24(Number.parseInt(digest.slice(40, 46), 16) ^ Math.floor(number / HALF)) + hex24(Number.parseInt(digest.slice(46, 52), 16) ^ (number % HALF));
}

function hex24(bits: number): string {
  return HEX[(bits >>> 16) & 255]! + HEX[(bits >>> 8) & 255]! + HEX[bits & 255]!;
}
