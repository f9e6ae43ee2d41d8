import { requireBucket } from '../store/bucket-access.ts';
import type { Action } from './action.ts';

export interface DeleteObjectInput {
  readonly Bucket: string;
  readonly Key: string;
}

/** DeleteObject: also succeeds where there is no such object. Error: NoSuchBucket. */
export const deleteObject: Action<DeleteObjectInput, Record<never, never>> = async ({ store }, { Bucket, Key }) => {
  await requireBucket(store, Bucket);
  await store.delete(Bucket, Key);
  return {};
};
