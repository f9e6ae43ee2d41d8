export type HashAlgorithm = 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** The synchronous, pure cryptography a host hands to its machines. Equal arguments give equal answers. */
export interface Crypto {
  /** Hex digest of bytes, or of the UTF-8 bytes of a text. */
  hash(algorithm: HashAlgorithm, data: string | Uint8Array): string;
  /** Hex HMAC-SHA-256 of a text under a key, both taken as UTF-8. */
  hmac(key: string, text: string): string;
  /**
   * AES-256-GCM of a text: base64 of the cipher text with its 16-byte tag behind it.
   * @param key 64 hex digits. @param iv 24 hex digits; never twice for different texts under one key.
   */
  encrypt(key: string, iv: string, text: string): string;
  /** The text again; undefined where key, iv or cipher text are not those of an encryption. */
  decrypt(key: string, iv: string, cipherText: string): string | undefined;
  /** RSA PKCS#1 v1.5 signature of a text's UTF-8 bytes, in base64. @param privateKey PKCS#8 as PEM */
  sign(algorithm: 'SHA-1' | 'SHA-256', privateKey: string, text: string): string;
}
