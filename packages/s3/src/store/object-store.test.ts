import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { contentBytes, contentText } from '../object-content.ts';
import { crc32 } from './crc32.ts';
import { folderStore } from './folder-store.ts';
import { compareKeys } from './key-order.ts';
import { md5 } from './md5.ts';
import { memoryStore } from './memory-store.ts';
import type { ObjectStore } from './object-store.ts';

const home = mkdtempSync(join(tmpdir(), 'interstate-s3-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => join(home, String(++folders));

const text = async (store: ObjectStore, key: string): Promise<string> => contentText(await store.read('box', key, 0, 1e9));
const keysOf = async (store: ObjectStore, prefix = '', after = '', limit = 1_000): Promise<string[]> => (await store.list('box', { prefix, after, limit })).map(({ key }) => key);
const write = (store: ObjectStore, key: string, content: string, lastModified = 1_000): Promise<void> => store.write('box', key, contentBytes(content), { lastModified });

describe.each([
  ['memory', () => memoryStore()],
  ['folder', () => folderStore(newFolder())],
])('a store in %s', (_, create) => {
  const open = async (): Promise<ObjectStore> => {
    const store = create();
    await store.createBucket('box', 1_000);
    return store;
  };

  it('keeps bytes, types, metadata and times', async () => {
    const store = await open();
    await store.write('box', 'a/b.bin', Uint8Array.of(0, 255, 1), { lastModified: 1_700_000_000_000, contentType: 'text/plain', metadata: { owner: 'Ann' } });
    expect(await store.head('box', 'a/b.bin')).toMatchObject({ key: 'a/b.bin', size: 3, lastModified: 1_700_000_000_000, contentType: 'text/plain', metadata: { owner: 'Ann' } });
    expect([...(await store.read('box', 'a/b.bin', 1, 99))]).toEqual([255, 1]);
    expect(await store.md5('box', 'a/b.bin')).toBe(createHash('md5').update(Uint8Array.of(0, 255, 1)).digest('hex'));
    await write(store, 'a/b.bin', 'x');
    expect(await store.head('box', 'a/b.bin')).toMatchObject({ size: 1, contentType: 'binary/octet-stream', metadata: {} });
  });

  it('has buckets', async () => {
    const store = await open();
    await store.createBucket('arc', 1_000);
    expect((await store.listBuckets()).map(({ name }) => name)).toEqual(['arc', 'box']);
    await store.deleteBucket('arc');
    expect([await store.hasBucket('arc'), await store.hasBucket('box')]).toEqual([false, true]);
    expect(await store.head('arc', 'x')).toBeUndefined();
  });

  it('lists in the order of UTF-8 bytes', async () => {
    const store = await open();
    const keys = ['a', 'a.txt', 'b/c', 'b.d', 'b/c.d', 'z', '\u{1f600}', '\uffee', 'é', '__proto__'];
    for (const key of keys) if (key !== 'b/c') await write(store, key, key);
    const sorted = keys.filter((key) => key !== 'b/c').sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await keysOf(store)).toEqual(sorted);
    expect(await keysOf(store, 'b')).toEqual(['b.d', 'b/c.d']);
    expect(await keysOf(store, 'b/')).toEqual(['b/c.d']);
    expect(await keysOf(store, '', 'b.d', 2)).toEqual(sorted.slice(sorted.indexOf('b.d') + 1, sorted.indexOf('b.d') + 3));
    expect(await keysOf(store, 'q')).toEqual([]);
  });

  it('deletes, without harm where nothing is', async () => {
    const store = await open();
    await write(store, 'a/b/c', '1');
    await store.delete('box', 'a/b/c');
    await store.delete('box', 'a/b/c');
    expect(await store.head('box', 'a/b/c')).toBeUndefined();
    await write(store, 'a', 'now a file');
    expect(await text(store, 'a')).toBe('now a file');
  });

  it('splices as one would a text, and its version follows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(100), fc.string({ unit: 'grapheme-ascii', maxLength: 20 })), { minLength: 1, maxLength: 8 }), async (splices) => {
        const store = await open();
        let expected = '';
        const versions = new Map<string, string>();
        for (const [place, added] of splices) {
          const offset = Math.min(place, expected.length);
          await store.splice('box', 'log', offset, contentBytes(added), { lastModified: 1_000 });
          expected = expected.slice(0, offset) + added;
          expect(await text(store, 'log')).toBe(expected);
          const { size, version } = (await store.head('box', 'log'))!;
          expect(size).toBe(expected.length);
          expect(versions.get(version) ?? expected).toBe(expected);
          versions.set(version, expected);
        }
        expect(await store.md5('box', 'log')).toBe(createHash('md5').update(expected).digest('hex'));
      }),
      { numRuns: 20 },
    );
  });
});

describe('the folder store', () => {
  const open = async (): Promise<{ folder: string; store: ObjectStore }> => {
    const folder = newFolder();
    const store = folderStore(folder);
    await store.createBucket('box', 0);
    return { folder, store };
  };

  it('keeps plain files, and takes what lies there', async () => {
    const { folder, store } = await open();
    await write(store, 'dir/a.txt', 'hello');
    expect(readFileSync(join(folder, 'box/dir/a.txt'), 'utf8')).toBe('hello');
    writeFileSync(join(folder, 'box/dir/b.txt'), 'by hand');
    expect(await keysOf(folderStore(folder))).toEqual(['dir/a.txt', 'dir/b.txt']);
    expect(await text(store, 'dir/b.txt')).toBe('by hand');
    expect(readdirSync(join(folder, '.interstate/drafts'))).toEqual([]);
  });

  it.each(['../x', 'a/../../x', '/etc/x', '..', '.', 'a/./b', 'a//b', 'a/', 'a\0b', 'a\\..\\b', `${'n'.repeat(256)}`, '../box-2/x'])('refuses the key %j', async (key) => {
    const { folder, store } = await open();
    await expect(write(store, key, 'x')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(store.splice('box', key, 0, contentBytes('x'), { lastModified: 0 })).rejects.toMatchObject({ name: 'InvalidArgument' });
    expect(await store.head('box', key)).toBeUndefined();
    await store.delete('box', key);
    expect(readdirSync(home)).not.toContain('x');
    expect(readdirSync(folder)).toEqual(['box']);
  });

  it.each(['..', '.', '../box', '.interstate', 'a/b', ''])('has no bucket %j', async (bucket) => {
    const { store } = await open();
    expect(await store.hasBucket(bucket)).toBe(false);
    expect(await store.head(bucket, 'box')).toBeUndefined();
    expect(await store.list(bucket, { prefix: '', after: '', limit: 9 })).toEqual([]);
  });

  it('does not follow links out of a bucket', async () => {
    const { folder, store } = await open();
    mkdirSync(join(home, 'secret'), { recursive: true });
    writeFileSync(join(home, 'secret/key'), 'secret');
    symlinkSync(join(home, 'secret'), join(folder, 'box/link'));
    expect(await store.head('box', 'link/key')).toBeUndefined();
    await expect(store.read('box', 'link/key', 0, 9)).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(write(store, 'link/new', 'x')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await store.delete('box', 'link/key');
    expect(await keysOf(store)).toEqual([]);
    expect(readdirSync(join(home, 'secret'))).toEqual(['key']);
  });

  it('refuses a key below another object, and an object above other keys', async () => {
    const { store } = await open();
    await write(store, 'a/b', '1');
    await expect(write(store, 'a/b/c', '2')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(write(store, 'a', '2')).rejects.toMatchObject({ name: 'InvalidArgument' });
    expect(await keysOf(store)).toEqual(['a/b']);
  });
});

it('hashes as everybody does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(md5(bytes)).toBe(createHash('md5').update(bytes).digest('hex'));
    }),
  );
  expect(crc32(contentBytes('123456789'))).toBe(Buffer.from('cbf43926', 'hex').toString('base64'));
});

it('orders keys by their UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});
