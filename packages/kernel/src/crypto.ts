export type HashAlgorithm = 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** The synchronous, pure cryptography a host hands to its machines. Equal arguments give equal answers. */
export interface Crypto {
  /** Hex digest of the UTF-8 bytes of a text. */
  hash(algorithm: HashAlgorithm, text: string): string;
  /** Hex HMAC-SHA-256 of a text under a key, both taken as UTF-8. */
  hmac(key: string, text: string): string;
}
