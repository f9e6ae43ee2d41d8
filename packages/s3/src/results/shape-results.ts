import type { Json, JsonObject, ResultRecord, WriterConfig } from '@interstate/kernel';

/**
 * The entries that one record becomes under a transformation: itself (`NONE`), its output (`COMPACT`), the elements of its output where
 * that is an array (`FLATTEN`). A record that did not succeed stays as it is, whatever the transformation.
 */
export function shapeRecord(record: ResultRecord, transformation: WriterConfig['Transformation'] = 'NONE'): readonly Json[] {
  if (transformation === 'NONE' || record['Status'] !== 'SUCCEEDED') return [record];
  const output = readOutput(record);
  return transformation === 'FLATTEN' && Array.isArray(output) ? (output as readonly Json[]) : [output];
}

/**
 * What a Map state without S3 destination gives as its result: an array of entries (`OutputType: JSON`), or their JSON Lines as a text.
 * Which records come in is the caller's choice: tolerated failures are left out where there is no WriterConfig.
 */
export function shapeResults(records: readonly ResultRecord[], config: WriterConfig = {}): Json {
  const { Transformation: transformation = 'COMPACT', OutputType: type = 'JSON' } = config;
  const entries = records.flatMap((record) => shapeRecord(record, transformation));
  return type === 'JSONL' ? entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') : entries;
}

function readOutput(record: JsonObject): Json {
  const output = record['Output'] ?? null;
  if (typeof output !== 'string') return output;
  try {
    return JSON.parse(output) as Json;
  } catch {
    return output;
  }
}
