// What a distributed Map run says to the object store, and hears.
export {
  ITEMS_ADDRESS,
  RESULTS_ADDRESS,
  type ItemReader,
  type ItemsPage,
  type ReadItemsRequest,
  type ResultRecord,
  type ResultStatus,
  type ResultsWritten,
  type ResultWriter,
  type ResultWriterDetails,
  type WriteManifestRequest,
  type WriteRecordsRequest,
  type WriteResultsRequest,
  type WriterConfig,
} from '@interstate/kernel';

// The object store, its client and its errors.
export { s3, type S3, type S3Options } from './s3.ts';
export type { ObjectBody, S3Client, WithMetadata } from './client.ts';
export type { BucketInput, ListBucketsOutput } from './actions/buckets.ts';
export type { CopyObjectInput, CopyObjectOutput } from './actions/copy-object.ts';
export type { DeleteObjectInput } from './actions/delete-object.ts';
export type { GetObjectInput, GetObjectOutput } from './actions/get-object.ts';
export type { HeadObjectInput, HeadObjectOutput } from './actions/head-object.ts';
export type { ListObjectsInput, ListObjectsOutput } from './actions/list-objects.ts';
export type { ListedObject, ListObjectsV2Input, ListObjectsV2Output } from './actions/list-objects-v2.ts';
export type { PutObjectInput, PutObjectOutput } from './actions/put-object.ts';
export type { ObjectContent } from './object-content.ts';
export { s3Errors } from './errors.ts';

// The port behind it, for stores of one's own, and the connectors that work on any store.
export type { BucketInfo, ListRange, ObjectAttributes, ObjectInfo, ObjectStore } from './store/object-store.ts';
export { memoryStore } from './store/memory-store.ts';
export { itemReader } from './items/item-reader.ts';
export { resultWriter } from './results/result-writer.ts';
export { shapeRecord, shapeResults } from './results/shape-results.ts';
