import { setJsonKey, type Json } from '@interstate/kernel';
import { contentText } from '../object-content.ts';
import type { ByteWindow } from './byte-window.ts';
import { ReaderFault } from './reader-fault.ts';
import { skipByteOrderMark, type RecordFormat } from './record-format.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const CR = 0x0d;
const LF = 0x0a;

/** `CSVDelimiter` → character. */
export const csvDelimiters: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

/** AWS reads headers of up to 10 KiB. */
const MAX_HEADER_BYTES = 10_240;

/**
 * Delimited text as AWS reads it: every value a text, `""` for what a short row lacks, surplus fields dropped, an empty header cell is
 * the key `""`. Quotes are doubled or escaped with a backslash; a backslash before anything but a backslash, a quote or the delimiter
 * vanishes. Line breaks between quotes belong to the field. `headers` undefined: the first row has them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html
 */
export function csvRecords(delimiter: string, headers: readonly string[] | undefined): RecordFormat {
  let names = headers;
  if (names !== undefined) checkHeaders(names);
  const separator = delimiter.charCodeAt(0);
  return {
    begin(window) {
      if (window.base + window.start === 0 && skipByteOrderMark(window) === 'more') return 'more';
      if (names !== undefined) return 'skipped';
      const row = readRow(window, delimiter, separator);
      if (row === 'more') return window.end - window.start > MAX_HEADER_BYTES ? headerTooLong() : 'more';
      if (row === 'end') return 'end';
      checkHeaders(row);
      names = row;
      return 'skipped';
    },
    read(window) {
      const row = readRow(window, delimiter, separator);
      if (typeof row === 'string') return row;
      const item: Record<string, Json> = {};
      for (let index = 0; index < names!.length; index++) setJsonKey(item, names![index]!, row[index] ?? '');
      return { item };
    },
  };
}

function headerTooLong(): never {
  throw new ReaderFault(`CSV headers cannot be longer than ${MAX_HEADER_BYTES} bytes.`);
}

function checkHeaders(names: readonly string[]): void {
  if (names.reduce((sum, name) => sum + name.length + 1, 0) > MAX_HEADER_BYTES) headerTooLong();
  if (new Set(names).size < names.length) throw new ReaderFault('CSV headers cannot contain duplicates.');
}

function readRow(window: ByteWindow, delimiter: string, separator: number): string[] | 'more' | 'end' {
  const { bytes, start, end, last } = window;
  if (start >= end) return last ? 'end' : 'more';
  const stop = rowEnd(window, separator);
  if (stop === -1) return 'more';
  let next = stop;
  if (stop < end) {
    // A carriage return at the very end may have its line feed still to come.
    if (bytes[stop] === CR && stop + 1 === end && !last) return 'more';
    next = bytes[stop] === CR && bytes[stop + 1] === LF && stop + 1 < end ? stop + 2 : stop + 1;
  }
  const text = contentText(bytes.subarray(start, stop));
  window.start = next;
  return text.includes('"') || text.includes('\\') ? splitQuotedRow(text, delimiter) : text.split(delimiter);
}

/** Where the row's line break stands, or the end of the content; -1 where it is not in sight. Keeps step with {@link splitQuotedRow}. */
function rowEnd({ bytes, start, end, last, base }: ByteWindow, separator: number): number {
  let inQuotes = false;
  let hasBegun = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH) {
      if (at + 1 === end && !last) return -1;
      const escaped = bytes[at + 1];
      if (at + 1 < end && (escaped === BACKSLASH || escaped === QUOTE || escaped === separator)) {
        at++;
        hasBegun = true;
      }
    } else if (byte === QUOTE) {
      if (at + 1 === end && !last) return -1;
      if ((inQuotes || hasBegun) && at + 1 < end && bytes[at + 1] === QUOTE) at++;
      else inQuotes = !inQuotes;
      hasBegun = true;
    } else if (!inQuotes && (byte === LF || byte === CR)) return at;
    else if (!inQuotes && byte === separator) hasBegun = false;
    else hasBegun = true;
  }
  if (!last) return -1;
  if (inQuotes) throw new ReaderFault(`The row at byte ${base + start} has a quoted field that does not end.`);
  return end;
}

function splitQuotedRow(text: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let inQuotes = false;
  let hasBegun = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const following = text[at + 1];
    if (char === '\\') {
      if (following === '\\' || following === '"' || following === delimiter) {
        field += following;
        at++;
        hasBegun = true;
      }
    } else if (char === '"') {
      if ((inQuotes || hasBegun) && following === '"') {
        field += '"';
        at++;
      } else {
        // A quote inside a bare field is part of it; one that opens or closes the whole field is not.
        if (hasBegun && following !== delimiter && following !== undefined) field += '"';
        inQuotes = !inQuotes;
      }
      hasBegun = true;
    } else if (char === delimiter && !inQuotes) {
      fields.push(field);
      field = '';
      hasBegun = false;
    } else {
      field += char;
      hasBegun = true;
    }
  }
  fields.push(field);
  return fields;
}
