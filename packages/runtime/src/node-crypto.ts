import { createHash, createHmac } from 'node:crypto';
import type { Crypto, HashAlgorithm } from '@interstate/kernel';

const NODE_NAMES: Readonly<Record<HashAlgorithm, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** The kernel's cryptography port on Node's own. */
export const nodeCrypto: Crypto = {
  hash: (algorithm, text) => createHash(NODE_NAMES[algorithm]).update(text, 'utf8').digest('hex'),
  hmac: (key, text) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
};
