import type { ColumnChunk } from './footer.ts';
import { MAX_GROUP_BYTES, MAX_NESTED_VALUES, MAX_PAGE_VALUES } from './limits.ts';
import { readRuns } from './runs.ts';
import { readStruct, type ThriftStruct } from './thrift.ts';
import { checkValues } from './values.ts';

/** A page as it is stored to its content of `length` bytes. @throws Error where it does not hold as many. */
export type Decompress = (stored: Uint8Array, length: number) => Uint8Array;

// Numbers from the Parquet format's parquet.thrift.
const DATA_PAGE = 0;
const INDEX_PAGE = 1;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;
const PLAIN = 0;
const PLAIN_DICTIONARY = 2;
const RLE = 3;
const MAX_HEADER_PARTS = 1_000;
const MAX_PAGES = 100_000;

interface DataPage {
  readonly count: number;
  readonly encoding: number;
  readonly repetition: Uint8Array;
  readonly definition: Uint8Array;
  readonly values: Uint8Array;
}

/**
 * One column of a row group, looked through page by page and written anew: plain pages of version 1 that keep what their headers say.
 * The library decodes nothing else, so that nothing damaged can reach it. Its loops trust the counts and lengths they find.
 * @throws RangeError where a page contradicts itself, its column or the row group.
 */
export function checkPages(bytes: Uint8Array, { leaf, values: wanted }: ColumnChunk, rows: number, budget: number, decompress: Decompress): Uint8Array<ArrayBuffer> {
  const { node, path, maxDefinition, maxRepetition, nested } = leaf;
  if (nested ? wanted * path.length > MAX_NESTED_VALUES : wanted !== rows) {
    throw new RangeError(`Column '${leaf.names.join('.')}' has ${wanted} values in ${rows} rows, which cannot be read.`);
  }
  const cursor = { bytes, at: 0, budget: MAX_HEADER_PARTS };
  const parts: Uint8Array[] = [];
  let length = 0;
  let seen = 0;
  let begun = 0;
  let dictionary: number | undefined;
  for (let pages = 0; seen < wanted; pages++) {
    if (pages > MAX_PAGES) throw new RangeError('A column has too many pages.');
    cursor.budget = MAX_HEADER_PARTS;
    const header = readStruct(cursor);
    const size = bound(header.get(2), budget - length);
    const stored = bytes.subarray(cursor.at, (cursor.at += bound(header.get(3), bytes.length - cursor.at)));
    const type = header.get(1);
    const page: Uint8Array[] = [];
    if (type === INDEX_PAGE) continue;
    if (type === DICTIONARY_PAGE) {
      const details = detailsOf(header, 7);
      const encoding = details.get(2);
      dictionary = dictionary === undefined && seen === 0 ? bound(details.get(1), MAX_PAGE_VALUES) : Number.NaN;
      if (Number.isNaN(dictionary) || (encoding !== PLAIN && encoding !== PLAIN_DICTIONARY)) throw new RangeError('A dictionary is out of place.');
      const content = decompress(stored, size);
      if (dictionary > 0) checkValues(content, PLAIN, dictionary, node.element, undefined);
      page.push(headerBytes(DICTIONARY_PAGE, content.length, dictionary, PLAIN), content);
    } else {
      const data = type === DATA_PAGE ? readPage(header, stored, size, leaf, decompress) : type === DATA_PAGE_V2 ? readPageV2(header, stored, size, leaf, decompress) : undefined;
      if (data === undefined || data.count > wanted - seen) throw new RangeError('A page is out of place.');
      let present = data.count;
      if (maxRepetition > 0) {
        begun += countLevels(data.repetition, maxRepetition, data.count, 0, seen === 0);
      } else begun += data.count;
      if (maxDefinition > 0) present = countLevels(data.definition, maxDefinition, data.count, maxDefinition);
      if (present > 0) checkValues(data.values, data.encoding, present, node.element, dictionary);
      const levels = [...(maxRepetition > 0 ? [lengthBytes(data.repetition), data.repetition] : []), ...(maxDefinition > 0 ? [lengthBytes(data.definition), data.definition] : [])];
      const content = levels.reduce((sum, part) => sum + part.length, data.values.length);
      page.push(headerBytes(DATA_PAGE, content, data.count, present > 0 ? data.encoding : PLAIN), ...levels, data.values);
      seen += data.count;
    }
    for (const part of page) {
      parts.push(part);
      length += part.length;
    }
  }
  if (begun !== rows) throw new RangeError(`Column '${leaf.names.join('.')}' holds ${begun} rows of ${rows}.`);
  const chunk = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    chunk.set(part, at);
    at += part.length;
  }
  return chunk;
}

function readPage(header: ThriftStruct, stored: Uint8Array, size: number, leaf: ColumnChunk['leaf'], decompress: Decompress): DataPage {
  const details = detailsOf(header, 5);
  const content = decompress(stored, size);
  let at = 0;
  const level = (max: number, encoding: unknown): Uint8Array => {
    if (max === 0) return new Uint8Array(0);
    if (encoding !== RLE || at + 4 > content.length) throw new RangeError('A page has damaged levels.');
    const length = bound(content[at]! + content[at + 1]! * 2 ** 8 + content[at + 2]! * 2 ** 16 + content[at + 3]! * 2 ** 24, content.length - at - 4);
    return content.subarray(at + 4, (at += 4 + length));
  };
  const repetition = level(leaf.maxRepetition, details.get(4));
  const definition = level(leaf.maxDefinition, details.get(3));
  return { count: bound(details.get(1), MAX_PAGE_VALUES), encoding: bound(details.get(2), 9), repetition, definition, values: content.subarray(at) };
}

function readPageV2(header: ThriftStruct, stored: Uint8Array, size: number, leaf: ColumnChunk['leaf'], decompress: Decompress): DataPage {
  const details = detailsOf(header, 8);
  const definitionBytes = bound(details.get(5), Math.min(stored.length, size));
  const repetitionBytes = bound(details.get(6), Math.min(stored.length, size) - definitionBytes);
  const at = definitionBytes + repetitionBytes;
  const rest = stored.subarray(at);
  return {
    count: bound(details.get(1), MAX_PAGE_VALUES),
    encoding: bound(details.get(4), 9),
    repetition: stored.subarray(0, leaf.maxRepetition > 0 ? repetitionBytes : 0),
    definition: stored.subarray(repetitionBytes, leaf.maxDefinition > 0 ? at : repetitionBytes),
    // A page without values may leave out the compressed nothing.
    values: details.get(7) === false || rest.length === 0 ? rest : decompress(rest, size - at),
  };
}

function detailsOf(header: ThriftStruct, field: number): ThriftStruct {
  const details = header.get(field);
  if (!(details instanceof Map)) throw new RangeError('A page header lacks a part.');
  return details as ThriftStruct;
}

function bound(value: unknown, most: number): number {
  if (typeof value !== 'number' || value < 0 || value > Math.min(most, MAX_GROUP_BYTES)) throw new RangeError('A page header holds a number that is out of range.');
  return value;
}

/** How many of `count` levels are `wanted`; the first must be, where `fromFirst` says so. */
function countLevels(bytes: Uint8Array, max: number, count: number, wanted: number, fromFirst = false): number {
  let found = 0;
  let first = fromFirst;
  readRuns(bytes, 0, 32 - Math.clz32(max), count, (level, times) => {
    if (level > max || (first && level !== wanted)) throw new RangeError('A page has damaged levels.');
    if (level === wanted) found += times;
    first = false;
  });
  return found;
}

function lengthBytes({ length }: Uint8Array): Uint8Array {
  return Uint8Array.of(length, length >>> 8, length >>> 16, length >>> 24);
}

/** A page header in Thrift's compact protocol: type, both sizes, and the details of its kind. */
function headerBytes(type: typeof DATA_PAGE | typeof DICTIONARY_PAGE, size: number, count: number, encoding: number): Uint8Array {
  const bytes: number[] = [];
  const int = (value: number): void => {
    bytes.push(0x15);
    let left = value * 2;
    for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
    bytes.push(left);
  };
  int(type);
  int(size);
  int(size);
  bytes.push(type === DATA_PAGE ? 0x2c : 0x4c);
  int(count);
  int(encoding);
  if (type === DATA_PAGE) {
    int(RLE);
    int(RLE);
  }
  bytes.push(0, 0);
  return Uint8Array.from(bytes);
}
