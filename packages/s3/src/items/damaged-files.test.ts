import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetMetadata, parquetSchema, type FileMetaData } from 'hyparquet';
import { ByteWriter, parquetWriteBuffer } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConnectorCall, ItemsPage, Json } from '@interstate/kernel';
import { memoryStore } from '../store/memory-store.ts';
import { itemReader } from './item-reader.ts';
import { pageDecompressor } from './parquet/decompress.ts';
import { leafColumns, planRowGroups } from './parquet/footer.ts';
import { checkPages } from './parquet/pages.ts';
import { unsnappy } from './parquet/snappy.ts';
import { unzstd } from './zstd/unzstd.ts';

// What no page may exceed, on a busy machine.
const MAX_MILLIS = 4_000;
const MAX_MEMORY_BYTES = 600_000_000;

/** Reads all pages. A failure must be the reader's own; whatever else is thrown fails the test. */
async function readFile(file: Uint8Array, InputType: string): Promise<{ items: Json[]; cause?: string; pages: number }> {
  const store = memoryStore();
  await store.createBucket('data', 0);
  await store.write('data', 'file', file, { lastModified: 0 });
  const read = itemReader(store);
  const reader = { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType }, Parameters: { Bucket: 'data', Key: 'file' } };
  const items: Json[] = [];
  let cursor: Json = null;
  let pages = 0;
  do {
    const begun = performance.now();
    const request = { action: 'read', reader, cursor, maxItems: 500 } as unknown as Json;
    const call: ConnectorCall = { to: 'arn:aws:test', from: 'run', callId: 'call-1', request, now: 0, signal: new AbortController().signal, progress: () => undefined, release: () => undefined };
    const outcome = await read(call);
    expect(performance.now() - begun).toBeLessThan(MAX_MILLIS);
    pages++;
    if (!outcome.ok) {
      expect(outcome.error.Error).toBe('States.ItemReaderFailed');
      return { items, cause: outcome.error.Cause!, pages };
    }
    const page = outcome.value as unknown as ItemsPage;
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return { items, pages };
}

/** A Zstandard frame of blocks that are not compressed. */
function zstdRaw(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x80, 0x38, ...int32(bytes.length), ...[1, 0, 0].map((bit, index) => ((bytes.length << 3) | bit) >>> (8 * index)), ...bytes);
}
const frame = (window: number): number[] => [0x28, 0xb5, 0x2f, 0xfd, 0, window];
const block = (kind: number, size: number): number[] => int32((size << 3) | (kind << 1) | 1).slice(0, 3);
const int32 = (value: number): number[] => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];

const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)), ZSTD: zstdRaw };
const texts = Array.from({ length: 40 }, (_, index) => (index % 7 === 3 ? null : `text ${index % 5}`));
const numbers = texts.map((_, index) => index * 3 - 20);

function flat(codec: 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP' | 'ZSTD'): ArrayBuffer {
  return parquetWriteBuffer({
    codec,
    compressors,
    pageSize: 100,
    rowGroupSize: 25,
    columnData: [
      { name: 'text', data: texts, type: 'STRING', encoding: 'RLE_DICTIONARY' },
      { name: 'number', data: numbers, type: 'INT32', encoding: 'DELTA_BINARY_PACKED' },
      { name: 'big', data: numbers.map(BigInt), type: 'INT64', encoding: 'DELTA_BINARY_PACKED' },
      { name: 'real', data: numbers, type: 'DOUBLE', encoding: 'BYTE_STREAM_SPLIT' },
      { name: 'long', data: texts, type: 'STRING', encoding: 'DELTA_LENGTH_BYTE_ARRAY' },
      { name: 'like', data: texts, type: 'STRING', encoding: 'DELTA_BYTE_ARRAY' },
      { name: 'plain', data: texts, type: 'STRING', encoding: 'PLAIN' },
      { name: 'yes', data: numbers.map((value) => value % 2 === 0), type: 'BOOLEAN' },
      { name: 'at', data: numbers.map((value) => new Date(value)), type: 'TIMESTAMP' },
      { name: 'json', data: numbers.map((value) => ({ value })), type: 'JSON' },
    ],
  });
}

function nested(): ArrayBuffer {
  return parquetWriteBuffer({
    codec: 'SNAPPY',
    pageSize: 40,
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'at', repetition_type: 'OPTIONAL', num_children: 2 },
      { name: 'x', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: 'y', type: 'INT32', repetition_type: 'OPTIONAL' },
    ],
    columnData: [
      { name: 'tags', data: numbers.map((value, index) => (index % 5 === 0 ? null : texts.slice(0, index % 4).map((text) => text ?? `t${value}`))) },
      { name: 'at', data: numbers.map((x, index) => (index % 3 === 0 ? null : { x, y: index % 2 === 0 ? null : x })) },
    ],
  });
}

const metadataOf = (file: ArrayBuffer): FileMetaData => parquetMetadata(new Uint8Array(file));

/** The same file with pages of version 1, which the library that writes these does not write. */
async function withFirstPages(file: ArrayBuffer): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(file);
  const metadata = metadataOf(file);
  const writer = new ByteWriter();
  writer.appendUint32(0x31524150);
  const groups = planRowGroups(metadata, leafColumns(parquetSchema(metadata)), bytes.length);
  for (const [index, group] of groups.entries()) {
    for (const [at, chunk] of group.chunks().entries()) {
      const pages = checkPages(bytes.subarray(chunk.start, chunk.end), chunk, group.rows, 1e6, await pageDecompressor(chunk.codec));
      // Pages that have been written anew say the same again.
      expect(checkPages(pages, chunk, group.rows, 1e6, (stored) => stored)).toEqual(pages);
      const column = metadata.row_groups[index]!.columns[at]!.meta_data!;
      delete column.dictionary_page_offset;
      Object.assign(column, { codec: 'UNCOMPRESSED', data_page_offset: BigInt(writer.offset), total_compressed_size: BigInt(pages.length) });
      writer.appendBytes(pages);
    }
  }
  writeMetadata(writer, metadata);
  writer.appendUint32(0x31524150);
  return writer.getBuffer();
}

function claimRows(metadata: FileMetaData): void {
  const [group] = metadata.row_groups;
  metadata.num_rows += 100_000_000n - group!.num_rows;
  group!.num_rows = 100_000_000n;
  for (const { meta_data: column } of group!.columns) column!.num_values = 100_000_000n;
}

const files = new Map<string, Uint8Array>();
beforeAll(async () => {
  for (const codec of ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD'] as const) files.set(codec, new Uint8Array(flat(codec)));
  files.set('nested', new Uint8Array(nested()));
  files.set('flat, version 1', new Uint8Array(await withFirstPages(flat('GZIP'))));
  files.set('nested, version 1', new Uint8Array(await withFirstPages(nested())));
});

interface Edit {
  readonly at: number;
  readonly kind: 'set' | 'flip' | 'insert' | 'delete' | 'cut' | 'repeat';
  readonly bytes: Uint8Array;
}

function applyEdit(file: Uint8Array, { at: place, kind, bytes }: Edit): Uint8Array {
  const at = Math.floor(place * file.length);
  switch (kind) {
    case 'set':
      return Uint8Array.of(...file.subarray(0, at), ...bytes, ...file.subarray(at + bytes.length)).slice(0, file.length);
    case 'flip':
      return file.map((byte, index) => (index === at ? byte ^ (1 << (bytes[0]! & 7)) : byte));
    case 'insert':
      return Uint8Array.of(...file.subarray(0, at), ...bytes, ...file.subarray(at));
    case 'delete':
      return Uint8Array.of(...file.subarray(0, at), ...file.subarray(at + bytes.length));
    case 'cut':
      return file.slice(0, at);
    case 'repeat':
      return Uint8Array.of(...file.subarray(0, at), ...file.subarray(Math.max(0, at - bytes.length * 8)));
  }
}

const edits = fc.array(
  fc.record<Edit>({
    at: fc.noBias(fc.nat({ max: 999_999 })).map((at) => at / 1_000_000),
    kind: fc.constantFrom('set', 'set', 'flip', 'flip', 'flip', 'insert', 'delete', 'cut', 'repeat'),
    bytes: fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.constantFrom(Uint8Array.of(255), Uint8Array.of(255, 255, 255, 255, 15), Uint8Array.of(128, 128, 128, 128, 8), Uint8Array.of(0))),
  }),
  { minLength: 1, maxLength: 3 },
);

const memory = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

describe('a damaged Parquet file', () => {
  it('is read as it is while it is whole', async () => {
    const { items } = await readFile(files.get('SNAPPY')!, 'PARQUET');
    expect(items).toHaveLength(40);
    expect(items[1]).toEqual({ text: 'text 1', number: -17, big: -17, real: -17, long: 'text 1', like: 'text 1', plain: 'text 1', yes: false, at: '1969-12-31T23:59:59.983Z', json: { value: -17 } });
    for (const name of ['UNCOMPRESSED', 'GZIP', 'ZSTD', 'flat, version 1']) expect((await readFile(files.get(name)!, 'PARQUET')).items).toEqual(items);
    const whole = await readFile(files.get('nested')!, 'PARQUET');
    expect(whole.items.slice(0, 3)).toEqual([
      { tags: null, at: null },
      { tags: ['text 0'], at: { x: -17, y: -17 } },
      { tags: ['text 0', 'text 1'], at: { x: -14, y: null } },
    ]);
    expect((await readFile(files.get('nested, version 1')!, 'PARQUET')).items).toEqual(whole.items);
  });

  it.each<[string, (metadata: FileMetaData) => void, RegExp]>([
    ['rows without bytes for them', claimRows, /far more values than can stand in/],
    ['a count of children that leads back', (metadata) => (metadata.schema[1]!.num_children = -1), /The schema is damaged/],
    ['a column that is read twice', (metadata) => metadata.row_groups[0]!.columns.push(metadata.row_groups[0]!.columns[0]!), /not one column for each/],
    ['columns that begin at each other', (metadata) => (metadata.row_groups[0]!.columns[0]!.meta_data!.data_page_offset = 5n), /cannot be read/],
  ])('is refused at once for %s', async (_, change, cause) => {
    const file = files.get('flat, version 1')!;
    const metadata = metadataOf(file.slice().buffer);
    change(metadata);
    const writer = new ByteWriter();
    writer.appendBytes(file);
    writeMetadata(writer, metadata);
    writer.appendUint32(0x31524150);
    expect((await readFile(new Uint8Array(writer.getBuffer()), 'PARQUET')).cause).toMatch(cause);
  });

  it('does not go back in Snappy data for a length below zero', () => {
    expect(() => unsnappy(Uint8Array.of(4, 0xfc, 0xf0, 0xff, 0xff, 0xff, 1, 2, 3), 4)).toThrow('The Snappy data is damaged or cut off.');
  });

  it('fails or is read, whatever bytes are changed', async () => {
    const before = memory();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files.values()), edits, async (file, changes) => {
        await readFile(changes.reduce(applyEdit, file), 'PARQUET');
        expect(memory() - before).toBeLessThan(MAX_MEMORY_BYTES);
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);

  it('fails or is read, whichever single byte is changed', async () => {
    const columnData = [
      { name: 'a', data: [1, 2, 2, 2], type: 'INT32' as const },
      { name: 'b', data: ['x', 'x', null, 'x'], type: 'STRING' as const, encoding: 'RLE_DICTIONARY' as const },
    ];
    for (const codec of ['UNCOMPRESSED', 'SNAPPY'] as const) {
      const small = new Uint8Array(parquetWriteBuffer({ codec, columnData, statistics: false }));
      for (let at = 0; at < small.length; at++) {
        for (const byte of [0, 1, 127, 128, 255, small[at]! ^ 1, small[at]! ^ 128]) {
          const file = small.slice();
          file[at] = byte;
          await readFile(file, 'PARQUET');
        }
      }
    }
  }, 60_000);
});

describe('compressed data', () => {
  const lines = Array.from({ length: 300 }, (_, index) => JSON.stringify({ index, text: `row ${index % 13}` })).join('\n');

  it('fails or is read, whatever bytes of gzip are changed', async () => {
    const file = new Uint8Array(gzipSync(lines));
    await fc.assert(fc.asyncProperty(edits, async (changes) => void (await readFile(changes.reduce(applyEdit, file), 'JSONL'))), { numRuns: 500 });
  }, 60_000);

  const noise: string[] = [];
  for (let value = 1; noise.length < 600; noise.push(String(value))) value = (value * 48_271) % 2_147_483_647;
  const given = { lines, numbers: noise.join('\n') };
  const zstd = JSON.parse(readFileSync(new URL('../../cases/zstd.json', import.meta.url), 'utf8')) as { description: string; given: keyof typeof given; data: string }[];

  it.each(zstd.map((row) => [row.description, row] as const))('of Zstandard is read in pieces of any size: %s', (_, row) => {
    const file = new Uint8Array(Buffer.from(row.data, 'base64'));
    for (const size of [1, 7, 1_000, file.length]) {
      const parts: Uint8Array[] = [];
      const inflater = unzstd((bytes) => parts.push(bytes));
      for (let at = 0; at < file.length; at += size) inflater.push(file.subarray(at, at + size), at + size >= file.length);
      expect(Buffer.concat(parts).toString()).toBe(given[row.given]);
    }
    expect(() => unzstd(() => undefined).push(file.subarray(0, -1), true)).toThrow('The Zstandard data is cut off.');
  });

  it('fails or is read, whatever bytes of Zstandard are changed', async () => {
    const files = zstd.map(({ data }) => new Uint8Array(Buffer.from(data, 'base64')));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), edits, async (file, changes) => void (await readFile(changes.reduce(applyEdit, file), 'JSONL'))),
      { numRuns: 2_000 },
    );
  }, 60_000);

  it.each<[string, number[], RegExp]>([
    // The longest copies there are, 98,000 times, from tables that take no bits.
    ['endless sequences', [...frame(0), ...block(2, 14), 0x01, 65, 255, 255, 255, 0x54, 35, 31, 52, 1, 1, 1, 1, 1], /damaged/],
    ['a large window', frame(0xff), /needs a window of/],
    ['blocks that are too long', [...frame(0), ...block(1, 200_000), 65], /damaged/],
    ['Huffman weights of one symbol', [...frame(0), ...block(2, 12), 0x02, 0x10, 0x02, 5, 0x10, 0x3f, 0, 0, 1, 1, 0, 0], /damaged/],
  ])('of Zstandard with %s is refused at once', (_, bytes, message) => {
    expect(() => unzstd(() => undefined).push(Uint8Array.from(bytes), true)).toThrow(message);
  });

  it('comes in pages even if there is nothing in it', async () => {
    const before = memory();
    const { items, pages, cause } = await readFile(new Uint8Array(gzipSync(Buffer.alloc(35_000_000, '\n'))), 'JSONL');
    expect({ items, cause }).toEqual({ items: [], cause: undefined });
    expect(pages).toBeGreaterThan(2);
    expect(memory() - before).toBeLessThan(MAX_MEMORY_BYTES);
  }, 60_000);

  it('that only begins as gzip does is given up', async () => {
    // A name that never ends.
    const file = new Uint8Array(20_000_000).fill(65);
    file.set([0x1f, 0x8b, 8, 8]);
    expect((await readFile(file, 'JSONL')).cause).toBe('The compressed data is damaged or cut off.');
  });
});
