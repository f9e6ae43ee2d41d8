import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ConnectorCall, ItemsPage, Json, JsonObject, Outcome } from '@interstate/kernel';
import type { ObjectContent } from '../object-content.ts';
import { memoryStore } from '../store/memory-store.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { contentBytes } from '../object-content.ts';
import { itemReader } from './item-reader.ts';

const GET = 'arn:aws:states:::s3:getObject';
const LIST = 'arn:aws:states:::s3:listObjectsV2';

async function storeWith(objects: Readonly<Record<string, ObjectContent>>, bucket = 'data'): Promise<ObjectStore> {
  const store = memoryStore();
  await store.createBucket(bucket, 0);
  for (const [key, content] of Object.entries(objects)) await store.write(bucket, key, contentBytes(content), { lastModified: 1_700_000_000_000 });
  return store;
}

const callOf = (request: unknown): ConnectorCall => ({ to: 'arn:aws:test', from: 'run', callId: 'call-1', request: request as Json, now: 0, signal: new AbortController().signal, progress: () => undefined, release: () => undefined });

interface Reading {
  readonly resource?: string;
  readonly config?: JsonObject;
  readonly parameters?: JsonObject;
  readonly pageSize?: number;
  readonly maxBytes?: number;
  /** Every call is answered by a reader that knows nothing of the calls before, and gets the cursor out of JSON text. */
  readonly forgetful?: boolean;
}

/** All items, page by page; the failure's cause where there is one. */
async function readAll(store: ObjectStore, reading: Reading): Promise<{ items: Json[]; sources: string[]; cause?: string }> {
  const { resource = GET, config = {}, parameters = { Bucket: 'data', Key: 'file' }, pageSize = 1_000, maxBytes, forgetful = false } = reading;
  let read = itemReader(store);
  const items: Json[] = [];
  const sources = new Set<string>();
  let cursor: Json = null;
  do {
    if (forgetful) read = itemReader(store);
    const reader = { Resource: resource, ReaderConfig: config, Parameters: parameters };
    const outcome: Outcome = await read(callOf({ action: 'read', reader, cursor, maxItems: pageSize, ...(maxBytes === undefined ? {} : { maxBytes }) }));
    if (!outcome.ok) {
      expect(outcome.error.Error).toBe('States.ItemReaderFailed');
      return { items, sources: [...sources], cause: outcome.error.Cause! };
    }
    const page = outcome.value as unknown as ItemsPage;
    expect(page.items.length).toBeLessThanOrEqual(pageSize);
    items.push(...page.items);
    sources.add(page.source);
    cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
    expect(JSON.stringify(cursor).length).toBeLessThan(4_096);
  } while (cursor !== null);
  return { items, sources: [...sources] };
}

/** Reads in one piece, one by one, and one by one forgetting everything in between: all must agree. */
async function readEveryWay(content: ObjectContent, config: JsonObject): Promise<{ items: Json[]; cause?: string }> {
  const store = await storeWith({ file: content });
  const { items, cause } = await readAll(store, { config });
  for (const forgetful of [false, true]) {
    const again = await readAll(store, { config, pageSize: 1, forgetful });
    expect(again.cause).toBe(cause);
    if (cause === undefined) expect(again.items).toEqual(items);
  }
  return { items, ...(cause === undefined ? {} : { cause }) };
}

interface Case {
  readonly description: string;
  readonly config?: JsonObject;
  readonly pointer?: string;
  readonly given: string;
  readonly then?: Json;
  readonly error?: string;
}

// Parsed here: an import would make a prototype of the key __proto__.
const readCases = (name: string): Case[] => JSON.parse(readFileSync(new URL(`../../cases/${name}.json`, import.meta.url), 'utf8')) as Case[];

const check = async (given: ObjectContent, config: JsonObject, { then, error }: Case): Promise<void> => {
  const { items, cause } = await readEveryWay(given, config);
  expect(cause).toBe(error);
  if (then !== undefined) expect(items).toEqual(then);
};

describe('CSV', () => {
  it.each(readCases('csv').map((row) => [row.description, row] as const))('%s', (_, row) => check(row.given, { InputType: 'CSV', ...row.config }, row));
});

describe('JSON', () => {
  it.each(readCases('json').map((row) => [row.description, row] as const))('%s', (_, row) =>
    check(row.given, { InputType: 'JSON', ...(row.pointer === undefined ? {} : { ItemsPointer: row.pointer }) }, row),
  );
});

describe('JSON Lines', () => {
  it.each<[string, Partial<Case>]>([
    ['{"a":1}\n\n  [2]  \r\n"x"', { then: [{ a: 1 }, [2], 'x'] }],
    ['\ufeff1\n2\n', { then: [1, 2] }],
    ['', { then: [] }],
    ['\n\n', { then: [] }],
    ['1\n{"a":\n2', { error: 'The item at byte 2 is not valid JSON.' }],
  ])('%j', (given, row) => check(given, { InputType: 'JSONL' }, { description: '', given, ...row }));
});

const people = parquetWriteBuffer({
  columnData: [
    { name: 'id', data: [1n, 2n, -3n], type: 'INT64' },
    { name: 'name', data: ['Ann', 'Bo', null], type: 'STRING' },
    { name: 'score', data: [1.5, null, 0], type: 'DOUBLE' },
    { name: 'ok', data: [true, false, true], type: 'BOOLEAN' },
    { name: 'at', data: [new Date(0), new Date(1_700_000_000_123), new Date(1)], type: 'TIMESTAMP' },
    { name: '__proto__', data: ['x', 'y', 'z'], type: 'STRING' },
  ],
});
const peopleItems: unknown = JSON.parse(`[
  { "id": 1, "name": "Ann", "score": 1.5, "ok": true, "at": "1970-01-01T00:00:00.000Z", "__proto__": "x" },
  { "id": 2, "name": "Bo", "score": null, "ok": false, "at": "2023-11-14T22:13:20.123Z", "__proto__": "y" },
  { "id": -3, "name": null, "score": 0, "ok": true, "at": "1970-01-01T00:00:00.001Z", "__proto__": "z" }
]`);

describe('Parquet', () => {
  it('gives a row as an object of its columns', async () => {
    expect(await readEveryWay(new Uint8Array(people), { InputType: 'PARQUET' })).toEqual({ items: peopleItems });
  });

  it('keeps the digits of times and decimals', async () => {
    const file = parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: 4 },
        { name: 'price', type: 'INT32', converted_type: 'DECIMAL', scale: 1, precision: 9, repetition_type: 'REQUIRED' },
        { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
        { name: 'micros', type: 'INT64', converted_type: 'TIMESTAMP_MICROS', repetition_type: 'REQUIRED' },
        { name: 'huge', type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18, repetition_type: 'REQUIRED' },
      ],
      columnData: [
        { name: 'price', data: [0.3, -0.7] },
        { name: 'day', data: [new Date(0), new Date(-86_400_000)] },
        { name: 'micros', data: [1_700_000_000_123_456n, -1n] },
        { name: 'huge', data: [12.34, 0] },
      ],
    });
    expect(await readEveryWay(new Uint8Array(file), { InputType: 'PARQUET' })).toEqual({
      items: [
        { price: 0.3, day: '1970-01-01', micros: '2023-11-14T22:13:20.123456Z', huge: 12.34 },
        { price: -0.7, day: '1969-12-31', micros: '1969-12-31T23:59:59.999999Z', huge: 0 },
      ],
    });
  });

  it('reads many row groups in pages', async () => {
    const ids = Array.from({ length: 2_500 }, (_, index) => index);
    const file = parquetWriteBuffer({ columnData: [{ name: 'id', data: ids, type: 'INT32' }], rowGroupSize: 1_000 });
    const { items } = await readAll(await storeWith({ file: new Uint8Array(file) }), { config: { InputType: 'PARQUET' }, pageSize: 700, forgetful: true });
    expect(items).toEqual(ids.map((id) => ({ id })));
  });

  it('refuses what would change and what is no Parquet', async () => {
    const big = parquetWriteBuffer({ columnData: [{ name: 'id', data: [2n ** 60n + 1n], type: 'INT64' }] });
    expect((await readEveryWay(new Uint8Array(big), { InputType: 'PARQUET' })).cause).toContain(`Column 'id' holds the integer 1152921504606846977`);
    for (const content of ['', 'PAR1', 'no parquet at all', new Uint8Array(people).subarray(0, 200), new Uint8Array(people).fill(255, 4, 100)]) {
      expect((await readEveryWay(content, { InputType: 'PARQUET' })).cause).toMatch(/^The Parquet file cannot be read: /);
    }
  });
});

describe('compressed objects', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ index, text: `row ${index}`.repeat(index % 7) }));
  const lines = rows.map((row) => JSON.stringify(row)).join('\n');

  it('reads gzip, of several members too, from any cursor', async () => {
    const halves = [lines.slice(0, 100_000), lines.slice(100_000)].map((text) => gzipSync(text));
    for (const file of [gzipSync(lines), Buffer.concat(halves)]) {
      const store = await storeWith({ file: new Uint8Array(file) });
      for (const reading of [{ pageSize: 999 }, { pageSize: 7_000, forgetful: true }]) {
        expect((await readAll(store, { config: { InputType: 'JSONL' }, ...reading, maxBytes: 1e9 })).items).toEqual(rows);
      }
    }
  });

  it('reads Zstandard', async () => {
    // One frame, one raw block: {"a":1}
    const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x07, 0x39, 0x00, 0x00, ...Buffer.from('{"a":1}'));
    expect(await readEveryWay(frame, { InputType: 'JSONL' })).toEqual({ items: [{ a: 1 }] });
  });

  it('refuses damaged data', async () => {
    const whole = new Uint8Array(gzipSync(lines));
    const broken = whole.slice();
    broken.fill(0x55, 500, 600);
    for (const content of [whole.subarray(0, 5_000), broken, Uint8Array.of(0x1f, 0x8b), Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd)]) {
      expect((await readAll(await storeWith({ file: content }), { config: { InputType: 'JSONL' } })).cause).toBeDefined();
    }
  });
});

describe('listObjectsV2', () => {
  const objects = { 'in/a.csv': 'n\n1\n2\n', 'in/b.csv': 'n\n', 'in/c.csv': 'n\n3\n', 'in/sub/': '', 'other.csv': 'n\n9\n' };

  it('gives objects as items', async () => {
    const reading = { resource: LIST, parameters: { Bucket: 'data', Prefix: 'in/' } };
    const store = await storeWith(objects);
    const { items, sources } = await readAll(store, reading);
    expect(items[0]).toEqual({ Etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string, Key: 'in/a.csv', LastModified: '2023-11-14T22:13:20Z', Size: 6, StorageClass: 'STANDARD' });
    expect(items.map((item) => (item as JsonObject)['Key'])).toEqual(['in/a.csv', 'in/b.csv', 'in/c.csv', 'in/sub/']);
    expect(sources).toEqual(['S3://data']);
    expect((await readAll(store, { ...reading, pageSize: 1, forgetful: true })).items).toEqual(items);
    expect((await readAll(store, { ...reading, maxBytes: 1 })).items).toEqual(items);
  });

  it('lists past a thousand objects', async () => {
    const many = Object.fromEntries(Array.from({ length: 2_345 }, (_, index) => [`k${index}`, '']));
    const { items } = await readAll(await storeWith(many), { resource: LIST, parameters: { Bucket: 'data' }, pageSize: 5_000, maxBytes: 1e9 });
    expect(items).toHaveLength(2_345);
  });

  it('loads and flattens', async () => {
    const reading = { resource: LIST, parameters: { Bucket: 'data', Prefix: 'in/' }, config: { Transformation: 'LOAD_AND_FLATTEN', InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' } };
    const store = await storeWith(objects);
    for (const way of [{}, { pageSize: 1 }, { pageSize: 1, forgetful: true }]) {
      expect(await readAll(store, { ...reading, ...way })).toEqual({ items: [{ n: '1' }, { n: '2' }, { n: '3' }], sources: ['S3://data/in/a.csv', 'S3://data/in/b.csv', 'S3://data/in/c.csv'] });
    }
    expect((await readAll(store, { ...reading, parameters: { Bucket: 'data', Prefix: 'none' } })).items).toEqual([]);
  });
});

describe('manifests', () => {
  it('reads what Athena unloaded', async () => {
    const store = await storeWith({ manifest: 's3://data/one\n\ns3://data/dir/two\r\n', one: '{"a":1}\n{"a":2}', 'dir/two': gzipSync('{"a":3}') });
    const config = { InputType: 'JSONL', ManifestType: 'ATHENA_DATA' };
    for (const way of [{}, { pageSize: 1 }, { pageSize: 1, forgetful: true }]) {
      const { items, sources } = await readAll(store, { config, parameters: { Bucket: 'data', Key: 'manifest' }, ...way });
      expect(items).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
      expect(sources).toEqual(['S3://data/one', 'S3://data/dir/two']);
    }
    const bad = await storeWith({ file: 'https://example.com/x\n' });
    expect((await readAll(bad, { config })).cause).toBe(`The manifest names 'https://example.com/x', which is not of the form s3://bucket/key.`);
  });

  it('reads an S3 inventory', async () => {
    const manifest = (fileFormat: string): Json => ({
      sourceBucket: 'photos',
      destinationBucket: 'arn:aws:s3:::data',
      fileFormat,
      fileSchema: 'Bucket, Key, Size',
      files: [{ key: 'inv/1.csv.gz' }, { key: 'inv/2.csv.gz' }],
    });
    const store = await storeWith({ file: manifest('CSV'), orc: manifest('ORC'), 'inv/1.csv.gz': gzipSync('"photos","a%20b.jpg","1"\n"photos","c","2"\n'), 'inv/2.csv.gz': gzipSync('"photos","d","3"\n') });
    const items = [
      { Bucket: 'photos', Key: 'a%20b.jpg', Size: '1' },
      { Bucket: 'photos', Key: 'c', Size: '2' },
      { Bucket: 'photos', Key: 'd', Size: '3' },
    ];
    for (const config of [{ InputType: 'MANIFEST' }, { ManifestType: 'S3_INVENTORY' }]) {
      expect((await readAll(store, { config, pageSize: 1, forgetful: true })).items).toEqual(items);
    }
    expect((await readAll(store, { config: { InputType: 'MANIFEST' }, parameters: { Bucket: 'data', Key: 'orc' } })).cause).toContain('"ORC"');
    expect((await readAll(await storeWith({ file: '[]' }), { config: { InputType: 'MANIFEST' } })).cause).toContain('no S3 inventory manifest');
  });
});

describe('failures', () => {
  it.each<[string, Reading, string | RegExp]>([
    ['missing object', { parameters: { Bucket: 'data', Key: 'none' } }, /^The specified key does not exist\. \(Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey; Request ID: [0-9A-F]{16}; S3 Extended Request ID: .+; Proxy: null\)$/],
    ['missing bucket', { parameters: { Bucket: 'none', Key: 'file' } }, /^The specified bucket does not exist \(Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; /],
    ['missing bucket to list', { resource: LIST, parameters: { Bucket: 'none' } }, /NoSuchBucket/],
    ['version', { parameters: { Bucket: 'data', Key: 'file', VersionId: 'v1' } }, /NoSuchVersion/],
    ['no bucket', { parameters: { Key: 'file' } }, `The field 'Bucket' of the ItemReader must be a string.`],
    ['no input type', { config: {} }, 'InputType must be one of CSV, JSON, JSONL, PARQUET, but was null.'],
    ['resource', { resource: 'arn:aws:states:::s3:putObject' }, /must be s3:getObject or s3:listObjectsV2/],
    ['transformation', { resource: LIST, config: { Transformation: 'FLAT' } }, /NONE or LOAD_AND_FLATTEN/],
  ])('%s', async (_, reading, cause) => {
    const { cause: actual } = await readAll(await storeWith({ file: '[1]' }), { config: { InputType: 'JSON' }, ...reading });
    if (typeof cause === 'string') expect(actual).toBe(cause);
    else expect(actual).toMatch(cause);
  });

  it('notices that the object has changed between pages', async () => {
    const store = await storeWith({ file: '[1,2,3]' });
    const read = itemReader(store);
    const request = { action: 'read', reader: { Resource: GET, ReaderConfig: { InputType: 'JSON' }, Parameters: { Bucket: 'data', Key: 'file' } }, maxItems: 1 };
    const first = await read(callOf({ ...request, cursor: null }));
    await store.write('data', 'file', contentBytes('[4,5,6]'), { lastModified: 0 });
    const cursor = (first as { value: JsonObject }).value['cursor']!;
    expect(await read(callOf({ ...request, cursor }))).toEqual({ ok: false, error: { Error: 'States.ItemReaderFailed', Cause: 'The object s3://data/file has changed while its items were read.' } });
  });

  it('gives the same page for the same cursor, however often it is asked', async () => {
    const read = itemReader(await storeWith({ file: '[1,2,3,4,5]' }));
    const request = { action: 'read', reader: { Resource: GET, ReaderConfig: { InputType: 'JSON' }, Parameters: { Bucket: 'data', Key: 'file' } }, maxItems: 2 };
    const first = (await read(callOf({ ...request, cursor: null }))) as { value: JsonObject };
    const again = callOf({ ...request, cursor: first.value['cursor']! });
    const pages = await Promise.all([read(again), read(again)]);
    expect(pages[0]).toMatchObject({ ok: true, value: { items: [3, 4] } });
    expect([pages[1], await read(again)]).toEqual([pages[0], pages[0]]);
  });
});

describe('hostile data', () => {
  it('never fails otherwise than by a cause', async () => {
    const types = ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', '[', '{"a":', '\x1f\x8b\x08\0\0\0\0\0\0\0', 'PAR1'), async (InputType, bytes, start) => {
        const content = Buffer.concat([Buffer.from(start, 'latin1'), bytes]);
        await readAll(await storeWith({ file: new Uint8Array(content) }), { config: { InputType }, pageSize: 3 });
      }),
      { numRuns: 300 },
    );
  });

  it('bounds depth and length', async () => {
    const deep = `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`;
    expect((await readEveryWay(deep, { InputType: 'JSON' })).cause).toBe('The item at byte 1 is nested deeper than 1000 levels.');
    const long = `["${'x'.repeat(11_000_000)}"]`;
    expect((await readAll(await storeWith({ file: long }), { config: { InputType: 'JSON' } })).cause).toMatch(/longer than 10485760 bytes/);
    const open = `a\n"${'x,\n'.repeat(5_000_000)}`;
    expect((await readAll(await storeWith({ file: open }), { config: { InputType: 'CSV' } })).cause).toMatch(/longer than 10485760 bytes/);
    expect((await readAll(await storeWith({ file: 'x'.repeat(20_000) }), { config: { InputType: 'CSV' } })).cause).toBe('CSV headers cannot be longer than 10240 bytes.');
    const bomb = gzipSync('1'.repeat(30_000_000));
    expect((await readAll(await storeWith({ file: new Uint8Array(bomb) }), { config: { InputType: 'JSONL' } })).cause).toMatch(/longer than 10485760 bytes/);
  });

  it('keeps __proto__ a column', async () => {
    const { items } = await readEveryWay('__proto__,constructor\n1,2\n', { InputType: 'CSV' });
    expect(Object.entries(items[0] as JsonObject)).toEqual([['__proto__', '1'], ['constructor', '2']]);
    expect(Object.getPrototypeOf(items[0])).toBe(Object.prototype);
  });
});

describe('pages', () => {
  const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.stringMatching(/^[a",;\\\r\n é]{0,6}$/));
  const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '""')}"`;
  const page = { pageSize: fc.integer({ min: 1, max: 7 }), maxBytes: fc.integer({ min: 1, max: 100 }), forgetful: fc.boolean() };

  it('of any size give what is in a CSV file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 }), fc.record(page), async (rows, way) => {
        const text = ['a,b,c', ...rows.map((row) => row.map(quote).join(','))].join('\n');
        const { items } = await readAll(await storeWith({ file: text }), { config: { InputType: 'CSV' }, ...way });
        expect(items).toEqual(rows.map(([a, b, c]) => ({ a, b, c })).map((item) => JSON.parse(JSON.stringify(item).replaceAll(/\\ud[89a-f]../g, '\ufffd')) as Json));
      }),
    );
  });

  it('of any size give the same for bare CSV of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[ab",\\\r\n]{0,40}$/), fc.record(page), async (text, way) => {
        const store = await storeWith({ file: `x,y\n${text}` });
        const config = { InputType: 'CSV' };
        const whole = await readAll(store, { config });
        const parts = await readAll(store, { config, ...way });
        expect(parts.cause).toBe(whole.cause);
        if (whole.cause === undefined) expect(parts.items).toEqual(whole.items);
      }),
    );
  });

  it('of any size give what is in JSON files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 12 }), fc.nat({ max: 2 }), fc.record(page), async (values, indent, way) => {
        fc.pre(!/\d{16}/.test(JSON.stringify(values)));
        const plain = JSON.parse(JSON.stringify(values)) as Json[];
        const array = await storeWith({ file: JSON.stringify({ before: values, at: { items: values } }, null, indent) });
        expect((await readAll(array, { config: { InputType: 'JSON', ItemsPointer: '/at/items' }, ...way })).items).toEqual(plain);
        const lines = await storeWith({ file: values.map((value) => JSON.stringify(value)).join('\n') });
        expect((await readAll(lines, { config: { InputType: 'JSONL' }, ...way })).items).toEqual(plain);
      }),
    );
  });
});
