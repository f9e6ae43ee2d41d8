import { textFromUtf8, utf8FromText, type Crypto } from '@interstate/kernel';

/** What a confirmation token is for. */
export interface TokenBearer {
  readonly topicArn: string;
  /** Number of the subscription in its topic. */
  readonly subscription: number;
  /** Keyed hash of both: it cannot be guessed. */
  readonly mac: string;
}

/** Hex digits of a token's keyed hash. */
const MAC_LENGTH = 64;

/** A token for a subscription: hex digits that say whose it is, and that only this topic can have made. */
export function createToken(crypto: Crypto, secret: string, topicArn: string, subscription: number): string {
  const bearer = `${topicArn} ${subscription}`;
  return utf8FromText(bearer).map((byte) => byte.toString(16).padStart(2, '0')).join('') + crypto.hmac(secret, bearer);
}

/** What a token says; undefined where the value is none. Whether it tells the truth its topic knows. */
export function decodeToken(token: unknown): TokenBearer | undefined {
  if (typeof token !== 'string' || token.length > 2048 || token.length < MAC_LENGTH + 2 || !/^(?:[0-9a-f]{2})+$/.test(token)) return undefined;
  const digits = token.slice(0, -MAC_LENGTH);
  const bytes: number[] = [];
  for (let index = 0; index < digits.length; index += 2) bytes.push(Number.parseInt(digits.slice(index, index + 2), 16));
  const said = /^(arn:\S+) (\d{1,15})$/.exec(textFromUtf8(bytes));
  return said ? { topicArn: said[1]!, subscription: Number(said[2]), mac: token.slice(-MAC_LENGTH) } : undefined;
}
