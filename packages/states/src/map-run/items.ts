import { ITEMS_ADDRESS, type ItemReader, type ItemsPage, type Json, type ReadItemsRequest } from '@interstate/kernel';
import type { MapRun } from './run-state.ts';

/** Items asked for at once: enough for the next children, or for the next batch. */
const PAGE_ITEMS = 100;
const BATCH_PAGE_ITEMS = 1000;
/** A run takes no more items than this, whatever MaxItems says. */
const MOST_ITEMS = 100_000_000;

export interface Item {
  readonly value: Json;
  /** `Map.Item.Source` of an item that was read. */
  readonly source?: string;
}

/** Items in hand become records of their own, so that a step touches no more than it uses. */
export function keepItems({ records, run }: MapRun, items: readonly Json[]): void {
  items.forEach((value, index) => records.set(`item:${index}`, { value }));
  run.nextItem = items.length;
  run.exhausted = true;
}

/** Asks the reader for more where few are left, or where those at hand do not fill a batch. */
export function readAhead(mapRun: MapRun, batchIsOpen: boolean): void {
  const { run, start } = mapRun;
  if (run.exhausted || run.reading !== null) return;
  const wanted = start.batcher ? Math.max(BATCH_PAGE_ITEMS, start.batcher.MaxItemsPerBatch ?? 0) : PAGE_ITEMS;
  if (!batchIsOpen && run.nextItem - run.firstItem >= wanted) return;
  const left = mostItems(mapRun) - run.nextItem;
  if (left <= 0) {
    run.exhausted = true;
    return;
  }
  const request: ReadItemsRequest = { action: 'read', reader: start.reader as unknown as ItemReader, cursor: run.cursor, maxItems: Math.min(left, wanted) };
  run.reading = mapRun.call(ITEMS_ADDRESS, 'read', request);
}

/** A page has come. */
export function takePage({ records, run }: MapRun, { items, cursor, source }: ItemsPage): void {
  for (const value of items) records.set(`item:${run.nextItem++}`, { value, ...(source !== undefined && { source }) });
  run.cursor = cursor;
  run.exhausted = cursor === null;
}

export function itemAt({ records, run }: MapRun, offset: number): Item {
  return records.get(`item:${run.firstItem + offset}`) as unknown as Item;
}

/** Items given to a child are kept no longer. */
export function useItems({ records, run }: MapRun, count: number): void {
  for (let used = 0; used < count; used++) records.delete(`item:${run.firstItem++}`);
}

function mostItems({ start }: MapRun): number {
  const maxItems = (start.reader?.ReaderConfig['MaxItems'] as number | undefined) ?? 0;
  return maxItems > 0 ? Math.min(maxItems, MOST_ITEMS) : MOST_ITEMS;
}
