import { isJsonObject, type Json, type JsonObject, type Outcome, type TaskBinding, type TaskRequest } from '@interstate/kernel';
import { isServiceError, missingField, mistypedField, parameterFault } from '@interstate/service-kit';
import type { Action } from './actions/action.ts';
import { createBucket, deleteBucket, listBuckets } from './actions/buckets.ts';
import { copyObject } from './actions/copy-object.ts';
import { deleteObject } from './actions/delete-object.ts';
import { getObject } from './actions/get-object.ts';
import { headObject } from './actions/head-object.ts';
import { listObjects } from './actions/list-objects.ts';
import { listObjectsV2 } from './actions/list-objects-v2.ts';
import { putObject } from './actions/put-object.ts';
import { taskFailure } from './errors.ts';
import { contentText } from './object-content.ts';
import type { ObjectStore } from './store/object-store.ts';

interface TaskAction {
  readonly run: Action<never, object>;
  /** Members that must be there; all of them texts. */
  readonly required: readonly string[];
  readonly texts?: readonly string[];
  /** What of the parameters becomes something else before the action sees it. */
  readonly prepare?: (parameters: JsonObject) => JsonObject;
}

/** A Task's Body is stored as JSON text, a string with its quotes (recorded from AWS, 2025). */
const asJsonText = (parameters: JsonObject): JsonObject =>
  Object.hasOwn(parameters, 'Body') ? { ...parameters, Body: JSON.stringify(parameters['Body']) } : parameters;

const actions: Readonly<Record<string, TaskAction>> = {
  copyObject: { run: copyObject, required: ['Bucket', 'Key', 'CopySource'], texts: ['ContentType', 'MetadataDirective'] },
  createBucket: { run: createBucket, required: ['Bucket'] },
  deleteBucket: { run: deleteBucket, required: ['Bucket'] },
  deleteObject: { run: deleteObject, required: ['Bucket', 'Key'] },
  getObject: { run: getObject, required: ['Bucket', 'Key'], texts: ['Range', 'VersionId'] },
  headObject: { run: headObject, required: ['Bucket', 'Key'], texts: ['VersionId'] },
  listBuckets: { run: listBuckets, required: [] },
  listObjects: { run: listObjects, required: ['Bucket'], texts: ['Prefix', 'Delimiter', 'Marker'] },
  listObjectsV2: { run: listObjectsV2, required: ['Bucket'], texts: ['Prefix', 'Delimiter', 'StartAfter', 'ContinuationToken'] },
  putObject: { run: putObject, required: ['Bucket', 'Key'], texts: ['ContentType'], prepare: asJsonText },
};

/** The Task resources `aws-sdk:s3:*`: results in PascalCase, times in ISO 8601, bodies as text, errors as `S3.NoSuchKeyException`. */
export function s3Tasks(store: ObjectStore): TaskBinding[] {
  return Object.entries(actions).map(([name, action]) => ({
    resource: `aws-sdk:s3:${name}`,
    check: ({ arguments: parameters }) => {
      const faults = parameterFaults(action, parameters);
      return faults.length > 0 ? faults.join(', ') : undefined;
    },
    connector: async ({ request, callId, now }): Promise<Outcome> => {
      const parameters = (request as unknown as TaskRequest).arguments;
      // For hosts that do not check beforehand.
      const faults = parameterFaults(action, parameters);
      if (faults.length > 0) return { ok: false, error: parameterFault(parameters, faults) };
      try {
        const input = action.prepare?.(parameters as JsonObject) ?? parameters;
        return { ok: true, value: toTaskResult(await action.run({ store, now }, input as never)) };
      } catch (error) {
        if (!isServiceError(error)) throw error;
        return { ok: false, error: taskFailure(error, callId) };
      }
    },
  }));
}

function parameterFaults({ required, texts = [] }: TaskAction, parameters: Json): string[] {
  const given: JsonObject = isJsonObject(parameters) ? parameters : {};
  const isGiven = (name: string): boolean => Object.hasOwn(given, name) && given[name] !== null;
  return [
    ...required.filter((name) => !isGiven(name)).map(missingField),
    ...[...required, ...texts].filter((name) => isGiven(name) && typeof given[name] !== 'string').map((name) => mistypedField(name, 'STRING')),
    ...(isGiven('MaxKeys') && !Number.isInteger(given['MaxKeys']) ? [mistypedField('MaxKeys', 'INTEGER')] : []),
  ];
}

function toTaskResult(value: unknown): Json {
  if (value instanceof Date) return value.toISOString().replace(/\.000Z$/, 'Z');
  if (value instanceof Uint8Array) return contentText(value);
  if (Array.isArray(value)) return value.map(toTaskResult);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toTaskResult(member)]));
}
