import type { Address, Caller, Effect, EpochMs, Json, JsonObject, RecordMap } from '@interstate/kernel';
import type { BatchItem } from './partial-failure.ts';
import type { ReadPosition, SourceRecord } from './record-source.ts';
import type { BatchWindow, LaneWindow } from './tumbling-window.ts';

/*
 * Records, beside those of the machine that reads:
 *   stream                   what is going on: StreamState
 *   shard:<id>               how far a shard is read: ShardState
 *   held:<lane>:<n>          a record that waits for its batch
 *   batch:<n>                a batch: in work, or waiting for its turn or another attempt
 *
 * A shard is read in order. Its records go to lanes by their keys; a lane has one batch in work, so that records of a key stay in order.
 */

export interface StreamOptions {
  readonly address: Address;
  /** Goes along with every request: topic, queue, consumer group. */
  readonly channel: JsonObject;
  /** In whose name the source is asked. */
  readonly caller: Caller;
  /** Of shards that are there when reading begins; later ones are read whole. */
  readonly startingPosition: ReadPosition;
  /** 1 to 10,000. */
  readonly batchSize: number;
  /** How long a batch is gathered, counted from its first record; 0 takes what is there. */
  readonly windowMs: number;
  /** Batches are cut where their records would take more than this. */
  readonly maximumBytes: number;
  /** How many batches of all shards are in work at once. Default: one per lane. */
  readonly maximumBatches?: number;
  /** Lanes of a shard: 1 to 10. */
  readonly parallelization: number;
  /** Null: no bound. */
  readonly maximumRetries: number | null;
  /** Records older than this are given up; null: no bound but the source's retention. */
  readonly maximumAgeMs: number | null;
  /** How long the source keeps records where it does not say; null: for ever. */
  readonly retentionMs: number | null;
  /** A batch that failed is halved. */
  readonly bisects: boolean;
  /** The source is told what is dealt with. */
  readonly commits: boolean;
  /** Batches keep to windows of this length, by the arrival of their records, and hand a state on within one. Default: there are none. */
  readonly tumblingWindowMs?: number;
  /** A record as stages get it. */
  readonly event: (record: SourceRecord, shardId: string) => JsonObject;
  /** Records that do not match are passed over. Default: all do. */
  readonly matches?: (event: JsonObject) => boolean;
}

/** A record of a batch. Its `alias` is the event's id, its `group` the lane. */
export interface StreamItem extends BatchItem {
  readonly alias: string;
  readonly group: string;
  readonly arrivedAt: EpochMs;
  /** Of the event, as JSON. */
  readonly bytes: number;
}

/** Why records were given up. */
export type GiveUpCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What a step of the reader may draw on. */
export interface StreamContext {
  readonly now: EpochMs;
  readonly records: RecordMap;
  readonly effects: Effect[];
  /** Puts a batch to work: {@link finishStreamBatch} must follow, now or later. */
  readonly dispatch: (batch: number, records: readonly JsonObject[]) => void;
  /** Told how many records the source has brought. */
  readonly polled?: (count: number) => void;
  /** Told of a record that a filter has kept back. */
  readonly filtered: (item: StreamItem) => void;
  /** Told of records that will not be tried again. @param attempts made with them */
  readonly givenUp: (items: readonly StreamItem[], shardId: string, condition: GiveUpCondition, attempts: number) => void;
}

export interface StreamState {
  readonly reading: boolean;
  readonly calls: number;
  /** Number of the ListShards that stands; 0: none. */
  readonly listing: number;
  /** Nothing new was listed, or it failed: not before. */
  readonly listAt: EpochMs | null;
  readonly listFailures: number;
  readonly hasListed: boolean;
  readonly retentionMs: number | null;
  readonly shardIds: readonly string[];
  /** Number of the last batch made. */
  readonly made: number;
  /** How many batches are in work. */
  readonly inWork: number;
  readonly problem: string | null;
}

export interface Lane {
  /** Numbers of the held records: from the first, up to the next. */
  readonly first: number;
  readonly next: number;
  readonly windowEnds: EpochMs | null;
  /** Numbers of batches, in their order: the first is in work or waits for another attempt. */
  readonly batches: readonly number[];
  /** The tumbling window that is going on. */
  readonly window: LaneWindow | null;
}

export interface ShardState {
  readonly id: string;
  readonly parents: readonly string[];
  readonly position: ReadPosition;
  /** Number of the GetRecords that stands; 0: none. */
  readonly receiving: number;
  /** How many records that asks for, and since when. */
  readonly asked: number;
  readonly askedAt: EpochMs;
  /** The last read brought all it asked for: there may be more. */
  readonly behind: boolean;
  readonly readAt: EpochMs | null;
  readonly failures: number;
  readonly closed: boolean;
  /** Closed, and all its records are dealt with. */
  readonly done: boolean;
  readonly lanes: readonly Lane[];
}

export interface BatchRecord {
  readonly shard: string;
  readonly lane: number;
  readonly items: readonly StreamItem[];
  readonly records: readonly JsonObject[];
  /** Attempts that failed. */
  readonly failures: number;
  readonly inWork: boolean;
  readonly dueAt: EpochMs;
  readonly window?: BatchWindow;
}

const STREAM = 'stream';

const NEW: StreamState = { reading: false, calls: 0, listing: 0, listAt: null, listFailures: 0, hasListed: false, retentionMs: null, shardIds: [], made: 0, inWork: 0, problem: null };

export function streamState({ records }: Pick<StreamContext, 'records'>): StreamState {
  return (records.get(STREAM) as unknown as StreamState | undefined) ?? NEW;
}

export function updateStream(context: StreamContext, changes: Partial<StreamState>): StreamState {
  const state = { ...streamState(context), ...changes };
  context.records.set(STREAM, state as unknown as Json);
  return state;
}

export function shardState({ records }: StreamContext, id: string): ShardState | undefined {
  return records.get(`shard:${id}`) as unknown as ShardState | undefined;
}

export function updateShard(context: StreamContext, shard: ShardState, changes: Partial<ShardState>): ShardState {
  const changed = { ...shard, ...changes };
  context.records.set(`shard:${shard.id}`, changed as unknown as Json);
  return changed;
}

export function updateLane(context: StreamContext, shard: ShardState, index: number, changes: Partial<Lane>): ShardState {
  return updateShard(context, shard, { lanes: shard.lanes.map((lane, at) => (at === index ? { ...lane, ...changes } : lane)) });
}

export function batchRecord({ records }: Pick<StreamContext, 'records'>, batch: number): BatchRecord | undefined {
  return records.get(`batch:${batch}`) as unknown as BatchRecord | undefined;
}

export function shards(context: StreamContext): ShardState[] {
  return streamState(context).shardIds.map((id) => shardState(context, id)!);
}

export function laneName(shardId: string, lane: number): string {
  return `${shardId}#${lane}`;
}

export function isEmpty({ lanes }: ShardState): boolean {
  return lanes.every(({ first, next, batches, window }) => first === next && batches.length === 0 && window === null);
}

export function emptyLanes({ parallelization }: StreamOptions): readonly Lane[] {
  return Array.from({ length: parallelization }, () => ({ first: 1, next: 1, windowEnds: null, batches: [], window: null }));
}

/** Forgets how far the source was read, and what is held. Call after {@link stopReading}. */
export function forgetReading(context: Pick<StreamContext, 'records'>): void {
  const { records } = context;
  const { calls, made } = streamState(context);
  for (const prefix of ['shard:', 'held:', 'batch:']) for (const [key] of [...records.entries(prefix)]) records.delete(key);
  records.set(STREAM, { ...NEW, calls, made } as unknown as Json);
}
