import { setJsonKey, type Json } from '@interstate/kernel';
import type { ParquetParsers, SchemaElement } from 'hyparquet';
import { contentText } from '../../object-content.ts';
import { parseItem } from '../parse-item.ts';
import { ReaderFault } from '../reader-fault.ts';

const SECOND_NANOS = 1_000_000_000n;

/** ISO 8601 with three digits of a second, or six or nine where they say something. */
function timeText(nanos: bigint): string {
  const fraction = ((nanos % SECOND_NANOS) + SECOND_NANOS) % SECOND_NANOS;
  const seconds = new Date(Number((nanos - fraction) / 1_000_000n)).toISOString().slice(0, -5);
  const digits = String(fraction).padStart(9, '0').replace(/(?:000){1,2}$/, '');
  return `${seconds}.${digits}Z`;
}

/** JSON that is parsed when its row is asked for: a page of it takes many times its bytes in memory. */
interface JsonBytes {
  readonly json: Uint8Array;
}
const jsonCells = new WeakSet<object>();

/** Times as texts: a Date would lose what lies below milliseconds. */
export const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => timeText(BigInt(millis) * 1_000_000n),
  timestampFromMicroseconds: (micros) => timeText(BigInt(micros) * 1_000n),
  timestampFromNanoseconds: (nanos) => timeText(BigInt(nanos)),
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
  jsonFromBytes: (json): unknown => {
    if (json === undefined) return undefined;
    const cell: JsonBytes = { json };
    jsonCells.add(cell);
    return cell;
  },
};

/** The cell of a column: decimals, which come multiplied out in binary, get back the digits they have. */
export function cellJson(value: unknown, { name, converted_type: type, scale = 0 }: SchemaElement): Json {
  if (type !== 'DECIMAL' || typeof value !== 'number') return toJson(value, name);
  if (!(Math.abs(value) * 10 ** scale <= Number.MAX_SAFE_INTEGER)) throw new ReaderFault(`Column '${name}' holds a decimal near ${value}, whose value would change.`);
  return Number(value.toFixed(Math.max(0, Math.min(scale, 100))));
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
  if (jsonCells.has(value)) return parseCell((value as JsonBytes).json, column);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as ArrayLike<unknown>, (part) => toJson(part, column));
  const object: Record<string, Json> = {};
  for (const [key, part] of Object.entries(value)) setJsonKey(object, key, toJson(part, column));
  return object;
}

function parseCell(json: Uint8Array, column: string): Json {
  try {
    return parseItem(contentText(json), 0);
  } catch (error) {
    throw error instanceof ReaderFault ? new ReaderFault(`Column '${column}' holds JSON that cannot be read. ${error.message}`) : error;
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}
