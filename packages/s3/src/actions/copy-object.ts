import { s3Error } from '../errors.ts';
import { checkKey, requireBucket, requireObject } from '../store/bucket-access.ts';
import { quoteTag, toDate, type Action } from './action.ts';

export interface CopyObjectInput {
  /** `bucket/key` with or without a leading slash, percent-encoded. */
  readonly CopySource: string;
  readonly Bucket: string;
  readonly Key: string;
  /** Default `COPY`: type and metadata come along. */
  readonly MetadataDirective?: 'COPY' | 'REPLACE';
  readonly ContentType?: string;
  readonly Metadata?: Readonly<Record<string, string>>;
}

export interface CopyObjectOutput {
  readonly CopyObjectResult: { readonly ETag: string; readonly LastModified: Date };
  readonly ServerSideEncryption: 'AES256';
}

/** CopyObject. Errors: InvalidArgument, NoSuchBucket, NoSuchKey, KeyTooLongError. */
export const copyObject: Action<CopyObjectInput, CopyObjectOutput> = async ({ store, now }, input) => {
  const { Bucket, Key, MetadataDirective = 'COPY', ContentType, Metadata = {} } = input;
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decode(input.CopySource)) ?? [];
  if (bucket === undefined || key === undefined) throw s3Error('InvalidArgument', { reason: 'Invalid copy source object key' });
  checkKey(Key);
  const { size, contentType, metadata } = await requireObject(store, bucket, key);
  await requireBucket(store, Bucket);
  const kept = { contentType, metadata };
  const given = { metadata: Metadata, ...(ContentType === undefined ? {} : { contentType: ContentType }) };
  await store.write(Bucket, Key, await store.read(bucket, key, 0, size), { lastModified: now, ...(MetadataDirective === 'COPY' ? kept : given) });
  const ETag = quoteTag(await store.md5(Bucket, Key));
  return { CopyObjectResult: { ETag, LastModified: toDate(now) }, ServerSideEncryption: 'AES256' };
};

function decode(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}
