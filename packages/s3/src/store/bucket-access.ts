import { s3Error } from '../errors.ts';
import type { ObjectInfo, ObjectStore } from './object-store.ts';

/** 3 to 63 characters, lower-case letters, digits, dots and hyphens, a letter or digit at both ends. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.\-_]{1,61}[a-z0-9]$/;
const MAX_KEY_BYTES = 1024;

/** Underscores pass: buckets older than the rule have them. */
export function isBucketName(bucket: string): boolean {
  return BUCKET_NAME.test(bucket) && !bucket.includes('..');
}

/** @throws ServiceError `InvalidBucketName`. */
export function checkBucketName(bucket: string): void {
  if (!isBucketName(bucket)) throw s3Error('InvalidBucketName');
}

/** @throws ServiceError `InvalidArgument` for an empty key or half a character, `KeyTooLongError` past 1,024 bytes. */
export function checkKey(key: string): void {
  if (/\p{Surrogate}/u.test(key)) throw s3Error('InvalidArgument', { reason: 'A key must be valid Unicode text' });
  if (key === '') throw s3Error('InvalidArgument', { reason: 'A key must have at least one character' });
  if (key.length > MAX_KEY_BYTES || new TextEncoder().encode(key).length > MAX_KEY_BYTES) throw s3Error('KeyTooLongError');
}

/** @throws ServiceError `NoSuchBucket`. */
export async function requireBucket(store: ObjectStore, bucket: string): Promise<void> {
  if (!(await store.hasBucket(bucket))) throw s3Error('NoSuchBucket');
}

/**
 * The object, or S3's refusal. Versions are not modelled: an object has the one version `null`.
 * @throws ServiceError `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`.
 */
export async function requireObject(store: ObjectStore, bucket: string, key: string, versionId?: string): Promise<ObjectInfo> {
  await requireBucket(store, bucket);
  const info = await store.head(bucket, key);
  if (info === undefined) throw s3Error('NoSuchKey');
  if (versionId !== undefined && versionId !== 'null') throw s3Error('NoSuchVersion');
  return info;
}
