import type { Caller, JsonObject, Outcome } from '@interstate/kernel';
import {
  awaitsShards,
  batchItems,
  finishBatch,
  finishStreamBatch,
  forgetReading,
  openBatches,
  openStreamBatches,
  pollAnswered,
  polledQueue,
  pollProblem,
  pollTimer,
  startPolling,
  startReading,
  stopPolling,
  stopReading,
  streamAnswered,
  streamBatch,
  streamProblem,
  streamTimer,
  type BatchItem,
  type PollContext,
  type PolledItem,
  type PollerOptions,
  type StreamContext,
  type StreamItem,
  type StreamOptions,
} from '@interstate/service-kit';
import type { PipeConfiguration } from '../pipe-record.ts';
import { positionOf, streamKind } from './source-kind.ts';

/** Bytes of a batch at most: what a function takes. */
const BATCH_BYTES = 6_291_456;
const HOUR_MS = 3_600_000;

/** A record of a batch, whatever its source. */
export interface SourceItem extends BatchItem {
  /** Names it in the journal. */
  readonly name: string;
  /** This one included. */
  readonly attempt: number;
}

/** What a pipe needs of its source, whichever it is. */
export interface PipeSource {
  start(): void;
  /** Batches in work go on. */
  stop(): void;
  /** False: the call was none of the source's. */
  answered(callId: string, outcome: Outcome): boolean;
  timer(key: string): boolean;
  /** The records of a batch in work; undefined where there is none. */
  items(batch: number): readonly SourceItem[] | undefined;
  /** @param failed places in the batch. @param settle told of those that come again, before anything follows of it */
  finish(batch: number, failed: ReadonlySet<number>, settle: (again: ReadonlySet<number>) => void): void;
  /** Another pipe begins anew. */
  forget(): void;
  /** How many batches are in work. */
  open(): number;
  /** It is not known yet whether the source is there. */
  awaited(): boolean;
  /** Why it could not be asked the last time. `fatal`: it never could. */
  problem(): { readonly reason: string; readonly fatal: boolean } | undefined;
}

interface SourceContext extends Omit<PollContext, 'filtered'>, Omit<StreamContext, 'filtered'> {
  readonly filtered: (item: SourceItem) => void;
}

/** The source of a pipe. */
export function pipeSource(context: SourceContext, configuration: PipeConfiguration, caller: Caller, matches: PollerOptions['matches']): PipeSource {
  return configuration.sourceBlock === 'SqsQueueParameters' ? queueSource(context, configuration, caller, matches) : streamSource(context, configuration, caller, matches);
}

function queueSource(given: SourceContext, { source, batchSize, windowSeconds }: PipeConfiguration, caller: Caller, matches: PollerOptions['matches']): PipeSource {
  const itemOf = (item: PolledItem): SourceItem => ({ ...item, name: item.id, attempt: item.receiveCount });
  const context: PollContext = { now: given.now, records: given.records, effects: given.effects, dispatch: given.dispatch, filtered: (item) => given.filtered(itemOf(item)) };
  const options: PollerOptions = { queue: polledQueue(source)!, caller, batchSize, windowMs: windowSeconds * 1000, maximumBytes: BATCH_BYTES, ...(matches && { matches }) };
  const { records } = context;
  return {
    start: () => startPolling(context, options),
    stop: () => stopPolling(context, options),
    answered: (callId, outcome) => pollAnswered(context, options, callId, outcome),
    timer: (key) => pollTimer(context, options, key),
    items: (batch) => batchItems(records, batch)?.map(itemOf),
    finish(batch, failed, settle) {
      settle(failed);
      finishBatch(context, options, batch, failed);
    },
    forget() {},
    open: () => openBatches(records),
    awaited: () => false,
    problem() {
      const reason = pollProblem(records);
      return reason === undefined ? undefined : { reason, fatal: false };
    },
  };
}

function streamSource(given: SourceContext, configuration: PipeConfiguration, caller: Caller, matches: StreamOptions['matches']): PipeSource {
  const itemOf = (item: StreamItem, failures = 0): SourceItem => ({ ...item, name: item.alias, attempt: failures + 1 });
  const { now, records, effects, dispatch, givenUp } = given;
  const context: StreamContext = { now, records, effects, dispatch, givenUp, filtered: (item) => given.filtered(itemOf(item)) };
  const options = streamOptions(configuration, caller, matches);
  return {
    start: () => startReading(context, options),
    stop: () => stopReading(context, options),
    answered: (callId, outcome) => streamAnswered(context, options, callId, outcome),
    timer: (key) => streamTimer(context, options, key),
    items(batch) {
      const found = streamBatch(records, batch);
      return found?.items.map((item) => itemOf(item, found.failures));
    },
    finish: (batch, failed, settle) => finishStreamBatch(context, options, batch, failed, settle),
    forget: () => forgetReading(context),
    open: () => openStreamBatches(records),
    awaited: () => awaitsShards(records),
    problem: () => streamProblem(records),
  };
}

function streamOptions({ source, sourceBlock, sourceParameters: parameters, roleArn, batchSize, windowSeconds }: PipeConfiguration, caller: Caller, matches: StreamOptions['matches']): StreamOptions {
  const kind = streamKind(sourceBlock)!;
  const { ParallelizationFactor = 1, MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = -1, OnPartialBatchItemFailure } = parameters as { ParallelizationFactor?: number; MaximumRetryAttempts?: number; MaximumRecordAgeInSeconds?: number } & JsonObject;
  return {
    address: source,
    channel: kind.channel(parameters),
    caller,
    startingPosition: positionOf(parameters),
    batchSize,
    windowMs: windowSeconds * 1000,
    maximumBytes: BATCH_BYTES,
    parallelization: ParallelizationFactor,
    maximumRetries: MaximumRetryAttempts < 0 ? null : MaximumRetryAttempts,
    maximumAgeMs: MaximumRecordAgeInSeconds < 0 ? null : MaximumRecordAgeInSeconds * 1000,
    retentionMs: kind.retentionHours === null ? null : kind.retentionHours * HOUR_MS,
    bisects: OnPartialBatchItemFailure === 'AUTOMATIC_BISECT',
    commits: kind.commits,
    event: (record, shardId) => kind.event(record, shardId, { source, roleArn, parameters }),
    ...(matches && { matches }),
  };
}
