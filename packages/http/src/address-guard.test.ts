import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpened, isPublicAddress } from './address-guard.ts';

interface Case {
  readonly description: string;
  readonly public: boolean;
  readonly addresses: readonly string[];
}

const cases = JSON.parse(readFileSync(new URL('../cases/addresses.json', import.meta.url), 'utf8')) as Case[];

describe('isPublicAddress', () => {
  for (const { description, public: isPublic, addresses } of cases) {
    it(description, () => {
      expect(addresses.filter((address) => isPublicAddress(address) !== isPublic)).toEqual([]);
    });
  }

  it('never throws, and no text that is no address is public', () => {
    fc.assert(fc.property(fc.string(), (text) => { expect(isPublicAddress(`x${text}`)).toBe(false); }));
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => { expect(typeof isPublicAddress(address)).toBe('boolean'); }));
  });

  it('sees through the mapped form of every IPv4 address', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => { expect(isPublicAddress(`::ffff:${address}`)).toBe(false); }));
    fc.assert(fc.property(fc.ipV4(), (address) => { expect(isPublicAddress(`64:ff9b::${address}`)).toBe(isPublicAddress(address)); }));
  });
});

describe('isOpened', () => {
  it('takes hosts with and without port, in any case', () => {
    const opened = (allowed: string, host: string, port: string): boolean => isOpened({ allowedHosts: [allowed] }, host, port);
    expect(opened('localhost', 'LOCALHOST', '80')).toBe(true);
    expect(opened('localhost:80', 'localhost', '80')).toBe(true);
    expect(opened('localhost:80', 'localhost', '81')).toBe(false);
    expect(opened('localhost', 'localhost.evil.test', '80')).toBe(false);
    expect(opened('localhost', 'localhost.', '80')).toBe(true);
    expect(opened('[::1]:80', '::1', '80')).toBe(true);
    expect(opened('[::1]:80', '[::1]', '81')).toBe(false);
    expect(opened('::1', '[::1]', '81')).toBe(true);
    expect(isOpened({}, 'localhost', '80')).toBe(false);
    expect(isOpened({ allowPrivateAddresses: true }, 'anything', '80')).toBe(true);
  });
});
