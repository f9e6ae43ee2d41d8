import { s3Error } from '../errors.ts';
import { checkBucketName, requireBucket } from '../store/bucket-access.ts';
import { toDate, type Action } from './action.ts';

export interface BucketInput {
  readonly Bucket: string;
}

/** CreateBucket. Errors: InvalidBucketName, BucketAlreadyOwnedByYou. */
export const createBucket: Action<BucketInput, { readonly Location: string }> = async ({ store, now }, { Bucket }) => {
  checkBucketName(Bucket);
  if (await store.hasBucket(Bucket)) throw s3Error('BucketAlreadyOwnedByYou');
  await store.createBucket(Bucket, now);
  return { Location: `/${Bucket}` };
};

/** DeleteBucket. Errors: NoSuchBucket, BucketNotEmpty. */
export const deleteBucket: Action<BucketInput, Record<never, never>> = async ({ store }, { Bucket }) => {
  await requireBucket(store, Bucket);
  if ((await store.list(Bucket, { prefix: '', after: '', limit: 1 })).length > 0) throw s3Error('BucketNotEmpty');
  await store.deleteBucket(Bucket);
  return {};
};

export interface ListBucketsOutput {
  readonly Buckets: readonly { readonly CreationDate: Date; readonly Name: string }[];
}

/** ListBuckets, by name. */
export const listBuckets: Action<Record<never, never>, ListBucketsOutput> = async ({ store }) => ({
  Buckets: (await store.listBuckets()).map(({ name, created }) => ({ CreationDate: toDate(created), Name: name })),
});
