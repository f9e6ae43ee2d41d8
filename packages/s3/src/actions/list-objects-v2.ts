import { s3Error } from '../errors.ts';
import { requireBucket } from '../store/bucket-access.ts';
import { quoteTag, toDate, type Action } from './action.ts';

export interface ListObjectsV2Input {
  readonly Bucket: string;
  readonly Prefix?: string;
  /** Keys that have it behind the prefix are rolled up into CommonPrefixes. */
  readonly Delimiter?: string;
  /** 0…1,000, default 1,000. */
  readonly MaxKeys?: number;
  readonly StartAfter?: string;
  readonly ContinuationToken?: string;
}

export interface ListedObject {
  readonly ETag: string;
  readonly Key: string;
  readonly LastModified: Date;
  readonly Size: number;
  readonly StorageClass: 'STANDARD';
}

export interface ListObjectsV2Output {
  readonly Contents?: readonly ListedObject[];
  readonly CommonPrefixes?: readonly { readonly Prefix: string }[];
  readonly Delimiter?: string;
  readonly IsTruncated: boolean;
  readonly KeyCount: number;
  readonly MaxKeys: number;
  readonly Name: string;
  readonly ContinuationToken?: string;
  readonly NextContinuationToken?: string;
  readonly Prefix: string;
  readonly StartAfter?: string;
}

/** Behind every key that begins with a prefix. */
const LAST = '\u{10FFFF}';

/** ListObjectsV2, in the order of UTF-8 bytes. Errors: NoSuchBucket, InvalidArgument. */
export const listObjectsV2: Action<ListObjectsV2Input, ListObjectsV2Output> = async ({ store }, input) => {
  const { Bucket, Prefix = '', Delimiter, ContinuationToken, StartAfter } = input;
  await requireBucket(store, Bucket);
  if (input.MaxKeys !== undefined && input.MaxKeys < 0) throw s3Error('InvalidArgument', { reason: 'Argument maxKeys must be an integer between 0 and 2147483647' });
  const MaxKeys = Math.min(input.MaxKeys ?? 1_000, 1_000);
  const contents: ListedObject[] = [];
  const prefixes: string[] = [];
  let after = ContinuationToken === undefined ? (StartAfter ?? '') : readToken(ContinuationToken);
  let isTruncated = false;
  for (;;) {
    const count = contents.length + prefixes.length;
    // One at a time behind a rolled-up prefix, because what follows it may be far away.
    const found = await store.list(Bucket, { prefix: Prefix, after, limit: Delimiter === undefined ? MaxKeys - count + 1 : 1 });
    if (found.length === 0) break;
    isTruncated = count + found.length > MaxKeys;
    if (isTruncated && count === MaxKeys) break;
    for (const { key, lastModified, size } of found.slice(0, MaxKeys - count)) {
      const cut = Delimiter === undefined || Delimiter === '' ? -1 : key.indexOf(Delimiter, Prefix.length);
      if (cut === -1) {
        contents.push({ ETag: quoteTag(await store.md5(Bucket, key)), Key: key, LastModified: toDate(lastModified), Size: size, StorageClass: 'STANDARD' });
        after = key;
      } else {
        const common = key.slice(0, cut + Delimiter!.length);
        prefixes.push(common);
        after = common + LAST;
      }
    }
    if (isTruncated || Delimiter === undefined) break;
  }
  isTruncated &&= MaxKeys > 0;
  return {
    ...(contents.length === 0 ? {} : { Contents: contents }),
    ...(prefixes.length === 0 ? {} : { CommonPrefixes: prefixes.map((common) => ({ Prefix: common })) }),
    ...(Delimiter === undefined ? {} : { Delimiter }),
    IsTruncated: isTruncated,
    KeyCount: contents.length + prefixes.length,
    MaxKeys,
    Name: Bucket,
    ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    ...(isTruncated ? { NextContinuationToken: encodeURIComponent(after) } : {}),
    Prefix,
    ...(StartAfter === undefined ? {} : { StartAfter }),
  };
};

function readToken(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    throw s3Error('InvalidArgument', { reason: 'The continuation token provided is incorrect' });
  }
}
