import { type Connector, formatTimestamp, isJsonObject, type ItemsPage, type Json, jsonBytes, type JsonObject } from '@interstate/kernel';
import { isServiceError } from '@interstate/service-kit';
import { mapRunCause } from '../errors.ts';
import { requireBucket, requireObject } from '../store/bucket-access.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { optionalText, readInputFormat, requireText } from './input-format.ts';
import { openItems, type ObjectItems, type PageBounds } from './object-items.ts';
import { athenaObjects, inventoryObjects, listedObjects, oneObject, type Listings, type ObjectSequence } from './object-sequence.ts';
import { ReaderFault } from './reader-fault.ts';

const LISTED_AT_ONCE = 1_000;
const DEFAULT_MAX_BYTES = 1_048_576;
/** Objects kept open between calls; one that has been dropped is opened again from its cursor. */
const KEPT_OPEN = 8;

/** What is kept between calls to save work; losing it changes nothing. */
interface Kept {
  /** By object, version, format and place. */
  readonly open: Map<string, ObjectItems>;
  readonly listings: Listings;
}

/**
 * The connector behind `interstate:s3:items`: reads what an ItemReader names, page by page. A failure is `States.ItemReaderFailed`.
 *
 * 1. A page depends on the request alone. What is kept between calls only saves work.
 * 2. An object that has changed since its first page fails the read: items of two versions are never mixed.
 */
export function itemReader(store: ObjectStore): Connector {
  const kept: Kept = { open: new Map(), listings: new Map() };
  return async ({ request, callId }) => {
    try {
      return { ok: true, value: (await readPage(store, kept, request)) as unknown as Json };
    } catch (error) {
      const cause = isServiceError(error) ? mapRunCause(error, callId) : error instanceof ReaderFault ? error.message : undefined;
      if (cause === undefined) throw error;
      return { ok: false, error: { Error: 'States.ItemReaderFailed', Cause: cause } };
    }
  };
}

async function readPage(store: ObjectStore, kept: Kept, request: Json): Promise<ItemsPage> {
  if (!isJsonObject(request) || request['action'] !== 'read' || !isJsonObject(request['reader'])) {
    throw new TypeError(`interstate:s3:items answers { action: 'read', reader, cursor, maxItems }`);
  }
  const { reader, cursor = null } = request;
  const bounds = { maxItems: atLeastOne(request['maxItems'], 1), maxBytes: atLeastOne(request['maxBytes'], DEFAULT_MAX_BYTES) };
  const { Resource: resource, ReaderConfig: given, Parameters: parameters } = reader as JsonObject;
  const config = isJsonObject(given) ? given : {};
  const bucket = requireText(parameters, 'Bucket');
  if (typeof resource === 'string' && resource.endsWith(':s3:listObjectsV2')) {
    const prefix = optionalText(parameters, 'Prefix') ?? '';
    await requireBucket(store, bucket);
    const transformation = config['Transformation'] ?? 'NONE';
    if (transformation === 'NONE') return listPage(store, bucket, prefix, cursor, bounds);
    if (transformation !== 'LOAD_AND_FLATTEN') throw new ReaderFault(`Transformation must be NONE or LOAD_AND_FLATTEN, but was ${JSON.stringify(transformation)}.`);
    return objectsPage(store, kept, listedObjects(store, kept.listings, bucket, prefix, readInputFormat(config)), cursor, bounds, undefined);
  }
  if (typeof resource !== 'string' || !resource.endsWith(':s3:getObject')) {
    throw new ReaderFault(`The Resource of an ItemReader must be s3:getObject or s3:listObjectsV2, but was ${JSON.stringify(resource ?? null)}.`);
  }
  const key = requireText(parameters, 'Key');
  return objectsPage(store, kept, readObjects(store, bucket, key, config), cursor, bounds, optionalText(parameters, 'VersionId'));
}

function atLeastOne(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : fallback;
}

/** `MANIFEST` alone means an inventory, as before there was a `ManifestType`. */
function readObjects(store: ObjectStore, bucket: string, key: string, config: JsonObject): ObjectSequence {
  const manifest = config['ManifestType'] ?? (config['InputType'] === 'MANIFEST' ? 'S3_INVENTORY' : undefined);
  switch (manifest) {
    case undefined:
      return oneObject(bucket, key, readInputFormat(config));
    case 'S3_INVENTORY':
      return inventoryObjects(store, bucket, key);
    case 'ATHENA_DATA':
      return athenaObjects(store, bucket, key, readInputFormat(config));
    default:
      throw new ReaderFault(`ManifestType must be S3_INVENTORY or ATHENA_DATA, but was ${JSON.stringify(manifest)}.`);
  }
}

/** Objects themselves as items, as `s3:listObjectsV2` names their fields in a Map: `Etag`, not `ETag`. */
async function listPage(store: ObjectStore, bucket: string, prefix: string, cursor: Json, { maxItems, maxBytes }: PageBounds): Promise<ItemsPage> {
  const after = isJsonObject(cursor) && typeof cursor['after'] === 'string' ? cursor['after'] : '';
  const limit = Math.min(maxItems, LISTED_AT_ONCE);
  const found = await store.list(bucket, { prefix, after, limit: limit + 1 });
  const items: Json[] = [];
  let bytes = 0;
  for (const { key, lastModified, size } of found.slice(0, limit)) {
    const Etag = `"${await store.md5(bucket, key)}"`;
    const item = { Etag, Key: key, LastModified: formatTimestamp(lastModified).replace(/\.\d+Z$/, 'Z'), Size: size, StorageClass: 'STANDARD' };
    items.push(item);
    bytes += jsonBytes(item);
    if (bytes >= maxBytes) break;
  }
  return { items, cursor: items.length < found.length ? { after: found[items.length - 1]!.key } : null, source: `S3://${bucket}` };
}

async function objectsPage(
  store: ObjectStore,
  { open }: Kept,
  sequence: ObjectSequence,
  cursor: Json,
  bounds: PageBounds,
  versionId: string | undefined,
): Promise<ItemsPage> {
  const place = isJsonObject(cursor) ? cursor : undefined;
  const object = place === undefined ? await sequence.next(null) : await sequence.find(place['ref'] ?? null);
  if (object === undefined) return { items: [], cursor: null, source: 'S3://' };
  const { ref, bucket, key, format } = object;
  const { size, version } = await requireObject(store, bucket, key, versionId);
  const at = typeof place?.['at'] === 'number' ? place['at'] : null;
  if (at !== null && place?.['version'] !== version) throw new ReaderFault(`The object s3://${bucket}/${key} has changed while its items were read.`);

  const nameAt = (position: number | null): string => JSON.stringify([bucket, key, version, format, position]);
  const kept = at === null ? undefined : open.get(nameAt(at));
  // Taken out while it is in use: two calls with the same cursor must not share it.
  if (kept !== undefined) open.delete(nameAt(at));
  const items = kept ?? (await openItems(store, bucket, key, size, format, at));
  const page = await items(bounds);
  const source = `S3://${bucket}/${key}`;
  if (page.at !== null) {
    open.set(nameAt(page.at), items);
    if (open.size > KEPT_OPEN) open.delete(open.keys().next().value!);
    return { items: page.items, cursor: { ref, version, at: page.at }, source };
  }
  const following = await sequence.next(ref);
  return { items: page.items, cursor: following === undefined ? null : { ref: following.ref }, source };
}
