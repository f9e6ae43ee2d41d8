import type { EpochMs, Json, JsonObject } from '@interstate/kernel';
import { laneName, streamState, updateLane, updateStream, type BatchRecord, type ShardState, type StreamContext, type StreamItem, type StreamOptions } from './stream-state.ts';
import { newWindow, windowStart, type BatchWindow } from './tumbling-window.ts';

/** Between two reads that bring nothing; a source that waits for records is asked less often. */
export const EMPTY_READ_MS = 1_000;

/** A lane has the records of its next batch. */
export function isFull(context: StreamContext, options: StreamOptions, shard: ShardState, index: number): boolean {
  const { first, next, windowEnds, window } = shard.lanes[index]!;
  if (window?.isTooLarge || isOver(context, options, shard, index)) return true;
  return next > first && (next - first >= options.batchSize || shard.closed || (windowEnds !== null && windowEnds <= context.now));
}

/** When the tumbling window of a lane ends; undefined where there is none. */
export function laneWindowEnds(context: StreamContext, { tumblingWindowMs }: StreamOptions, { id, lanes }: ShardState, index: number): EpochMs | undefined {
  const { first, next, window } = lanes[index]!;
  if (tumblingWindowMs === undefined || (!window && first === next)) return undefined;
  return (window?.startsAt ?? windowStart(heldRecord(context, id, index, first).item.arrivedAt, tumblingWindowMs)) + tumblingWindowMs;
}

/** When a tumbling window gets no record more: when it has ended, and all is read, or a read has stood in vain for a while. */
export function closesAt({ behind, receiving, askedAt }: ShardState, endsAt: EpochMs): EpochMs {
  if (!behind) return endsAt;
  return receiving > 0 ? Math.max(endsAt, askedAt + EMPTY_READ_MS) : Infinity;
}

/** The tumbling window of a lane will get no record more. */
function isOver(context: StreamContext, options: StreamOptions, shard: ShardState, index: number): boolean {
  const endsAt = laneWindowEnds(context, options, shard, index);
  if (endsAt === undefined) return false;
  const { first, next } = shard.lanes[index]!;
  return shard.closed || closesAt(shard, endsAt) <= context.now || (next > first && heldRecord(context, shard.id, index, next - 1).item.arrivedAt >= endsAt);
}

interface HeldRecord {
  readonly item: StreamItem;
  readonly event: JsonObject;
}

function heldKey(id: string, lane: number, number: number): string {
  return `held:${laneName(id, lane)}:${number}`;
}

function heldRecord({ records }: StreamContext, id: string, lane: number, number: number): HeldRecord {
  return records.get(heldKey(id, lane, number)) as unknown as HeldRecord;
}

/** Puts a record aside until its batch is made. */
export function holdRecord({ records }: StreamContext, id: string, lane: number, number: number, held: HeldRecord): void {
  records.set(heldKey(id, lane, number), held as unknown as Json);
}

/** Makes a batch of what a lane holds, as long as one takes it. */
export function makeBatch(context: StreamContext, options: StreamOptions, shard: ShardState, index: number): void {
  const { batchSize, maximumBytes, windowMs, tumblingWindowMs } = options;
  const { first, next, window } = shard.lanes[index]!;
  const endsAt = laneWindowEnds(context, options, shard, index) ?? Infinity;
  const isComplete = isOver(context, options, shard, index);
  const items: StreamItem[] = [];
  const records: JsonObject[] = [];
  let bytes = 0;
  for (let number = first; number < next && !window?.isTooLarge; number++) {
    const key = heldKey(shard.id, index, number);
    const { item, event } = heldRecord(context, shard.id, index, number);
    bytes += item.bytes;
    if (items.length === batchSize || item.arrivedAt >= endsAt || (items.length > 0 && bytes > maximumBytes)) break;
    items.push(item);
    records.push(event);
    context.records.delete(key);
  }
  const { made } = updateStream(context, { made: streamState(context).made + 1 });
  const left = first + items.length;
  const isLast = left === next ? isComplete : heldRecord(context, shard.id, index, left).item.arrivedAt >= endsAt;
  const ofBatch: BatchWindow | undefined = tumblingWindowMs === undefined ? undefined : { startsAt: endsAt - tumblingWindowMs, isFinal: isLast && !window?.isTooLarge, isTerminatedEarly: window?.isTooLarge ?? false };
  const batch: BatchRecord = { shard: shard.id, lane: index, items, records, failures: 0, inWork: false, dueAt: context.now, ...(ofBatch && { window: ofBatch }) };
  context.records.set(`batch:${made}`, batch as unknown as Json);
  updateLane(context, shard, index, { first: left, batches: [made], windowEnds: left < next ? context.now + windowMs : null, window: window ?? (ofBatch ? newWindow(ofBatch) : null) });
}
