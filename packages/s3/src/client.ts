import type { EpochMs } from '@interstate/kernel';
import type { ResponseMetadata } from '@interstate/service-kit';
import type { Action } from './actions/action.ts';
import { createBucket, deleteBucket, listBuckets, type BucketInput, type ListBucketsOutput } from './actions/buckets.ts';
import { copyObject, type CopyObjectInput, type CopyObjectOutput } from './actions/copy-object.ts';
import { deleteObject, type DeleteObjectInput } from './actions/delete-object.ts';
import { getObject, type GetObjectInput, type GetObjectOutput } from './actions/get-object.ts';
import { headObject, type HeadObjectInput, type HeadObjectOutput } from './actions/head-object.ts';
import { listObjects, type ListObjectsInput, type ListObjectsOutput } from './actions/list-objects.ts';
import { listObjectsV2, type ListObjectsV2Input, type ListObjectsV2Output } from './actions/list-objects-v2.ts';
import { putObject, type PutObjectInput, type PutObjectOutput } from './actions/put-object.ts';
import { contentText } from './object-content.ts';
import type { ObjectStore } from './store/object-store.ts';

/** A body as the SDK hands it out: read it as text or bytes, or piece by piece. */
export interface ObjectBody extends AsyncIterable<Uint8Array> {
  transformToString(): Promise<string>;
  transformToByteArray(): Promise<Uint8Array>;
}

export type WithMetadata<Output> = Output & { readonly $metadata: ResponseMetadata };
type Call<Input, Output> = (input: Input) => Promise<WithMetadata<Output>>;

/** The object store, in the shape of the AWS SDK v3 client `S3`. Refusals are thrown with `name` and `$metadata` as there. */
export interface S3Client {
  readonly copyObject: Call<CopyObjectInput, CopyObjectOutput>;
  readonly createBucket: Call<BucketInput, { readonly Location: string }>;
  readonly deleteBucket: Call<BucketInput, object>;
  readonly deleteObject: Call<DeleteObjectInput, object>;
  readonly getObject: Call<GetObjectInput, Omit<GetObjectOutput, 'Body'> & { readonly Body: ObjectBody }>;
  readonly headObject: Call<HeadObjectInput, HeadObjectOutput>;
  readonly listBuckets: (input?: object) => Promise<WithMetadata<ListBucketsOutput>>;
  readonly listObjects: Call<ListObjectsInput, ListObjectsOutput>;
  readonly listObjectsV2: Call<ListObjectsV2Input, ListObjectsV2Output>;
  readonly putObject: Call<PutObjectInput, PutObjectOutput>;
}

/** @param now Milliseconds since 1970 for `LastModified`. */
export function s3Client(store: ObjectStore, now: () => EpochMs): S3Client {
  const call =
    <Input, Output extends object>(action: Action<Input, Output>, httpStatusCode = 200): Call<Input, Output> =>
    async (input) => ({ ...(await action({ store, now: now() }, input)), $metadata: { httpStatusCode, attempts: 1, totalRetryDelay: 0 } });
  const get = call(getObject);
  const list = call(listBuckets);
  return {
    copyObject: call(copyObject),
    createBucket: call(createBucket),
    deleteBucket: call(deleteBucket, 204),
    deleteObject: call(deleteObject, 204),
    getObject: async (input) => {
      const output = await get(input);
      return { ...output, Body: objectBody(output.Body) };
    },
    headObject: call(headObject),
    listBuckets: async () => list({}),
    listObjects: call(listObjects),
    listObjectsV2: call(listObjectsV2),
    putObject: call(putObject),
  };
}

function objectBody(bytes: Uint8Array): ObjectBody {
  return {
    transformToString: async () => contentText(bytes),
    transformToByteArray: async () => bytes,
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
}
