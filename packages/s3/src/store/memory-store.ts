import { compareKeys, firstAfter, firstAtLeast } from './key-order.ts';
import { md5 } from './md5.ts';
import { DEFAULT_CONTENT_TYPE, type ObjectInfo, type ObjectStore } from './object-store.ts';

interface StoredObject {
  /** Longer than the object where it has been appended to. */
  bytes: Uint8Array;
  size: number;
  digest: string | undefined;
  info: Omit<ObjectInfo, 'key' | 'size' | 'version'>;
}

interface Bucket {
  readonly created: number;
  readonly objects: Map<string, StoredObject>;
  /** Keys in listing order; dropped when a key comes or goes. */
  sorted: string[] | undefined;
}

/** An object store in memory; gone with the process. */
export function memoryStore(): ObjectStore {
  const buckets = new Map<string, Bucket>();
  const find = (bucket: string, key: string): StoredObject | undefined => buckets.get(bucket)?.objects.get(key);
  const need = (bucket: string, key: string): StoredObject => {
    const object = find(bucket, key);
    if (object === undefined) throw new Error(`There is no object '${key}' in bucket '${bucket}'.`);
    return object;
  };
  const put = (bucket: string, key: string, object: StoredObject): void => {
    const home = buckets.get(bucket);
    if (home === undefined) throw new Error(`There is no bucket '${bucket}'.`);
    if (!home.objects.has(key)) home.sorted = undefined;
    home.objects.set(key, object);
  };
  const describe = (key: string, object: StoredObject): ObjectInfo => ({
    key,
    size: object.size,
    ...object.info,
    // Of the content, so that a store filled anew by another process has the same; worked out only when asked for.
    get version() {
      return digestOf(object);
    },
  });

  return {
    listBuckets: async () => [...buckets].map(([name, { created }]) => ({ name, created })).sort((a, b) => compareKeys(a.name, b.name)),
    hasBucket: async (bucket) => buckets.has(bucket),
    createBucket: async (bucket, created) => {
      if (!buckets.has(bucket)) buckets.set(bucket, { created, objects: new Map(), sorted: undefined });
    },
    deleteBucket: async (bucket) => void buckets.delete(bucket),
    head: async (bucket, key) => {
      const object = find(bucket, key);
      return object === undefined ? undefined : describe(key, object);
    },
    read: async (bucket, key, from, to) => {
      const { bytes, size } = need(bucket, key);
      return bytes.subarray(from, Math.min(to, size));
    },
    md5: async (bucket, key) => digestOf(need(bucket, key)),
    write: async (bucket, key, bytes, { lastModified, contentType = DEFAULT_CONTENT_TYPE, metadata = {} }) =>
      put(bucket, key, { bytes: bytes.slice(), size: bytes.length, digest: undefined, info: { lastModified, contentType, metadata } }),
    splice: async (bucket, key, offset, bytes, { lastModified, contentType = DEFAULT_CONTENT_TYPE, metadata = {} }) => {
      const before = find(bucket, key);
      const size = offset + bytes.length;
      let grown = before?.bytes ?? new Uint8Array(0);
      if (size > grown.length) {
        grown = new Uint8Array(size * 2);
        if (before !== undefined) grown.set(before.bytes.subarray(0, offset));
      }
      grown.set(bytes, offset);
      put(bucket, key, { bytes: grown, size, digest: undefined, info: { lastModified, contentType, metadata } });
    },
    delete: async (bucket, key) => {
      const home = buckets.get(bucket);
      if (home?.objects.delete(key)) home.sorted = undefined;
    },
    list: async (bucket, { prefix, after, limit }) => {
      const home = buckets.get(bucket);
      if (home === undefined) return [];
      const keys = (home.sorted ??= [...home.objects.keys()].sort(compareKeys));
      const found: ObjectInfo[] = [];
      const start = compareKeys(after, prefix) < 0 ? firstAtLeast(keys, prefix) : firstAfter(keys, after);
      for (let index = start; index < keys.length && found.length < limit && keys[index]!.startsWith(prefix); index++) {
        found.push(describe(keys[index]!, home.objects.get(keys[index]!)!));
      }
      return found;
    },
  };
}

function digestOf(object: StoredObject): string {
  return (object.digest ??= md5(object.bytes.subarray(0, object.size)));
}
