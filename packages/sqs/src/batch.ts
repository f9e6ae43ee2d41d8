import type { Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { failedEntry, fault } from './faults.ts';
import type { SqsLimits } from './limits.ts';

const ID = /^[\w-]+$/;

/** The entries of a batch whose count and ids are right. @param entry the name of one, for the message @throws ServiceFault */
export function checkBatch({ batchEntries, batchIdCharacters }: SqsLimits, entry: string, entries: readonly JsonObject[]): readonly JsonObject[] {
  if (entries.length === 0) throw fault('EmptyBatchRequest', { entry });
  if (entries.length > batchEntries) throw fault('TooManyEntriesInBatchRequest', { limit: batchEntries, count: entries.length });
  const ids = new Set<string>();
  for (const { Id } of entries) {
    const id = Id as string;
    if (id.length > batchIdCharacters || !ID.test(id)) throw fault('InvalidBatchEntryId', { limit: batchIdCharacters });
    if (ids.has(id)) throw fault('BatchEntryIdsNotDistinct', { id });
    ids.add(id);
  }
  return entries;
}

/** Does each entry for itself: what fails is told among the others. */
export function answerBatch(entries: readonly JsonObject[], work: (entry: JsonObject) => JsonObject): Json {
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  for (const entry of entries) {
    const id = entry['Id'] as string;
    try {
      Successful.push({ Id: id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      Failed.push(failedEntry(id, error));
    }
  }
  // What is empty is left out, as on the wire.
  return { ...(Successful.length > 0 && { Successful }), ...(Failed.length > 0 && { Failed }) };
}
