import { jsonBytes, type Json } from '@interstate/kernel';
import type { ObjectStore } from '../store/object-store.ts';
import { openBytes } from './byte-source.ts';
import { fillWindow, MAX_RECORD_BYTES, openWindow, tooLong, windowOffset, type ByteWindow } from './byte-window.ts';
import { csvRecords } from './csv.ts';
import type { InputFormat } from './input-format.ts';
import { jsonArray } from './json-array.ts';
import { jsonLines } from './json-lines.ts';
import { openParquet, type ParquetRows } from './parquet.ts';
import { ReaderFault } from './reader-fault.ts';
import type { RecordFormat } from './record-format.ts';

export interface PageBounds {
  readonly maxItems: number;
  readonly maxBytes: number;
}

/** Items of one object, and where the next page begins: a byte of the decompressed content or a row; `null` after the last. */
export interface ObjectPage {
  readonly items: readonly Json[];
  readonly at: number | null;
}

/** An object that is being read; each page goes on where the one before ended. */
export type ObjectItems = (bounds: PageBounds) => Promise<ObjectPage>;

/** Opens an object's items at `at` (`null`: at the start). Every call reads what it needs, and nothing but `at` has to be known. */
export function openItems(store: ObjectStore, bucket: string, key: string, size: number, format: InputFormat, at: number | null): Promise<ObjectItems> {
  if (format.type === 'PARQUET') return openRows(store, bucket, key, size, at ?? 0);
  return openRecords(store, bucket, key, size, format, at);
}

function recordFormat(format: Exclude<InputFormat, { readonly type: 'PARQUET' }>): RecordFormat {
  switch (format.type) {
    case 'CSV':
      return csvRecords(format.delimiter, format.headers ?? undefined);
    case 'JSON':
      return jsonArray(format.pointer);
    case 'JSONL':
      return jsonLines;
  }
}

async function openRecords(
  store: ObjectStore,
  bucket: string,
  key: string,
  size: number,
  format: Exclude<InputFormat, { readonly type: 'PARQUET' }>,
  at: number | null,
): Promise<ObjectItems> {
  const records = recordFormat(format);
  const openAt = async (offset: number): Promise<ByteWindow> => openWindow(await openBytes(store, bucket, key, size, offset), offset);
  // Rows mean nothing without the header, which is therefore read again.
  const needsStart = at === null || (format.type === 'CSV' && format.headers === null);
  let window = await openAt(needsStart ? 0 : at);
  if (needsStart && records.begin !== undefined) {
    let begun = records.begin(window);
    while (begun === 'more') {
      await fillWindow(window);
      begun = records.begin(window);
    }
    if (begun === 'end') return async () => ({ items: [], at: null });
    if (at !== null) window = await openAt(at);
  }
  return ({ maxItems, maxBytes }) => readPage(records, window, maxItems, maxBytes);
}

/** A page ends when so much content has been gone through, even if nothing was in it: compressed, a few bytes can be gigabytes. */
const MAX_PAGE_CONTENT_BYTES = 16_777_216;

async function readPage(records: RecordFormat, window: ByteWindow, maxItems: number, maxBytes: number): Promise<ObjectPage> {
  const items: Json[] = [];
  let bytes = 0;
  const begun = windowOffset(window);
  for (;;) {
    const from = windowOffset(window);
    const found = records.read(window);
    if (windowOffset(window) - from > MAX_RECORD_BYTES) throw tooLong(from);
    if (found === 'end') return { items, at: null };
    if (found === 'more') {
      await fillWindow(window);
      continue;
    }
    if (found !== 'skipped') {
      items.push(found.item);
      bytes += jsonBytes(found.item);
    }
    if (items.length >= maxItems || bytes >= maxBytes || windowOffset(window) - begun >= MAX_PAGE_CONTENT_BYTES) return { items, at: windowOffset(window) };
  }
}

// A row group is decoded as a whole, so more rows are kept than one page needs.
const KEPT_ROWS = 10_000;

async function openRows(store: ObjectStore, bucket: string, key: string, size: number, at: number): Promise<ObjectItems> {
  const file = await openParquet(store, bucket, key, size);
  let next = at;
  let kept: ParquetRows | undefined;
  return async ({ maxItems, maxBytes }) => {
    const items: Json[] = [];
    let bytes = 0;
    while (next < file.rows && items.length < maxItems && bytes < maxBytes) {
      if (kept === undefined || next >= kept.from + kept.count) kept = await file.read(next, KEPT_ROWS);
      const item = kept.item(next);
      const size = jsonBytes(item);
      if (size > MAX_RECORD_BYTES) throw new ReaderFault(`Row ${next} of the Parquet file is longer than ${MAX_RECORD_BYTES} bytes.`);
      items.push(item);
      bytes += size;
      next++;
    }
    return { items, at: next < file.rows ? next : null };
  };
}
