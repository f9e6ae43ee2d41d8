import { contentBytes, type ObjectContent } from '../object-content.ts';
import { checkKey, requireBucket } from '../store/bucket-access.ts';
import { crc32 } from '../store/crc32.ts';
import { quoteTag, type Action } from './action.ts';

export interface PutObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  /** A value that is neither text nor bytes is stored as its JSON text. Default: empty. */
  readonly Body?: ObjectContent;
  /** Default `binary/octet-stream`. */
  readonly ContentType?: string;
  readonly Metadata?: Readonly<Record<string, string>>;
}

export interface PutObjectOutput {
  readonly ChecksumCRC32: string;
  readonly ChecksumType: 'FULL_OBJECT';
  readonly ETag: string;
  readonly ServerSideEncryption: 'AES256';
}

/** PutObject. Errors: NoSuchBucket, InvalidArgument, KeyTooLongError. */
export const putObject: Action<PutObjectInput, PutObjectOutput> = async ({ store, now }, { Bucket, Key, Body = '', ContentType, Metadata }) => {
  checkKey(Key);
  await requireBucket(store, Bucket);
  const bytes = contentBytes(Body);
  await store.write(Bucket, Key, bytes, {
    lastModified: now,
    ...(ContentType === undefined ? {} : { contentType: ContentType }),
    ...(Metadata === undefined ? {} : { metadata: Metadata }),
  });
  return { ChecksumCRC32: crc32(bytes), ChecksumType: 'FULL_OBJECT', ETag: quoteTag(await store.md5(Bucket, Key)), ServerSideEncryption: 'AES256' };
};
