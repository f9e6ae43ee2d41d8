import { parseArn, type ApiRequest, type Connector, type Json, type TaskBinding } from '@interstate/kernel';
import { isServiceError, validateRequest, type StructureShape } from '@interstate/service-kit';
import { putObject, type PutObjectInput } from './actions/put-object.ts';
import type { ObjectStore } from './store/object-store.ts';

const TEXT = { type: 'string' } as const;
const PUT_OBJECT: StructureShape = { type: 'structure', members: { Key: { ...TEXT, required: true }, Body: TEXT, ContentType: TEXT } };

/** What other services ask of a bucket, at its ARN: `PutObject` with a text for its Body. Errors: NoSuchBucket, KeyTooLongError; those of requests of a wrong shape. */
export function bucketRequests(store: ObjectStore): TaskBinding {
  const connector: Connector = async ({ to, request, now }) => {
    const { action, input } = request as unknown as ApiRequest;
    if (action !== 'PutObject') return failed('UnknownOperationException', `A bucket is asked for PutObject, not for ${String(action).slice(0, 100)}.`);
    const fault = validateRequest(PUT_OBJECT, input ?? {});
    if (fault) return failed(fault.code, fault.message);
    const { Key, Body, ContentType } = input as unknown as PutObjectInput & { readonly Body?: string };
    try {
      const given = { Bucket: parseArn(to)?.resource ?? '', Key, ...(Body !== undefined && { Body }), ...(ContentType !== undefined && { ContentType }) };
      return { ok: true, value: (await putObject({ store, now }, given)) as unknown as Json };
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return failed(error.name, error.message);
    }
  };
  return { resource: 'arn:*:s3:::*', connector };
}

function failed(error: string, cause: string): { readonly ok: false; readonly error: { readonly Error: string; readonly Cause: string } } {
  return { ok: false, error: { Error: error, Cause: cause } };
}
