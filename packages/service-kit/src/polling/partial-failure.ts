import { isJsonObject, type Json } from '@interstate/kernel';

/** A record of a batch, as its answer is told apart. */
export interface BatchItem {
  readonly id: string;
  /** Another name of it. */
  readonly alias?: string;
  /** Records of one group are in order: behind one that failed nothing of its group counts as done. */
  readonly group?: string;
}

/**
 * Which records of a batch failed, by what the target answered (`{ batchItemFailures: [{ itemIdentifier }] }`): their places.
 * No answer, no list or an empty one: none failed. An answer that is no such thing, or names a record that is not of the batch: all did.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedItems(answer: Json, items: readonly BatchItem[]): ReadonlySet<number> {
  if (answer === null) return NONE;
  const failures = isJsonObject(answer) ? (answer['batchItemFailures'] ?? []) : undefined;
  if (!Array.isArray(failures)) return everyItem(items);
  if (failures.length === 0) return NONE;
  const named = new Set<Json>();
  for (const failure of failures as readonly Json[]) named.add(isJsonObject(failure) ? (failure['itemIdentifier'] ?? null) : null);
  const failed = new Set<number>();
  const stopped = new Set<string>();
  items.forEach(({ id, alias = id, group }, index) => {
    const isNamed = named.delete(id) || named.delete(alias);
    if (!isNamed && !(group !== undefined && stopped.has(group))) return;
    failed.add(index);
    if (group !== undefined) stopped.add(group);
  });
  return named.size === 0 ? failed : everyItem(items);
}

const NONE: ReadonlySet<number> = new Set();

/** The whole batch failed. */
export function everyItem(items: readonly BatchItem[]): ReadonlySet<number> {
  return new Set(items.keys());
}
