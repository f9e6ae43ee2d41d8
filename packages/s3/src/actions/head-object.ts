import { isServiceError } from '@interstate/service-kit';
import { s3Error } from '../errors.ts';
import { requireObject } from '../store/bucket-access.ts';
import { quoteTag, toDate, type Action } from './action.ts';
import type { GetObjectOutput } from './get-object.ts';

export interface HeadObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

export type HeadObjectOutput = Omit<GetObjectOutput, 'Body' | 'ContentRange'>;

/** HeadObject. Error: NotFound, which is all that S3 tells here. */
export const headObject: Action<HeadObjectInput, HeadObjectOutput> = async ({ store }, { Bucket, Key, VersionId }) => {
  const found = await requireObject(store, Bucket, Key, VersionId).catch((error: unknown) => {
    throw isServiceError(error) ? s3Error('NotFound') : error;
  });
  return {
    AcceptRanges: 'bytes',
    ContentLength: found.size,
    ContentType: found.contentType,
    ETag: quoteTag(await store.md5(Bucket, Key)),
    LastModified: toDate(found.lastModified),
    Metadata: found.metadata,
    ServerSideEncryption: 'AES256',
  };
};
