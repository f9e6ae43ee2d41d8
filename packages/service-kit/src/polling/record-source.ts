import type { EpochMs, JsonObject } from '@interstate/kernel';
import type { StructureShape } from '../request-validation.ts';

/*
 * What is asked at the address of a source of records (a stream, a topic, a broker's queue), as an ApiRequest with the members of
 * `channel` in its input:
 *   ListShards  { KnownShardIds }                        → ShardList; may wait until there is a shard that is not known
 *   GetRecords  RecordsRequest                           → RecordPage; may wait until there is a record
 *   Commit      { ShardId, SequenceNumber }              → anything: up to here all is dealt with
 */

/** Part of a source whose records are in order: a shard, a partition, a queue. */
export interface SourceShard {
  readonly ShardId: string;
  /** Their records come first. */
  readonly ParentShardIds?: readonly string[];
}

export interface ShardList {
  readonly Shards: readonly SourceShard[];
  /** How long records are kept. Absent: what the kind of source says. */
  readonly RetentionSeconds?: number;
}

/** A record of a source. */
export interface SourceRecord {
  /** Grows within a shard, as text: an offset, a sequence number. */
  readonly SequenceNumber: string;
  /** When it came: milliseconds since 1970. */
  readonly Timestamp: EpochMs;
  /** Base64. */
  readonly Data?: string;
  /** Partition key of a stream, key of a topic (Base64 there). */
  readonly Key?: string;
  /** Further members of the event, in the words of its service: `dynamodb`, `headers`, `properties`. */
  readonly Attributes?: JsonObject;
}

/** Where reading begins: after a record, or where the shard is as old, as new or as late as said. */
export type ReadPosition = { readonly AfterSequenceNumber: string } | { readonly StartingPosition: 'TRIM_HORIZON' | 'LATEST' } | { readonly StartingPosition: 'AT_TIMESTAMP'; readonly Timestamp: EpochMs };

export type RecordsRequest = ReadPosition & { readonly ShardId: string; readonly Limit: number };

export interface RecordPage {
  readonly Records: readonly SourceRecord[];
  /** Where to read on. Default: after the last record. */
  readonly AfterSequenceNumber?: string;
  /** Nothing will come after these. */
  readonly Closed?: boolean;
}

const TEXT = { type: 'string' } as const;
const needed = { ...TEXT, required: true } as const;
const structure = (members: StructureShape['members']): StructureShape => ({ type: 'structure', members });

/** What sources may answer, whoever they are. */
export const SHARD_LIST = structure({ Shards: { type: 'list', required: true, member: structure({ ShardId: needed, ParentShardIds: { type: 'list', member: TEXT } }) }, RetentionSeconds: { type: 'number', min: 0 } });
export const RECORD_PAGE = structure({
  Records: { type: 'list', required: true, member: structure({ SequenceNumber: needed, Timestamp: { type: 'number', required: true }, Data: TEXT, Key: TEXT, Attributes: { type: 'map', value: { type: 'json' } } }) },
  AfterSequenceNumber: TEXT,
  Closed: { type: 'boolean' },
});
