import { jsonBytes, type Json } from '@interstate/kernel';
import type { MapRunStart } from '@interstate/core';

/** Bytes a child's input may have, and a batch where ItemBatcher does not say. */
export const MOST_INPUT_BYTES = 262_144;

/** The input of the next child, and how many items are in it. */
export interface Batch {
  readonly input: Json;
  readonly items: number;
}

/**
 * The next child's input: one item, or as many as ItemBatcher lets into a batch (one at least). Undefined where more items
 * might fit, and are still to come.
 * @param available items at hand; at least 1
 */
export function nextBatch({ batcher }: MapRunStart, available: number, exhausted: boolean, select: (offset: number) => Json): Batch | undefined {
  if (!batcher) return { input: select(0), items: 1 };
  const most = batcher.MaxItemsPerBatch ?? Infinity;
  if (!exhausted && available < most && most !== Infinity) return undefined;
  const bytes = batcher.MaxInputBytesPerBatch ?? MOST_INPUT_BYTES;
  const head = batcher.BatchInput === undefined ? {} : { BatchInput: batcher.BatchInput };
  let size = jsonBytes({ ...head, Items: [] });
  const Items: Json[] = [];
  while (Items.length < most) {
    if (Items.length === available) {
      if (!exhausted) return undefined;
      break;
    }
    const item = select(Items.length);
    size += jsonBytes(item) + (Items.length > 0 ? 1 : 0);
    if (Items.length > 0 && size > bytes) break;
    Items.push(item);
  }
  return { input: { ...head, Items }, items: Items.length };
}
