import type { Crypto } from '../crypto.ts';

/** For machines under test that need no cryptography, or bring the one part they need. */
export const noCrypto: Crypto = { hash: () => '', hmac: () => '', encrypt: () => '', decrypt: () => undefined, sign: () => '' };
