/** An address as its 16-bit groups: two for IPv4, eight for IPv6. Undefined where the text is none. */
function parseAddress(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return parseV4(text);
  const lastColon = text.lastIndexOf(':');
  const tail = text.slice(lastColon + 1).includes('.') ? parseV4(text.slice(lastColon + 1)) : [];
  if (!tail) return undefined;
  const head = tail.length > 0 ? text.slice(0, lastColon + (text[lastColon - 1] === ':' ? 1 : 0)) : text;
  const halves = head.split('::');
  if (halves.length > 2) return undefined;
  const [left, right = []] = halves.map(parseGroups);
  if (!left || (halves.length === 2 && !right)) return undefined;
  const missing = 8 - left.length - right.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right, ...tail];
}

function parseV4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return [a * 256 + b, c * 256 + d];
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups.map((group) => Number.parseInt(group, 16)) : undefined;
}

export interface IpRange {
  readonly groups: readonly number[];
  /** How many leading bits count. */
  readonly bits: number;
}

/** Reads an address or a range in CIDR notation; undefined where the text is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  const groups = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!groups) return undefined;
  const size = slash < 0 ? '' : text.slice(slash + 1);
  if (slash >= 0 && !/^\d{1,3}$/.test(size)) return undefined;
  const bits = slash < 0 ? groups.length * 16 : Number(size);
  return bits <= groups.length * 16 ? { groups, bits } : undefined;
}

export function isInRange(address: string, { groups, bits }: IpRange): boolean {
  const own = parseAddress(address);
  if (!own || own.length !== groups.length) return false;
  return groups.every((group, index) => {
    const mask = bitMask(bits - index * 16);
    return (group & mask) === (own[index]! & mask);
  });
}

function bitMask(bits: number): number {
  return bits >= 16 ? 0xffff : bits <= 0 ? 0 : (0xffff << (16 - bits)) & 0xffff;
}
