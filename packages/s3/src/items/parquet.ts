import { setJsonKey, type Json } from '@interstate/kernel';
import type { Compressors, FileMetaData, ParquetParsers, SchemaElement } from 'hyparquet';
import type { ObjectStore } from '../store/object-store.ts';
import { ReaderFault } from './reader-fault.ts';

export interface ParquetFile {
  readonly rows: number;
  /** Rows `from` (inclusive) to `to` (exclusive) as items: one key per column. @throws ReaderFault */
  read(from: number, to: number): Promise<Json[]>;
}

/**
 * A Parquet file: its footer is read once, then only the row groups that are asked for. Pages may be plain or compressed with Snappy,
 * GZIP or Zstandard.
 * @throws ReaderFault where it is none.
 */
export async function openParquet(store: ObjectStore, bucket: string, key: string, size: number): Promise<ParquetFile> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet');
  const file = {
    byteLength: size,
    slice: async (from: number, to = size): Promise<ArrayBuffer> => {
      const start = from < 0 ? Math.max(0, size + from) : from;
      return (await store.read(bucket, key, start, to)).slice().buffer;
    },
  };
  const damaged = (error: unknown): ReaderFault =>
    error instanceof ReaderFault ? error : new ReaderFault(`The Parquet file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch (error) {
    throw damaged(error);
  }
  const compressors = await loadCompressors(metadata);
  const elements = parquetSchema(metadata).children.map(({ element }) => element);
  const columns = elements.map(({ name }) => name);
  return {
    rows: Number(metadata.num_rows),
    read: async (rowStart, rowEnd) => {
      let rows: unknown[][] = [];
      try {
        await parquetRead({ file, metadata, rowStart, rowEnd, compressors, columns, parsers, onComplete: (read) => (rows = read) });
        return rows.map((row) => {
          const item: Record<string, Json> = {};
          for (let column = 0; column < columns.length; column++) setJsonKey(item, columns[column]!, cellJson(row[column], elements[column]!));
          return item;
        });
      } catch (error) {
        throw damaged(error);
      }
    },
  };
}

async function loadCompressors(metadata: FileMetaData): Promise<Compressors> {
  const codecs = new Set(metadata.row_groups.flatMap((group) => group.columns.map((column) => column.meta_data?.codec)));
  const compressors: Compressors = {};
  if (codecs.has('GZIP')) {
    const { gunzipSync } = await import('fflate/browser');
    compressors.GZIP = (input, length) => gunzipSync(input, { out: new Uint8Array(length) });
  }
  if (codecs.has('ZSTD')) {
    const { decompress } = await import('fzstd');
    compressors.ZSTD = (input, length) => decompress(input, new Uint8Array(length));
  }
  return compressors;
}

const SECOND_NANOS = 1_000_000_000n;

/** ISO 8601 with three digits of a second, or six or nine where they say something. */
function timeText(nanos: bigint): string {
  const fraction = ((nanos % SECOND_NANOS) + SECOND_NANOS) % SECOND_NANOS;
  const seconds = new Date(Number((nanos - fraction) / 1_000_000n)).toISOString().slice(0, -5);
  const digits = String(fraction).padStart(9, '0').replace(/(?:000){1,2}$/, '');
  return `${seconds}.${digits}Z`;
}

/** Times as texts: a Date would lose what lies below milliseconds. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => timeText(BigInt(millis) * 1_000_000n),
  timestampFromMicroseconds: (micros) => timeText(BigInt(micros) * 1_000n),
  timestampFromNanoseconds: (nanos) => timeText(BigInt(nanos)),
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

/** The cell of a column: decimals, which come multiplied out in binary, get back the digits they have. */
function cellJson(value: unknown, { name, converted_type: type, scale = 0 }: SchemaElement): Json {
  if (type !== 'DECIMAL' || typeof value !== 'number') return toJson(value, name);
  if (!(Math.abs(value) * 10 ** scale <= Number.MAX_SAFE_INTEGER)) throw new ReaderFault(`Column '${name}' holds a decimal near ${value}, whose value would change.`);
  return Number(value.toFixed(Math.min(scale, 100)));
}

/** A value as JSON: 64-bit integers as numbers, bytes in base64, numbers that JSON does not know as texts. */
function toJson(value: unknown, column: string): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      if (BigInt(Number(value)) !== value) throw new ReaderFault(`Column '${column}' holds the integer ${value}, whose value would change.`);
      return Number(value);
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (value instanceof Uint8Array) return toBase64(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as ArrayLike<unknown>, (part) => toJson(part, column));
  const object: Record<string, Json> = {};
  for (const [key, part] of Object.entries(value)) setJsonKey(object, key, toJson(part, column));
  return object;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}
