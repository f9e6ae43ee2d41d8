import { BlockList, isIP } from 'node:net';

// IANA special-purpose registries: everything that is not the public internet, multicast and reserved space included.
const NOT_PUBLIC: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
];

const blocked = new BlockList();
for (const [network, prefix, family] of NOT_PUBLIC) blocked.addSubnet(network, prefix, family);

// Of IPv6 only 2000::/3 is given out as public; all that is private, local or mapped lies elsewhere.
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

// A translator's addresses (64:ff9b::/96) reach the IPv4 address in their last four bytes.
const translated = new BlockList();
translated.addSubnet('64:ff9b::', 96, 'ipv6');

/** True for an IP address of the public internet. False for anything else, also for text that is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  if (family !== 6) return false;
  const [plain = ''] = address.split('%');
  if (translated.check(plain, 'ipv6')) {
    const embedded = lastFourBytes(plain);
    return embedded !== undefined && isPublicAddress(embedded);
  }
  return global.check(plain, 'ipv6') && !blocked.check(plain, 'ipv6');
}

function lastFourBytes(address: string): string | undefined {
  // The URL parser writes an IPv6 address in its canonical, purely hexadecimal form.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const groups = canonical.split('::').at(-1)!.split(':');
  const [high = '0', low = '0'] = groups.length > 1 ? groups.slice(-2) : ['0', groups[0] === '' ? '0' : groups[0]!];
  const [h, l] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return Number.isNaN(h) || Number.isNaN(l) ? undefined : [h >> 8, h & 255, l >> 8, l & 255].join('.');
}

/** Which hosts may be called although they are not public. */
export interface HostRules {
  /** Everything may be called. Default false. */
  readonly allowPrivateAddresses?: boolean;
  /** Hosts, as they stand in a URL (`localhost`, `10.0.0.7`, `[::1]`), with or without `:port`, that may be called wherever they lie. */
  readonly allowedHosts?: readonly string[];
}

/** True where the rules open this host, whatever its address. `hostname` as in a URL or an address; `port` always given. */
export function isOpened(rules: HostRules, hostname: string, port: string): boolean {
  if (rules.allowPrivateAddresses === true) return true;
  const { host } = splitHost(hostname);
  return (rules.allowedHosts ?? []).some((text) => {
    const allowed = splitHost(text);
    return allowed.host === host && (allowed.port === '' || allowed.port === port);
  });
}

function splitHost(text: string): { readonly host: string; readonly port: string } {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(text);
  if (bracketed !== null) return { host: bracketed[1]!.toLowerCase(), port: bracketed[2] ?? '' };
  const parts = text.split(':');
  // More than one colon is an IPv6 address without brackets.
  const [host = '', port = ''] = parts.length > 2 ? [text] : parts;
  return { host: host.toLowerCase().replace(/\.$/, ''), port };
}

/** Why no connection was made. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
  readonly code = 'ERR_REFUSED_ADDRESS';

  constructor(host: string, address: string) {
    const resolved = host === address ? '' : ` resolves to ${address}, which`;
    super(`Refused to connect: ${host}${resolved} is not a public address. Open it with allowedHosts: ['${host}'] or allowPrivateAddresses: true.`);
  }
}
