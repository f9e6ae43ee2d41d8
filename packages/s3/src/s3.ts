import { type Adapter, type EpochMs, ITEMS_ADDRESS, RESULTS_ADDRESS } from '@interstate/kernel';
import { createBucket } from './actions/buckets.ts';
import { putObject } from './actions/put-object.ts';
import { bucketRequests } from './bucket-requests.ts';
import { s3Client, type S3Client } from './client.ts';
import { itemReader } from './items/item-reader.ts';
import type { ObjectContent } from './object-content.ts';
import { resultWriter } from './results/result-writer.ts';
import { deferredStore } from './store/deferred-store.ts';
import { memoryStore } from './store/memory-store.ts';
import type { ObjectStore } from './store/object-store.ts';
import { s3Tasks } from './tasks.ts';

export interface S3Options {
  /** Keeps objects as files in this folder (Node.js only), else in memory. */
  readonly folder?: string;
  /** Keeps objects in a store of one's own; `folder` is then ignored. */
  readonly store?: ObjectStore;
  /** Buckets to start with, and their objects by key. */
  readonly buckets?: Readonly<Record<string, Readonly<Record<string, ObjectContent>>>>;
  /** Milliseconds since 1970 for what clients write; Tasks use their host's clock. Default: the system's clock. */
  readonly now?: () => EpochMs;
  /** A result file that would grow past so many bytes is followed by another. Default 256 MiB. */
  readonly maxResultFileBytes?: number;
}

/** The adapter for a host, and at once the client for tests and applications. */
export type S3 = Adapter & S3Client;

/** An object store: the Task resources `aws-sdk:s3:*`, the reader and writer of distributed Map, and a client in the AWS SDK's shape. */
export function s3({ folder, store: given, buckets = {}, now = Date.now, maxResultFileBytes }: S3Options = {}): S3 {
  const bare = given ?? (folder === undefined ? memoryStore() : deferredStore(async () => (await import('./store/folder-store.ts')).folderStore(folder)));
  const store = Object.keys(buckets).length === 0 ? bare : deferredStore(async () => fill(bare, buckets, now()));
  return {
    service: 's3',
    tasks: [...s3Tasks(store), bucketRequests(store)],
    connectors: { [ITEMS_ADDRESS]: itemReader(store), [RESULTS_ADDRESS]: resultWriter(store, maxResultFileBytes) },
    ...s3Client(store, now),
  };
}

async function fill(store: ObjectStore, buckets: NonNullable<S3Options['buckets']>, now: EpochMs): Promise<ObjectStore> {
  for (const [Bucket, objects] of Object.entries(buckets)) {
    if (!(await store.hasBucket(Bucket))) await createBucket({ store, now }, { Bucket });
    for (const [Key, Body] of Object.entries(objects)) await putObject({ store, now }, { Bucket, Key, Body });
  }
  return store;
}
