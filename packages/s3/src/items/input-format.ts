import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { csvDelimiters } from './csv.ts';
import { parsePointer } from './json-pointer.ts';
import { ReaderFault } from './reader-fault.ts';

/** How the content of one object is read, said in full: what a `ReaderConfig` comes to. */
export type InputFormat =
  | { readonly type: 'CSV'; readonly delimiter: string; readonly headers: readonly string[] | null }
  | { readonly type: 'JSON'; readonly pointer: string }
  | { readonly type: 'JSONL' }
  | { readonly type: 'PARQUET' };

const INPUT_TYPES = ['CSV', 'JSON', 'JSONL', 'PARQUET'];

/** Reads `InputType` and what belongs to it. @throws ReaderFault naming the field. */
export function readInputFormat(config: JsonObject): InputFormat {
  const type = config['InputType'];
  switch (type) {
    case 'CSV':
      return { type, delimiter: readDelimiter(config['CSVDelimiter']), headers: readHeaders(config) };
    case 'JSON': {
      const pointer = config['ItemsPointer'] ?? '';
      if (typeof pointer !== 'string') throw new ReaderFault('ItemsPointer must be a string.');
      parsePointer(pointer);
      return { type, pointer };
    }
    case 'JSONL':
    case 'PARQUET':
      return { type };
    default:
      throw new ReaderFault(`InputType must be one of ${INPUT_TYPES.join(', ')}, but was ${JSON.stringify(type ?? null)}.`);
  }
}

function readDelimiter(name: Json | undefined): string {
  if (name === undefined) return ',';
  if (typeof name === 'string' && Object.hasOwn(csvDelimiters, name)) return csvDelimiters[name]!;
  throw new ReaderFault(`CSVDelimiter must be one of ${Object.keys(csvDelimiters).join(', ')}, but was ${JSON.stringify(name)}.`);
}

function readHeaders(config: JsonObject): readonly string[] | null {
  const headers = config['CSVHeaders'];
  const location = config['CSVHeaderLocation'] ?? (headers === undefined ? 'FIRST_ROW' : 'GIVEN');
  if (location === 'FIRST_ROW') return null;
  if (location !== 'GIVEN') throw new ReaderFault(`CSVHeaderLocation must be FIRST_ROW or GIVEN, but was ${JSON.stringify(location)}.`);
  if (!Array.isArray(headers) || headers.length === 0 || !headers.every((name) => typeof name === 'string')) {
    throw new ReaderFault('CSVHeaders must be a list of strings where CSVHeaderLocation is GIVEN.');
  }
  return headers as readonly string[];
}

/** A text in Parameters. @throws ReaderFault where it is missing. */
export function requireText(parameters: Json | undefined, name: string): string {
  const value = isJsonObject(parameters) && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (typeof value !== 'string' || value === '') throw new ReaderFault(`The field '${name}' of the ItemReader must be a string.`);
  return value;
}

export function optionalText(parameters: Json | undefined, name: string): string | undefined {
  const value = isJsonObject(parameters) && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ReaderFault(`The field '${name}' of the ItemReader must be a string.`);
  return value;
}
