import fc from 'fast-check';
import { nodeCrypto as crypto } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { createKms, openText, sealText, type Kms, type KmsFault, type KmsOptions } from './kms.ts';

const home = { region: 'us-east-1', account: '123456789012', seed: () => [1, 2, 3, 4] };
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/k1';
const keys = { k1: { aliases: ['alias/orders'] }, off: { state: 'Disabled' }, going: { state: 'PendingDeletion' }, [`${KEY}2`]: { state: 'AccessDenied' }, busy: { state: 'Throttled' } } as const;
const kmsWith = (options?: KmsOptions): Kms => createKms(home, options);

describe('a KMS', () => {
  it('knows keys by id, alias and ARN', () => {
    const kms = kmsWith({ keys });
    for (const name of ['k1', 'alias/orders', KEY, 'arn:aws:kms:us-east-1:123456789012:alias/orders']) expect(kms.keyArn(name)).toBe(KEY);
    for (const name of ['k2', 'alias/k1', '__proto__', '', 'arn:aws:kms:eu-west-1:123456789012:key/k1']) expect(kms.keyArn(name)).toBeUndefined();
  });

  it('has the keys of AWS always, and every key where none are listed', () => {
    expect(kmsWith({ keys }).stateOf('alias/aws/sqs')).toBe('Enabled');
    expect(kmsWith().keyArn('any')).toBe('arn:aws:kms:us-east-1:123456789012:key/any');
  });

  const faults: readonly [string, string, string][] = [
    ['off', 'Disabled', 'key/off is disabled.'],
    ['going', 'InvalidState', 'is pending deletion'],
    [`${KEY}2`, 'AccessDenied', 'you are not allowed to access'],
    ['busy', 'Throttled', 'Reduce the frequency'],
    ['none', 'NotFound', "Key 'arn:aws:kms:us-east-1:123456789012:key/none' does not exist"],
    ['alias/none', 'NotFound', 'Alias arn:aws:kms:us-east-1:123456789012:alias/none is not found.'],
  ];
  for (const [key, fault, message] of faults) {
    it(`says of '${key}': ${fault}`, () => {
      expect(kmsWith({ keys }).createDataKey(crypto, key, 'n')).toEqual({ fault, message: expect.stringContaining(message) as string });
    });
  }

  it('opens what it has wrapped only while the key can be used', () => {
    const kms = kmsWith({ keys });
    const made = kms.createDataKey(crypto, 'alias/orders', 'queue') as { plain: string; wrapped: string };
    expect(made.wrapped).not.toContain(made.plain);
    expect(kms.openDataKey(crypto, made.wrapped)).toEqual(made);
    kms.setKeyState(KEY, 'Disabled');
    expect((kms.openDataKey(crypto, made.wrapped) as KmsFault).fault).toBe('Disabled');
    kms.setKeyState('k1', 'Enabled');
    expect(kms.openDataKey(crypto, made.wrapped)).toEqual(made);
    expect(() => kms.setKeyState('none', 'Enabled')).toThrow(TypeError);
  });

  it('opens what another of the same seed or material has wrapped, and no other', () => {
    const { wrapped } = kmsWith().createDataKey(crypto, 'k', 'n') as { wrapped: string };
    expect(kmsWith().openDataKey(crypto, wrapped)).toHaveProperty('plain');
    const other = { ...home, seed: () => [5] };
    expect(createKms(other).openDataKey(crypto, wrapped)).toHaveProperty('fault', 'InvalidState');
    const material = { keys: { k: { material: 'AB'.repeat(32) } } };
    const given = createKms(home, material).createDataKey(crypto, 'k', 'n') as { wrapped: string };
    expect(createKms(other, material).openDataKey(crypto, given.wrapped)).toHaveProperty('plain');
    expect(() => createKms(home, { keys: { k: { material: 'short' } } })).toThrow('64 hex digits');
  });

  it('asks stateOf first', () => {
    const kms = kmsWith({ stateOf: (keyId) => (keyId === 'alias/x' ? 'Throttled' : undefined) });
    expect([kms.stateOf('alias/x'), kms.stateOf('y')]).toEqual(['Throttled', 'Enabled']);
  });

  it('gives other data keys for other names and other keys', () => {
    const kms = kmsWith();
    const all = [['a', '1'], ['a', '2'], ['b', '1']].map(([key, name]) => (kms.createDataKey(crypto, key!, name!) as { plain: string }).plain);
    expect(new Set(all).size).toBe(3);
  });

  it('refuses wrapped keys that are none', () => {
    for (const wrapped of ['', '|', 'k', `${KEY}|`, `${KEY}|zz`, `${KEY}|${'a'.repeat(60)}`, '|'.repeat(1_000_000)]) expect(kmsWith({ keys }).openDataKey(crypto, wrapped)).toHaveProperty('fault');
  });
});

describe('sealed text', () => {
  const key = 'ab'.repeat(32);

  it('opens to what it was, for its own record and key alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, record) => {
        const sealed = sealText(crypto, key, record, text);
        expect(openText(crypto, key, record, sealed)).toBe(text);
        expect(openText(crypto, key, `${record}.`, sealed)).toBeUndefined();
        expect(openText(crypto, 'cd'.repeat(32), record, sealed)).toBeUndefined();
      }),
    );
  });

  it('has another IV for another text', () => {
    const ivs = ['a', 'b', ''].map((text) => sealText(crypto, key, 'r', text).slice(0, 24));
    expect(new Set(ivs).size).toBe(3);
    expect(sealText(crypto, key, 'r', 'a')).toBe(sealText(crypto, key, 'r', 'a'));
  });

  it('is refused where it was changed or is none', () => {
    const sealed = sealText(crypto, key, 'r', 'a text');
    for (const other of ['', 'x', sealed.slice(0, -4), `${sealed.slice(0, 30)}A${sealed.slice(31)}`, `${'f'.repeat(24)}${sealed.slice(24)}`]) {
      if (other !== sealed) expect(openText(crypto, key, 'r', other)).toBeUndefined();
    }
  });
});
