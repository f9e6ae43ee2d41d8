const V4 = /^\d+\.\d+\.\d+\.\d+$/;
const V6 = /^[\da-fA-F:]*:[\da-fA-F:]*$/;

/**
 * An address as a text of bits behind `4` or `6`, so that a network is a prefix of its addresses.
 * Undefined for anything that is no address, names included. IPv4 in IPv6 (`::ffff:a00:1`) is IPv4.
 */
export function addressBits(text: string): string | undefined {
  // Most strings are no address; the longest address has 39 characters.
  const first = text.charCodeAt(0);
  if (text.length > 39 || text.length < 2 || first > 102) return undefined;
  if (V4.test(text)) return v4Bits(text);
  return V6.test(text) ? v6Bits(text) : undefined;
}

function v4Bits(text: string): string | undefined {
  if (text.length > 15) return undefined;
  let bits = '4';
  for (const part of text.split('.')) {
    if (Number(part) > 255) return undefined;
    bits += bitsOf(Number(part), 8);
  }
  return bits;
}

function v6Bits(text: string): string | undefined {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  const bits = groups.map((group) => bitsOf(group, 16)).join('');
  return bits.startsWith(MAPPED) ? `4${bits.slice(MAPPED.length)}` : `6${bits}`;
}

const MAPPED = '0'.repeat(80) + '1'.repeat(16);

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group)) ? groups.map((group) => Number.parseInt(group, 16)) : undefined;
}

function bitsOf(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

/** The bits all addresses of a network begin with, or what is wrong with it in the service's words. */
export function networkBits(cidr: string): { readonly bits: string } | { readonly fault: string } {
  const [address, mask, more] = splitLikeJava(cidr);
  if (address === undefined || mask === undefined || more !== undefined) return { fault: "Malformed CIDR, one '/' required" };
  if (!/^[+-]?\d+$/.test(mask) || Math.abs(Number(mask)) > 2 ** 31 - 1) return { fault: 'Malformed CIDR, mask bits must be an integer' };
  if (Number(mask) < 0) return { fault: 'Malformed CIDR, mask bits must not be negative' };
  const bits = addressBits(address);
  if (bits === undefined) return { fault: `Nonstandard IP address: ${address}` };
  const width = bits.length - 1;
  if (Number(mask) >= width) return { fault: `IPv${bits[0]!} mask bits must be < ${width}` };
  return { bits: bits.slice(0, 1 + Number(mask)) };
}

/** Trailing empty parts do not count. */
function splitLikeJava(text: string): string[] {
  const parts = text.split('/');
  while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts;
}
