import { type Connector, type EpochMs, isJsonObject, type Json, type JsonObject, type ResultRecord, type ResultStatus, type ResultsWritten, type ResultWriterDetails, type WriterConfig } from '@interstate/kernel';
import { isServiceError } from '@interstate/service-kit';
import { s3Error, mapRunCause } from '../errors.ts';
import { contentBytes } from '../object-content.ts';
import { requireBucket } from '../store/bucket-access.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { shapeRecord } from './shape-results.ts';

const STATUSES: readonly ResultStatus[] = ['FAILED', 'PENDING', 'SUCCEEDED'];
const COMMA = 0x2c;
const DEFAULT_MAX_FILE_BYTES = 268_435_456;

/** Where results go, and how. */
interface Destination {
  readonly store: ObjectStore;
  readonly bucket: string;
  /** `<Prefix>/<id of the Map run>/` */
  readonly folder: string;
  readonly mapRunArn: string;
  readonly config: WriterConfig;
  readonly maxFileBytes: number;
  readonly now: EpochMs;
}

/**
 * The connector behind `interstate:s3:results`. A failure is `States.ResultWriterFailed`.
 *
 * 1. A position is the list of sizes of the files written so far, so a call says itself where its bytes belong.
 * 2. The same call again finds its bytes in place and writes nothing; after a step back in time, what was written since is cut off.
 * 3. After every call each file is whole.
 *
 * @param maxFileBytes A file that would grow past it is followed by the next number. Default 256 MiB.
 */
export function resultWriter(store: ObjectStore, maxFileBytes = DEFAULT_MAX_FILE_BYTES): Connector {
  return async ({ request, callId, now }) => {
    if (!isJsonObject(request) || request['action'] !== 'write') throw new TypeError(`interstate:s3:results answers { action: 'write', writer, mapRunArn, part, … }`);
    try {
      const destination = readDestination(store, request, maxFileBytes, now);
      await requireBucket(store, destination.bucket);
      const value = request['part'] === 'MANIFEST' ? await writeManifest(destination, request) : await writeRecords(destination, request);
      return { ok: true, value: value as unknown as Json };
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return { ok: false, error: { Error: 'States.ResultWriterFailed', Cause: mapRunCause(error, callId) } };
    }
  };
}

function readDestination(store: ObjectStore, request: JsonObject, maxFileBytes: number, now: EpochMs): Destination {
  const { writer, mapRunArn } = request;
  const { Parameters: parameters, WriterConfig: config } = isJsonObject(writer) ? writer : {};
  const { Bucket: bucket, Prefix: prefix = '' } = isJsonObject(parameters) ? parameters : {};
  if (typeof mapRunArn !== 'string') throw new TypeError('mapRunArn must be a string.');
  if (typeof bucket !== 'string') throw s3Error('InvalidArgument', { reason: `The field 'Bucket' of the ResultWriter must be a string` });
  if (typeof prefix !== 'string') throw s3Error('InvalidArgument', { reason: `The field 'Prefix' of the ResultWriter must be a string` });
  const id = mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1);
  const folder = `${prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`}${id}/`;
  return { store, bucket, folder, mapRunArn, config: isJsonObject(config) ? (config as WriterConfig) : {}, maxFileBytes, now };
}

const isLines = ({ config }: Destination): boolean => config.OutputType === 'JSONL';
const contentType = (destination: Destination): string => (isLines(destination) ? 'application/jsonl' : 'application/json');
const fileKey = (destination: Destination, status: ResultStatus, index: number): string =>
  `${destination.folder}${status}_${index}.${isLines(destination) ? 'jsonl' : 'json'}`;

/** Sizes of the files of one status, in order. */
function readPosition(position: Json | undefined): readonly number[] {
  if (!Array.isArray(position)) return [];
  if (!position.every((size) => Number.isSafeInteger(size) && (size as number) >= 0)) throw new TypeError('The position is not one that was answered.');
  return position as readonly number[];
}

async function writeRecords(destination: Destination, request: JsonObject): Promise<ResultsWritten> {
  const { part, records } = request;
  const status = STATUSES.find((known) => known === part);
  if (status === undefined || !Array.isArray(records)) throw new TypeError(`part must be one of ${STATUSES.join(', ')} or MANIFEST, with a list of records.`);
  const sizes = [...readPosition(request['position'])];
  const entries = (records as readonly ResultRecord[]).flatMap((record) => shapeRecord(record, destination.config.Transformation));

  const { config: { OutputType: type } } = destination;
  let texts: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const size = sizes.at(-1) ?? 0;
    const isFirst = size <= 2;
    const bytes = contentBytes(type === 'JSONL' ? texts.join('') : `${isFirst ? '[' : ','}${texts.join(',')}]`);
    // The closing bracket gives way to what comes next.
    const offset = type === 'JSONL' ? size : isFirst ? 0 : size - 1;
    const index = Math.max(0, sizes.length - 1);
    await place(destination, fileKey(destination, status, index), offset, bytes);
    sizes[index] = offset + bytes.length;
    texts = [];
    length = 0;
  };
  for (const entry of entries) {
    const text = type === 'JSONL' ? `${JSON.stringify(entry)}\n` : JSON.stringify(entry);
    // Three bytes a unit is the most UTF-8 takes: files end a little early rather than late.
    const most = text.length * 3 + 1;
    const before = (sizes.at(-1) ?? 0) + length;
    if (before > 2 && before + most > destination.maxFileBytes) {
      if (texts.length > 0) await flush();
      sizes.push(0);
    }
    texts.push(text);
    length += most;
  }
  if (texts.length > 0) await flush();
  return { position: sizes };
}

/** Puts bytes where they belong, unless they are there already with whatever was appended since. */
async function place(destination: Destination, key: string, offset: number, bytes: Uint8Array): Promise<void> {
  const { store, bucket, now } = destination;
  const size = (await store.head(bucket, key))?.size ?? 0;
  if (size < offset) throw s3Error('InvalidArgument', { reason: `${key} has been cut off or deleted since it was written to` });
  if (size >= offset + bytes.length) {
    const there = await store.read(bucket, key, offset, offset + bytes.length);
    // Where the array ended then, it may have gone on since.
    const last = bytes.length - 1;
    const isSame = (byte: number, index: number): boolean => byte === there[index] || (index === last && !isLines(destination) && there[index] === COMMA);
    if (bytes.every(isSame)) return;
  }
  await store.splice(bucket, key, offset, bytes, { lastModified: now, contentType: contentType(destination) });
}

async function writeManifest(destination: Destination, request: JsonObject): Promise<ResultWriterDetails> {
  const { store, bucket, folder, mapRunArn, now } = destination;
  const positions = isJsonObject(request['positions']) ? request['positions'] : {};
  const files: Record<string, Json> = {};
  for (const status of STATUSES) {
    const sizes = readPosition(positions[status]);
    for (let index = 0; index < sizes.length; index++) await endAt(destination, fileKey(destination, status, index), sizes[index]!);
    for (let index = sizes.length; (await store.head(bucket, fileKey(destination, status, index))) !== undefined; index++) {
      await store.delete(bucket, fileKey(destination, status, index));
    }
    files[status] = sizes.map((Size, index) => ({ Key: fileKey(destination, status, index), Size }));
  }
  const key = `${folder}manifest.json`;
  const manifest = { DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles: files };
  await store.write(bucket, key, contentBytes(manifest), { lastModified: now, contentType: 'application/json' });
  return { Bucket: bucket, Key: key };
}

/** Cuts off what a run that stepped back in time had written beyond `size`. */
async function endAt(destination: Destination, key: string, size: number): Promise<void> {
  const { store, bucket, now } = destination;
  const found = (await store.head(bucket, key))?.size ?? 0;
  if (found < size) throw s3Error('InvalidArgument', { reason: `${key} has been cut off or deleted since it was written to` });
  if (found === size) return;
  const attributes = { lastModified: now, contentType: contentType(destination) };
  if (isLines(destination)) await store.splice(bucket, key, size, new Uint8Array(0), attributes);
  else await store.splice(bucket, key, size - 1, contentBytes(']'), attributes);
}
