import type { SchemaElement } from 'hyparquet';
import { readDeltas } from './delta.ts';
import { MAX_DECIMAL_BYTES, MAX_GROUP_BYTES } from './limits.ts';
import { readRuns } from './runs.ts';

const CUT_OFF = 'A page is shorter than its values.';
const WIDTHS: Readonly<Record<string, number>> = { INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8 };

/** Bytes of one value, where all have as many. */
function widthOf({ type, type_length: length = 0 }: SchemaElement): number | undefined {
  return type === 'FIXED_LEN_BYTE_ARRAY' ? length : WIDTHS[type!];
}

/**
 * Checks that `count` (at least one) values of a column, in an encoding by its number, lie within `bytes`, and refer to nothing but the
 * dictionary's `dictionary` values.
 * @throws RangeError where they do not.
 */
export function checkValues(bytes: Uint8Array, encoding: number, count: number, element: SchemaElement, dictionary: number | undefined): void {
  const { type } = element;
  const width = widthOf(element);
  switch (encoding) {
    case 0: // PLAIN
      if (type === 'BYTE_ARRAY') checkTexts(bytes, count, element);
      else if ((type === 'BOOLEAN' ? Math.ceil(count / 8) : count * width!) > bytes.length) throw new RangeError(CUT_OFF);
      return;
    case 2: // PLAIN_DICTIONARY
    case 8: // RLE_DICTIONARY
      if (dictionary === undefined || type === 'BOOLEAN') throw new RangeError('A page needs a dictionary that is not there.');
      if (bytes.length === 0) throw new RangeError(CUT_OFF);
      if (bytes[0] === 0) {
        if (dictionary === 0) throw new RangeError('A page refers to a value outside its dictionary.');
        return;
      }
      readRuns(bytes, 1, bytes[0]!, count, (index) => {
        if (index >= dictionary) throw new RangeError('A page refers to a value outside its dictionary.');
      });
      return;
    case 3: // RLE
      if (type !== 'BOOLEAN') break;
      readRuns(bytes, 4, 1, count, () => undefined);
      return;
    case 5: // DELTA_BINARY_PACKED
      if (type !== 'INT32' && type !== 'INT64') break;
      readDeltas(bytes, 0, count);
      return;
    case 6: // DELTA_LENGTH_BYTE_ARRAY
      if (type !== 'BYTE_ARRAY') break;
      checkLengths(bytes, count, element, false);
      return;
    case 7: // DELTA_BYTE_ARRAY
      if (type !== 'BYTE_ARRAY' && type !== 'FIXED_LEN_BYTE_ARRAY') break;
      checkLengths(bytes, count, element, true);
      return;
    case 9: // BYTE_STREAM_SPLIT
      if (width === undefined || type === 'INT96') break;
      if (count * width > bytes.length) throw new RangeError(CUT_OFF);
      return;
  }
  throw new RangeError(`The encoding ${encoding} is not read for values of type ${type}.`);
}

function checkTexts(bytes: Uint8Array, count: number, { converted_type: converted }: SchemaElement): void {
  const longest = converted === 'DECIMAL' ? MAX_DECIMAL_BYTES : Number.POSITIVE_INFINITY;
  let at = 0;
  for (let index = 0; index < count; index++) {
    const length = ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
    at += 4 + length;
    if (at > bytes.length || length > longest) throw new RangeError(CUT_OFF);
  }
}

/** With `prefixed`, each value begins with a part of the one before: a few bytes can make many. */
function checkLengths(bytes: Uint8Array, count: number, element: SchemaElement, prefixed: boolean): void {
  const prefixes = new Int32Array(prefixed ? count : 0);
  const lengths = new Int32Array(count);
  let at = prefixed ? readDeltas(bytes, 0, count, prefixes) : 0;
  at = readDeltas(bytes, at, count, lengths);
  const fixed = element.type === 'FIXED_LEN_BYTE_ARRAY' ? element.type_length : undefined;
  const longest = element.converted_type === 'DECIMAL' ? MAX_DECIMAL_BYTES : MAX_GROUP_BYTES;
  let before = 0;
  let total = 0;
  for (let index = 0; index < count; index++) {
    const prefix = prefixed ? prefixes[index]! : 0;
    const length = prefix + lengths[index]!;
    if (prefix < 0 || prefix > before || lengths[index]! < 0 || length > longest || (fixed !== undefined && length !== fixed)) throw new RangeError('A page holds a damaged length.');
    at += lengths[index]!;
    total += length;
    before = length;
  }
  if (at > bytes.length || total > MAX_GROUP_BYTES) throw new RangeError(CUT_OFF);
}
