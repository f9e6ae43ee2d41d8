import { createHash, createHmac } from 'node:crypto';
import type { Crypto } from '@interstate/kernel';

/** The machine's cryptography, from Node. */
export const nodeCrypto: Crypto = {
  hash: (algorithm, text) => createHash(algorithm.replace('-', '').toLowerCase()).update(text, 'utf8').digest('hex'),
  hmac: (key, text) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
};
