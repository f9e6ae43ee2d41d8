import { jsonBytes, type Json } from '@interstate/kernel';
import type { MapRunStart } from '@interstate/core';

const DEFAULT_BATCH_BYTES = 262_144;

/** The next child's input: one item, or as many as ItemBatcher lets into a batch (one at least). */
export function nextBatch(start: MapRunStart, pending: readonly unknown[], select: (offset: number) => Json): { input: Json; items: number } {
  const { batcher } = start;
  if (!batcher) return { input: select(0), items: 1 };
  const most = batcher.MaxItemsPerBatch ?? Infinity;
  const bytes = batcher.MaxInputBytesPerBatch ?? DEFAULT_BATCH_BYTES;
  const head = batcher.BatchInput === undefined ? {} : { BatchInput: batcher.BatchInput };
  let size = jsonBytes({ ...head, Items: [] });
  const Items: Json[] = [];
  for (let offset = 0; offset < pending.length && Items.length < most; offset++) {
    const item = select(offset);
    size += jsonBytes(item) + 1;
    if (Items.length > 0 && size > bytes) break;
    Items.push(item);
  }
  return { input: { ...head, Items }, items: Items.length };
}
