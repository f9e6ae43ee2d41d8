import { bytesFromBase64, isJsonObject, setJsonKey, textFromUtf8, type Json, type JsonObject } from '@interstate/kernel';
import { eventSourceMappingDialect, type PatternDialect } from '../language/dialect.ts';
import { parsePattern, type PatternRefusal } from '../language/parse-pattern.ts';
import { createPatternSet } from '../matching/pattern-set.ts';
import { isEventObject, readJsonText, type EventObject } from '../values/event-text.ts';

/** Filters of one event source mapping or Pipe. */
export interface RecordFilter {
  readonly type: 'filter';
  /** True where one of the patterns matches, or there is none. */
  matches(record: JsonObject): boolean;
}

/** Filters an event source mapping or Pipe may have. */
export const MAX_RECORD_FILTERS = 5;

/**
 * The filters of an event source mapping or Pipe (messaging reference §2.9, §11), or the refusal of the first that is none.
 * Patterns look into the payload of a record: `body` of SQS, Base64 `data` of Kinesis (its own or under `kinesis`), Base64 `data`
 * and `value` of brokers and Kafka. A payload that is no JSON object is compared as the text it is.
 */
export function recordFilter(patterns: readonly Json[], dialect: PatternDialect = eventSourceMappingDialect): RecordFilter | PatternRefusal {
  const set = createPatternSet<number>();
  for (const [index, text] of patterns.entries()) {
    const pattern = parsePattern(text, dialect);
    if (pattern.type === 'fault') return pattern;
    set.add(index, pattern);
  }
  return { type: 'filter', matches: (record) => set.size === 0 || set.match(recordView(record)).length > 0 };
}

/** A record with its payload opened. The record itself stays as it is. */
export function recordView(record: JsonObject): EventObject {
  const view: Record<string, Json> = {};
  for (const [key, value] of Object.entries(record)) setJsonKey(view, key, openMember(key, value) as Json);
  return view;
}

function openMember(key: string, value: Json): unknown {
  if (key === 'kinesis' && isJsonObject(value)) return recordView(value);
  if (typeof value !== 'string') return value;
  if (key === 'body') return openText(value);
  if (key !== 'data' && key !== 'value') return value;
  const bytes = bytesFromBase64(value);
  return bytes === undefined ? value : openText(textFromUtf8(bytes));
}

function openText(text: string): unknown {
  const value = readJsonText(text);
  return isEventObject(value) ? value : text;
}
