import { isJsonObject, type Json } from '@interstate/kernel';
import { requireObject } from '../store/bucket-access.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { contentText } from '../object-content.ts';
import { openBytes } from './byte-source.ts';
import { fillWindow, MAX_RECORD_BYTES, openWindow } from './byte-window.ts';
import type { InputFormat } from './input-format.ts';
import { parseItem } from './parse-item.ts';
import { ReaderFault } from './reader-fault.ts';

/** An object to read items from; `ref` finds it again in its sequence. */
export interface SequencedObject {
  readonly ref: Json;
  readonly bucket: string;
  readonly key: string;
  readonly format: InputFormat;
}

/** The objects that one ItemReader reads, in order. */
export interface ObjectSequence {
  /** The object `ref` names. */
  find(ref: Json): Promise<SequencedObject>;
  /** The first object (`null`), or the one behind `ref`. */
  next(ref: Json): Promise<SequencedObject | undefined>;
}

const lost = (): ReaderFault => new ReaderFault('The cursor belongs to another ItemReader.');

/** getObject: one object. */
export function oneObject(bucket: string, key: string, format: InputFormat): ObjectSequence {
  const object = { ref: 0, bucket, key, format };
  return { find: async () => object, next: async (ref) => (ref === null ? object : undefined) };
}

/** Keys listed ahead, by bucket and prefix: a listing costs as much as the bucket is large. */
export type Listings = Map<string, readonly string[]>;

const LISTED_AHEAD = 1_000;

/** listObjectsV2 with `LOAD_AND_FLATTEN`: every object under the prefix but the empty ones that stand for folders. */
export function listedObjects(store: ObjectStore, listings: Listings, bucket: string, prefix: string, format: InputFormat): ObjectSequence {
  const name = JSON.stringify([bucket, prefix]);
  const object = (key: string): SequencedObject => ({ ref: key, bucket, key, format });
  return {
    find: async (ref) => {
      if (typeof ref !== 'string') throw lost();
      return object(ref);
    },
    next: async (ref) => {
      let after = typeof ref === 'string' ? ref : '';
      // The first page lists afresh, as does one whose place in what was listed is unknown.
      const ahead = listings.get(name);
      const place = ref === null || ahead === undefined ? -1 : ahead.indexOf(after);
      if (place >= 0 && place + 1 < ahead!.length) return object(ahead![place + 1]!);
      listings.delete(name);
      for (;;) {
        const found = await store.list(bucket, { prefix, after, limit: LISTED_AHEAD });
        if (found.length === 0) return undefined;
        const keys = found.filter(({ key, size }) => size > 0 || !key.endsWith('/')).map(({ key }) => key);
        if (keys.length > 0) {
          listings.set(name, keys);
          return object(keys[0]!);
        }
        after = found.at(-1)!.key;
      }
    },
  };
}

/** An Athena manifest: the `s3://bucket/key` of one data file per line. `ref` is the offset of the line. */
export function athenaObjects(store: ObjectStore, bucket: string, key: string, format: InputFormat): ObjectSequence {
  const lineAt = async (offset: number): Promise<{ readonly object?: SequencedObject; readonly end: number } | undefined> => {
    const info = await requireObject(store, bucket, key);
    const window = openWindow(await openBytes(store, bucket, key, info.size, offset), offset);
    for (;;) {
      const stop = window.bytes.subarray(0, window.end).indexOf(0x0a, window.start);
      if (stop === -1 && !window.last) {
        await fillWindow(window);
        continue;
      }
      const end = stop === -1 ? window.end : stop;
      if (stop === -1 && end === window.start) return undefined;
      const line = contentText(window.bytes.subarray(window.start, end)).trim().replace(/^"(.*)"$/, '$1').replace(/^\uFEFF/, '');
      const next = window.base + end + 1;
      return line === '' ? { end: next } : { object: { ref: offset, ...parseUri(line), format }, end: next };
    }
  };
  const from = async (start: number): Promise<SequencedObject | undefined> => {
    for (let offset = start; ; ) {
      const line = await lineAt(offset);
      if (line === undefined || line.object !== undefined) return line?.object;
      offset = line.end;
    }
  };
  return {
    find: async (ref) => {
      const object = typeof ref === 'number' ? (await lineAt(ref))?.object : undefined;
      if (object === undefined) throw lost();
      return object;
    },
    next: async (ref) => {
      if (ref === null) return from(0);
      const line = typeof ref === 'number' ? await lineAt(ref) : undefined;
      if (line === undefined) throw lost();
      return from(line.end);
    },
  };
}

function parseUri(text: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(text) ?? [];
  if (bucket === undefined || key === undefined) throw new ReaderFault(`The manifest names '${text.slice(0, 200)}', which is not of the form s3://bucket/key.`);
  return { bucket, key };
}

/** An S3 inventory: `manifest.json` names CSV files in its destination bucket, and their columns. `ref` is the file's place in the list. */
export function inventoryObjects(store: ObjectStore, bucket: string, key: string): ObjectSequence {
  const fileAt = async (index: number): Promise<SequencedObject | undefined> => {
    const { size } = await requireObject(store, bucket, key);
    if (size > MAX_RECORD_BYTES) throw new ReaderFault(`The manifest is longer than ${MAX_RECORD_BYTES} bytes.`);
    const manifest = parseItem(contentText(await store.read(bucket, key, 0, size)), 0);
    const { files, fileFormat, fileSchema, destinationBucket } = isJsonObject(manifest) ? manifest : {};
    if (!Array.isArray(files) || typeof fileSchema !== 'string') throw new ReaderFault('The manifest is no S3 inventory manifest: it needs fileSchema and files.');
    if (fileFormat !== 'CSV') throw new ReaderFault(`The S3 inventory has the format ${JSON.stringify(fileFormat ?? null)}; only CSV can be read.`);
    const file = (files as readonly Json[])[index];
    if (file === undefined) return undefined;
    if (!isJsonObject(file) || typeof file['key'] !== 'string') throw new ReaderFault(`File ${index} of the S3 inventory manifest has no key.`);
    const home = typeof destinationBucket === 'string' ? destinationBucket.replace(/^arn:[^:]*:s3:::/, '') : bucket;
    const headers = fileSchema.split(',').map((name) => name.trim());
    return { ref: index, bucket: home, key: file['key'], format: { type: 'CSV', delimiter: ',', headers } };
  };
  return {
    find: async (ref) => {
      const object = typeof ref === 'number' ? await fileAt(ref) : undefined;
      if (object === undefined) throw lost();
      return object;
    },
    next: (ref) => fileAt(typeof ref === 'number' ? ref + 1 : 0),
  };
}
