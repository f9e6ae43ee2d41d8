import { s3Error } from '../errors.ts';
import { requireObject } from '../store/bucket-access.ts';
import { quoteTag, toDate, type Action } from './action.ts';

export interface GetObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  /** `bytes=0-99`, `bytes=100-`, `bytes=-100`. */
  readonly Range?: string;
  readonly VersionId?: string;
}

export interface GetObjectOutput {
  readonly AcceptRanges: 'bytes';
  readonly Body: Uint8Array;
  readonly ContentLength: number;
  readonly ContentRange?: string;
  readonly ContentType: string;
  readonly ETag: string;
  readonly LastModified: Date;
  readonly Metadata: Readonly<Record<string, string>>;
  readonly ServerSideEncryption: 'AES256';
}

/** GetObject. Errors: NoSuchBucket, NoSuchKey, NoSuchVersion, InvalidRange. */
export const getObject: Action<GetObjectInput, GetObjectOutput> = async ({ store }, { Bucket, Key, Range, VersionId }) => {
  const { size, contentType, lastModified, metadata } = await requireObject(store, Bucket, Key, VersionId);
  const [from, to] = Range === undefined ? [0, size] : readRange(Range, size);
  const body = (await store.read(Bucket, Key, from, to)).slice();
  return {
    AcceptRanges: 'bytes',
    Body: body,
    ContentLength: body.length,
    ...(Range === undefined ? {} : { ContentRange: `bytes ${from}-${to - 1}/${size}` }),
    ContentType: contentType,
    ETag: quoteTag(await store.md5(Bucket, Key)),
    LastModified: toDate(lastModified),
    Metadata: metadata,
    ServerSideEncryption: 'AES256',
  };
};

function readRange(range: string, size: number): [from: number, to: number] {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (first === '' && last === '') throw s3Error('InvalidRange');
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (from >= to) throw s3Error('InvalidRange');
  return [from, to];
}
