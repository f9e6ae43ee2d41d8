import { formatTimestamp, type JsonObject } from '@interstate/kernel';
import type { StreamItem } from './stream-state.ts';

/** Where a batch lies in its stream, as destinations are told of it: not what is in it. */
export function streamBatchInfo(streamArn: string, shardId: string, items: readonly StreamItem[]): JsonObject {
  const [first, last] = [items[0]!, items.at(-1)!];
  return {
    shardId,
    startSequenceNumber: first.id,
    endSequenceNumber: last.id,
    approximateArrivalOfFirstRecord: formatTimestamp(first.arrivedAt),
    approximateArrivalOfLastRecord: formatTimestamp(last.arrivedAt),
    batchSize: items.length,
    streamArn,
  };
}
