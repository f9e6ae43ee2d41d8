import { bytesFromBase64, isJsonObject, setJsonKey, textFromUtf8, type Json } from '@interstate/kernel';

/** Members of a source's record that hold its payload in Base64. */
const ENCODED: ReadonlySet<string> = new Set(['data', 'value', 'key']);

/** A record with its JSON payload opened (`body`; `data`, `value` and `key` of streams and brokers), so that paths lead into it. The record itself stays as it is. */
export function openedRecord(record: Json): Json {
  if (!isJsonObject(record)) return record;
  const isOfStream = typeof record['eventSource'] === 'string';
  const opened: Record<string, Json> = {};
  for (const [name, value] of Object.entries(record)) {
    const isOpen = typeof value === 'string' && (name === 'body' || (isOfStream && ENCODED.has(name)));
    setJsonKey(opened, name, isOpen ? openedText(value, name !== 'body') : value);
  }
  return opened;
}

function openedText(value: string, isEncoded: boolean): Json {
  const bytes = isEncoded ? bytesFromBase64(value) : undefined;
  if (isEncoded && !bytes) return value;
  try {
    return JSON.parse(bytes ? textFromUtf8(bytes) : value) as Json;
  } catch {
    return value;
  }
}
