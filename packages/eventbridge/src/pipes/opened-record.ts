import { isJsonObject, type Json } from '@interstate/kernel';

/** A record with its JSON body opened, so that paths lead into it. The record itself stays as it is. */
export function openedRecord(record: Json): Json {
  if (!isJsonObject(record) || typeof record['body'] !== 'string') return record;
  try {
    return { ...record, body: JSON.parse(record['body']) as Json };
  } catch {
    return record;
  }
}
