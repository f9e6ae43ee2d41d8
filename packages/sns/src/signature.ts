import type { Crypto } from '@interstate/kernel';
import type { Signing } from './options.ts';

/** RSA over SHA-1 or SHA-256: `SignatureVersion` of a topic. */
export type SignatureVersion = '1' | '2';

/**
 * The signature of a message, in base64, over `Name\nvalue\n` of its signed members in alphabetical order.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function signMessage(crypto: Crypto, { privateKey }: Signing, version: SignatureVersion, members: readonly (readonly [name: string, value: string])[]): string {
  let text = '';
  for (const [name, value] of members) text += `${name}\n${value}\n`;
  return crypto.sign(version === '2' ? 'SHA-256' : 'SHA-1', privateKey, text);
}
