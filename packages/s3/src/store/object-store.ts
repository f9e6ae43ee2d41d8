import type { EpochMs } from '@interstate/kernel';

/** What is known of an object without reading it. */
export interface ObjectInfo {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: EpochMs;
  /** Default `binary/octet-stream`, as S3 has it. */
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Changes whenever the content does; cheaper to know than an ETag. */
  readonly version: string;
}

export interface BucketInfo {
  readonly name: string;
  readonly created: EpochMs;
}

/** What an object is written with. */
export interface ObjectAttributes {
  readonly lastModified: EpochMs;
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ListRange {
  readonly prefix: string;
  /** Only keys after this one. */
  readonly after: string;
  /** At most so many. */
  readonly limit: number;
}

/**
 * The port behind everything here: named buckets of bytes under keys. Buckets and objects that are not there give `undefined`
 * where a read asks for them; nothing else of S3's behaviour lives behind this port.
 */
export interface ObjectStore {
  listBuckets(): Promise<readonly BucketInfo[]>;
  hasBucket(bucket: string): Promise<boolean>;
  createBucket(bucket: string, created: EpochMs): Promise<void>;
  /** The bucket is there and empty. */
  deleteBucket(bucket: string): Promise<void>;
  head(bucket: string, key: string): Promise<ObjectInfo | undefined>;
  /** Bytes `from` (inclusive) to `to` (exclusive), cut at the end of the object. Not to be changed, and good only until the object is spliced. */
  read(bucket: string, key: string, from: number, to: number): Promise<Uint8Array>;
  /** MD5 of the content in hex. */
  md5(bucket: string, key: string): Promise<string>;
  /** All or nothing: a reader sees the old object or the new one. @throws ServiceError `InvalidArgument` for a key this store cannot hold. */
  write(bucket: string, key: string, bytes: Uint8Array, attributes: ObjectAttributes): Promise<void>;
  /** Replaces everything from byte `offset` on; an object that is not there is made. `offset` is at most the size. */
  splice(bucket: string, key: string, offset: number, bytes: Uint8Array, attributes: ObjectAttributes): Promise<void>;
  /** No harm where it is not there. */
  delete(bucket: string, key: string): Promise<void>;
  /** Objects in the order of their keys' UTF-8 bytes. */
  list(bucket: string, range: ListRange): Promise<readonly ObjectInfo[]>;
}

export const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';
