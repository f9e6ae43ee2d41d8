import { nodeCrypto } from '@interstate/runtime';
import type { Json } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { createKms } from './kms.ts';
import { SealedRecordMap } from './sealed-record-map.ts';

const kms = () => createKms({ region: 'us-east-1', account: '123456789012', seed: () => [1, 2, 3, 4] }, { keys: { mine: {}, other: {} } });
const SECRETS = { 'm:': ['time'] };
const begun = (saved: Iterable<readonly [string, Json]>, keyId: string | undefined, service = kms()): SealedRecordMap => {
  const records = new SealedRecordMap(saved, SECRETS);
  records.beginSealed(nodeCrypto, service, 'arn', keyId);
  return records;
};

describe('sealed records', () => {
  it('are plain in memory and in cipher text outside; some members stay readable', () => {
    const records = begun([], 'mine');
    records.set('m:1', { time: 5, body: 'secret' });
    records.set('root', { open: true });
    expect(records.get('m:1')).toEqual({ time: 5, body: 'secret' });
    expect(JSON.stringify([...records.all()])).not.toContain('secret');
    expect(Object.fromEntries(records.changes())).toEqual(Object.fromEntries(records.all()));
    expect(records.all().get('m:1')).toMatchObject({ time: 5 });
    expect(records.all().get('root')).toEqual({ open: true });
  });

  it('are opened again, whatever state the key is in by then, and stay as they were put away', () => {
    const saved = begun([], 'mine');
    saved.set('m:1', { time: 5, body: 'secret' });
    const service = kms();
    service.setKeyState('mine', 'Disabled');
    const loaded = begun(JSON.parse(JSON.stringify([...saved.all()])) as [string, Json][], 'other', service);
    expect(loaded.get('m:1')).toEqual({ time: 5, body: 'secret' });
    expect([...loaded.all()]).toEqual([...saved.all()]);
    expect(loaded.changes()).toEqual([]);
    loaded.set('m:1', { time: 6, body: 'secret' });
    expect((loaded.all().get('m:1') as { $key: string }).$key).toContain('key/other');
    loaded.delete('m:1');
    expect(loaded.changes()).toEqual([['m:1', undefined]]);
  });

  it('are plain where there is no key, and under a key of AWS where theirs is not there', () => {
    const plain = begun([], undefined);
    plain.set('m:1', { body: 'open' });
    expect([...plain.all()]).toEqual([['m:1', { body: 'open' }]]);
    const unknown = begun([], 'none');
    unknown.set('m:1', { body: 'secret' });
    expect((unknown.all().get('m:1') as { $key: string }).$key).toContain('key/aws/events');
  });

  it('say which key is missing, and refuse what was changed', () => {
    const saved = begun([], 'mine');
    saved.set('m:1', { body: 'secret' });
    const without = createKms({ region: 'us-east-1', account: '123456789012', seed: () => [1, 2, 3, 4] }, { keys: {} });
    expect(() => begun(saved.all(), undefined, without)).toThrow('sealed under the KMS key arn:aws:kms:us-east-1:123456789012:key/mine, which is not there');
    expect(() => begun([['m:2', saved.all().get('m:1')!]], undefined)).toThrow("The record 'm:2' of arn was changed");
  });
});
