import type { Failure } from '@interstate/kernel';
import { createServiceError, optimizedCause, sdkCause, type ErrorTable, type ServiceError } from '@interstate/service-kit';
import { md5 } from './store/md5.ts';

const DOCS = 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';

/** What S3 refuses, by error code. */
export const s3Errors = {
  BucketAlreadyOwnedByYou: {
    message: 'Your previous request to create the named bucket succeeded and you already own it.',
    status: 409,
    docs: DOCS,
  },
  BucketNotEmpty: { message: 'The bucket you tried to delete is not empty', status: 409, docs: DOCS },
  InvalidArgument: { message: '{reason}', status: 400, docs: DOCS },
  InvalidBucketName: { message: 'The specified bucket is not valid.', status: 400, docs: DOCS },
  InvalidRange: { message: 'The requested range is not satisfiable', status: 416, docs: DOCS },
  KeyTooLongError: { message: 'Your key is too long', status: 400, docs: DOCS },
  NoSuchBucket: { message: 'The specified bucket does not exist', status: 404, docs: DOCS },
  NoSuchKey: { message: 'The specified key does not exist.', status: 404, docs: DOCS },
  NoSuchVersion: { message: 'The specified version does not exist.', status: 404, docs: DOCS },
  // HeadObject answers without a body, so clients know nothing but the status.
  NotFound: { message: 'UnknownError', status: 404, docs: DOCS },
} satisfies ErrorTable;

export function s3Error(code: keyof typeof s3Errors, values: Readonly<Record<string, string>> = {}): ServiceError {
  return createServiceError(s3Errors, code, values);
}

/** Ids of a request, as S3 shapes them; the same call has the same. */
function requestIds(callId: string): { readonly requestId: string; readonly extendedRequestId: string } {
  const digest = md5(new TextEncoder().encode(callId)).toUpperCase();
  return { requestId: digest.slice(0, 16), extendedRequestId: btoa(digest + digest.slice(0, 25)) };
}

/** A refusal as an `aws-sdk:s3` Task shows it: `S3.NoSuchKeyException`. HeadObject's missing object has no text of its own. */
export function taskFailure(error: ServiceError, callId: string): Failure {
  const missing = error.name === 'NotFound';
  const name = missing ? 'NoSuchKey' : error.name;
  const status = error.$metadata.httpStatusCode ?? 400;
  const known = name.endsWith('Error') ? 'S3' : name;
  return { Error: `S3.${known}Exception`, Cause: sdkCause('S3', { message: missing ? 'null' : error.message, status, ...requestIds(callId) }) };
}

/** The same refusal as the cause of `States.ItemReaderFailed` and `States.ResultWriterFailed`. */
export function mapRunCause(error: ServiceError, callId: string): string {
  return optimizedCause('Amazon S3', error.name, { message: error.message, status: error.$metadata.httpStatusCode ?? 400, ...requestIds(callId) });
}
