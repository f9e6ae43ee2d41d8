import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createSign, hash, type KeyObject } from 'node:crypto';
import type { Crypto, HashAlgorithm } from '@interstate/kernel';

const NODE_NAMES: Readonly<Record<HashAlgorithm, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};
const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;

/** What goes to many is hashed many times in a row. */
let last: { readonly algorithm: HashAlgorithm; readonly data: string; readonly digest: string } = { algorithm: 'MD5', data: '', digest: hash('md5', '', 'hex') };

/** The kernel's cryptography port on Node's own. */
export const nodeCrypto: Crypto = {
  hash(algorithm, data) {
    if (typeof data !== 'string') return hash(NODE_NAMES[algorithm], data, 'hex');
    if (data !== last.data || algorithm !== last.algorithm) last = { algorithm, data, digest: hash(NODE_NAMES[algorithm], data, 'hex') };
    return last.digest;
  },
  hmac: (key, text) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
  encrypt(key, iv, text) {
    const cipher = createCipheriv(CIPHER, Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'));
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
  },
  decrypt(key, iv, cipherText) {
    const bytes = Buffer.from(cipherText, 'base64');
    if (bytes.length < TAG_BYTES) return undefined;
    try {
      const decipher = createDecipheriv(CIPHER, Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  },
  sign: (algorithm, privateKey, text) => createSign(NODE_NAMES[algorithm]).update(text, 'utf8').sign(keyOf(privateKey), 'base64'),
};

const keys = new Map<string, KeyObject>();

/** Reading a PEM costs as much as a signature. */
function keyOf(pem: string): KeyObject {
  let key = keys.get(pem);
  if (key) return key;
  if (keys.size === 16) keys.clear();
  keys.set(pem, (key = createPrivateKey(pem)));
  return key;
}
