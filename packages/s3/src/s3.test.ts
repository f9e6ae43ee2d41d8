import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ITEMS_ADDRESS, type Json, type Outcome, RESULTS_ADDRESS } from '@interstate/kernel';
import { s3, type S3 } from './s3.ts';

const now = 1_700_000_000_123;
const open = (objects: Record<string, string> = {}): S3 => s3({ buckets: { box: objects }, now: () => now });

const ask = async (store: S3, binding: string, request: object, to = 'arn:aws:test'): Promise<Outcome> =>
  store.tasks!.find(({ resource }) => resource === binding)!.connector({ to, from: 'x', callId: 'c', request: request as Json, now, signal: new AbortController().signal, progress: () => undefined, release: () => undefined });

describe('the client', () => {
  it('puts, gets, looks at, copies and deletes objects', async () => {
    const store = open();
    const put = await store.putObject({ Bucket: 'box', Key: 'a.json', Body: { ok: true }, ContentType: 'application/json', Metadata: { by: 'me' } });
    expect(put).toMatchObject({ ETag: '"82380d1e263b6093f3c7535690fcdd75"', $metadata: { httpStatusCode: 200 } });
    const got = await store.getObject({ Bucket: 'box', Key: 'a.json' });
    expect(got).toMatchObject({ ContentLength: 11, ContentType: 'application/json', ETag: put.ETag, LastModified: new Date(1_700_000_000_000), Metadata: { by: 'me' } });
    expect(await got.Body.transformToString()).toBe('{"ok":true}');
    for await (const part of got.Body) expect(part).toBeInstanceOf(Uint8Array);
    expect(await store.headObject({ Bucket: 'box', Key: 'a.json' })).toMatchObject({ ContentLength: 11 });
    await store.copyObject({ Bucket: 'box', Key: 'dir/b c', CopySource: '/box/a.json' });
    await store.copyObject({ Bucket: 'box', Key: 'd', CopySource: 'box/dir/b%20c', MetadataDirective: 'REPLACE', Metadata: { x: 'y' } });
    expect(await store.headObject({ Bucket: 'box', Key: 'd' })).toMatchObject({ ETag: put.ETag, ContentType: 'binary/octet-stream', Metadata: { x: 'y' } });
    expect((await store.deleteObject({ Bucket: 'box', Key: 'd' })).$metadata.httpStatusCode).toBe(204);
    await store.deleteObject({ Bucket: 'box', Key: 'd' });
    expect((await store.listObjectsV2({ Bucket: 'box' })).Contents?.map(({ Key }) => Key)).toEqual(['a.json', 'dir/b c']);
  });

  it('gives bodies that nobody else changes', async () => {
    const store = open({ a: 'abc' });
    const body = await (await store.getObject({ Bucket: 'box', Key: 'a' })).Body.transformToByteArray();
    body.fill(0);
    expect(await (await store.getObject({ Bucket: 'box', Key: 'a' })).Body.transformToString()).toBe('abc');
  });

  it.each([
    ['bytes=1-2', 'bc', 'bytes 1-2/4'],
    ['bytes=2-', 'cd', 'bytes 2-3/4'],
    ['bytes=-3', 'bcd', 'bytes 1-3/4'],
    ['bytes=0-99', 'abcd', 'bytes 0-3/4'],
  ])('reads the range %s', async (Range, body, ContentRange) => {
    const got = await open({ a: 'abcd' }).getObject({ Bucket: 'box', Key: 'a', Range });
    expect([await got.Body.transformToString(), got.ContentRange]).toEqual([body, ContentRange]);
  });

  it('lists by prefix, delimiter and page', async () => {
    const store = open(Object.fromEntries(['a', 'p/1', 'p/2', 'q/1', 'r', 's/t/1'].map((key) => [key, key])));
    const all = await store.listObjectsV2({ Bucket: 'box', Delimiter: '/' });
    expect([all.Contents?.map(({ Key }) => Key), all.CommonPrefixes?.map(({ Prefix }) => Prefix), all.KeyCount, all.IsTruncated]).toEqual([['a', 'r'], ['p/', 'q/', 's/'], 5, false]);
    const seen: string[] = [];
    for (let token: string | undefined, pages = 0; pages === 0 || token !== undefined; pages++) {
      const page = await store.listObjectsV2({ Bucket: 'box', Delimiter: '/', MaxKeys: 2, ...(token === undefined ? {} : { ContinuationToken: token }) });
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      token = page.NextContinuationToken;
      expect(pages).toBeLessThan(4);
    }
    expect(seen.sort()).toEqual(['a', 'p/', 'q/', 'r', 's/']);
    expect(await store.listObjectsV2({ Bucket: 'box', MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    expect((await store.listObjectsV2({ Bucket: 'box', Prefix: 'p/', StartAfter: 'p/1' })).Contents?.map(({ Key }) => Key)).toEqual(['p/2']);
    const old = await store.listObjects({ Bucket: 'box', Delimiter: '/', MaxKeys: 2 });
    expect((await store.listObjects({ Bucket: 'box', Delimiter: '/', Marker: old.NextMarker! })).CommonPrefixes).toEqual([{ Prefix: 'q/' }, { Prefix: 's/' }]);
  });

  it('has buckets', async () => {
    const store = open({ a: '1' });
    await store.createBucket({ Bucket: 'other' });
    expect((await store.listBuckets()).Buckets.map(({ Name }) => Name)).toEqual(['box', 'other']);
    await store.deleteBucket({ Bucket: 'other' });
    await expect(store.deleteBucket({ Bucket: 'box' })).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await expect(store.createBucket({ Bucket: 'box' })).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
  });

  it.each<[string, (store: S3) => Promise<unknown>, number]>([
    ['NoSuchKey', (store) => store.getObject({ Bucket: 'box', Key: 'none' }), 404],
    ['NoSuchBucket', (store) => store.getObject({ Bucket: 'none', Key: 'a' }), 404],
    ['NoSuchBucket', (store) => store.putObject({ Bucket: 'none', Key: 'a' }), 404],
    ['NoSuchBucket', (store) => store.listObjectsV2({ Bucket: 'none' }), 404],
    ['NoSuchVersion', (store) => store.getObject({ Bucket: 'box', Key: 'a', VersionId: 'x' }), 404],
    ['NotFound', (store) => store.headObject({ Bucket: 'box', Key: 'none' }), 404],
    ['InvalidRange', (store) => store.getObject({ Bucket: 'box', Key: 'a', Range: 'bytes=5-' }), 416],
    ['InvalidArgument', (store) => store.putObject({ Bucket: 'box', Key: '' }), 400],
    ['InvalidArgument', (store) => store.putObject({ Bucket: 'box', Key: '\ud800' }), 400],
    ['InvalidArgument', (store) => store.copyObject({ Bucket: 'box', Key: 'b', CopySource: 'box' }), 400],
    ['KeyTooLongError', (store) => store.putObject({ Bucket: 'box', Key: 'é'.repeat(513) }), 400],
    ['InvalidBucketName', (store) => store.createBucket({ Bucket: 'Up' }), 400],
    ['InvalidBucketName', (store) => store.createBucket({ Bucket: '../x' }), 400],
  ])('throws %s', async (name, call, httpStatusCode) => {
    await expect(call(open({ a: '1' }))).rejects.toMatchObject({ name, $fault: 'client', $metadata: { httpStatusCode } });
  });

  it('works on a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'interstate-s3-'));
    try {
      await s3({ folder, buckets: { box: { a: 'kept' } } }).headObject({ Bucket: 'box', Key: 'a' });
      expect(await (await s3({ folder }).getObject({ Bucket: 'box', Key: 'a' })).Body.transformToString()).toBe('kept');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('Tasks', () => {
  const run = async (store: S3, action: string, parameters: Json): Promise<Outcome> => {
    return ask(store, `aws-sdk:s3:${action}`, { arguments: parameters });
  };

  it('give results as Step Functions shows them', async () => {
    const store = open({ a: 'text' });
    expect(await run(store, 'getObject', { Bucket: 'box', Key: 'a' })).toEqual({
      ok: true,
      value: {
        AcceptRanges: 'bytes', Body: 'text', ContentLength: 4, ContentType: 'binary/octet-stream', ETag: '"1cb251ec0d568de6a929b520c4aed8d1"',
        LastModified: '2023-11-14T22:13:20Z', Metadata: {}, ServerSideEncryption: 'AES256',
      },
    });
    expect(await run(store, 'listBuckets', {})).toEqual({ ok: true, value: { Buckets: [{ CreationDate: '2023-11-14T22:13:20Z', Name: 'box' }] } });
    expect(await run(store, 'listObjectsV2', { Bucket: 'box' })).toMatchObject({ value: { Contents: [{ Key: 'a', Size: 4 }], KeyCount: 1, Prefix: '' } });
    expect(await run(store, 'deleteObject', { Bucket: 'box', Key: 'a' })).toEqual({ ok: true, value: {} });
  });

  it.each<[Json, string]>([['text', '"text"'], [false, 'false'], [{ a: [1] }, '{"a":[1]}'], [null, 'null']])('store the Body %j as JSON text', async (Body, stored) => {
    const store = open();
    await run(store, 'putObject', { Bucket: 'box', Key: 'a', Body });
    expect(await (await store.getObject({ Bucket: 'box', Key: 'a' })).Body.transformToString()).toBe(stored);
  });

  const ids = String.raw`Request ID: [0-9A-F]{16}, Extended Request ID: [\w+/=]{76}\) \(SDK Attempt Count: 1\)`;
  it.each<[string, Json, string, RegExp]>([
    ['getObject', { Bucket: 'box', Key: 'none' }, 'S3.NoSuchKeyException', new RegExp(`^The specified key does not exist\\. \\(Service: S3, Status Code: 404, ${ids}$`)],
    ['headObject', { Bucket: 'box', Key: 'none' }, 'S3.NoSuchKeyException', new RegExp(`^null \\(Service: S3, Status Code: 404, ${ids}$`)],
    ['listObjects', { Bucket: 'none' }, 'S3.NoSuchBucketException', new RegExp(`^The specified bucket does not exist \\(Service: S3, Status Code: 404, ${ids}$`)],
    ['putObject', { Bucket: 'box', Key: 'é'.repeat(600) }, 'S3.S3Exception', /^Your key is too long/],
    ['getObject', { Bucket: 'box' }, 'States.Runtime', /could not be used to start the Task: \[The field 'Key' is required but was missing\]$/],
    ['getObject', { Bucket: 1, Key: 'a' }, 'States.Runtime', /\[The value for the field 'Bucket' must be a STRING\]$/],
  ])('%s %j fails as %s', async (action, parameters, error, cause) => {
    const store = open();
    expect(await run(store, action, parameters)).toEqual({ ok: false, error: { Error: error, Cause: expect.stringMatching(cause) as string } });
  });

  it('are there beside the connectors of distributed Map', () => {
    expect(Object.keys(open().connectors!)).toEqual([ITEMS_ADDRESS, RESULTS_ADDRESS]);
  });
});

describe('what services ask of a bucket', () => {
  const put = (store: S3, request: object, bucket = 'box') => ask(store, 'arn:*:s3:::*', request, `arn:aws:s3:::${bucket}`);

  it('puts an object into the bucket whose ARN it is', async () => {
    const store = open();
    expect(await put(store, { action: 'PutObject', input: { Bucket: 'other', Key: 'a/b', Body: 'text\n', ContentType: 'text/plain' } })).toMatchObject({ ok: true, value: { ServerSideEncryption: 'AES256' } });
    const { Body, ContentType } = await store.getObject({ Bucket: 'box', Key: 'a/b' });
    expect([await Body.transformToString(), ContentType]).toEqual(['text\n', 'text/plain']);
  });

  it.each<[string, object, string]>([
    ['none', { action: 'PutObject', input: { Key: 'a' } }, 'NoSuchBucket'],
    ['box', { action: 'PutObject', input: { Key: 'é'.repeat(600) } }, 'KeyTooLongError'],
    ['box', { action: 'PutObject', input: { Key: 5, Body: 'x' } }, 'SerializationException'],
    ['box', { action: 'PutObject', input: { Key: 'a', Body: {} } }, 'SerializationException'],
    ['box', { action: 'PutObject', input: null }, 'ValidationException'],
    ['box', { action: 'GetObject', input: { Key: 'a' } }, 'UnknownOperationException'],
    ['box', { action: { a: 1 } }, 'UnknownOperationException'],
  ])('of %s, %j fails as %s', async (bucket, request, error) => {
    expect(await put(open(), request, bucket)).toMatchObject({ ok: false, error: { Error: error } });
  });
});
