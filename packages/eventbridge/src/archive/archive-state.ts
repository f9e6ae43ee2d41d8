import type { EpochMs, Json, JsonObject } from '@interstate/kernel';
import { SealedRecordMap } from '@interstate/service-kit';

/*
 * Records of an archive, by key:
 *   root            how many events were taken, how many are kept, and their bytes
 *   archive         what DescribeArchive tells; gone where the archive is deleted
 *   event:<number>  an event, sealed where the archive has a key      replay:<name>  a replay under way
 */

export interface ArchiveRecord {
  readonly name: string;
  readonly arn: string;
  readonly busArn: string;
  readonly creationTime: EpochMs;
  /** 0: for ever. */
  readonly retentionDays: number;
  readonly pattern?: string;
  readonly description?: string;
  readonly kmsKey?: string;
}

export interface EventRecord {
  readonly event: JsonObject;
  /** The event's own time. */
  readonly time: EpochMs;
  readonly archivedAt: EpochMs;
  readonly bytes: number;
}

/** Where a replay stands: the last event it has sent, by time and number. */
export interface ReplayCursor {
  readonly name: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly busArn: string;
  readonly filterArns?: readonly string[];
  readonly time: EpochMs;
  readonly number: number;
}

export interface ArchivedAt {
  readonly time: EpochMs;
  readonly number: number;
}

export interface ArchiveState {
  readonly records: SealedRecordMap;
  taken: number;
  kept: number;
  bytes: number;
  /** The events by time, then number. */
  readonly byTime: ArchivedAt[];
}

export function loadArchive(saved: ReadonlyMap<string, Json>): ArchiveState {
  const [taken, kept, bytes] = (saved.get('root') as readonly number[] | undefined) ?? [0, 0, 0];
  const byTime: ArchivedAt[] = [];
  for (const [key, value] of saved) if (key.startsWith('event:')) byTime.push({ time: (value as unknown as EventRecord).time, number: Number(key.slice('event:'.length)) });
  byTime.sort((a, b) => a.time - b.time || a.number - b.number);
  return { records: new SealedRecordMap(saved, { 'event:': ['time', 'archivedAt', 'bytes'] }), taken: taken!, kept: kept!, bytes: bytes!, byTime };
}

export function writeRoot({ records, taken, kept, bytes }: ArchiveState): void {
  records.set('root', [taken, kept, bytes]);
}

/** Where in the order of time an event of this time and number stands, or would. */
export function placeOf({ byTime }: ArchiveState, time: EpochMs, number: number): number {
  let low = 0;
  let high = byTime.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { time: other, number: otherNumber } = byTime[middle]!;
    if (other < time || (other === time && otherNumber < number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
