import type { Caller, EpochMs, JsonObject } from '@interstate/kernel';
import { polledQueue, queueSource, readPosition, STREAM_KINDS, streamSource, type BatchSource, type PollerOptions, type SourceChannel, type SourceContext, type StreamOptions } from '@interstate/service-kit';
import type { PipeConfiguration } from '../pipe-record.ts';
import { sourceKind } from './source-kind.ts';

/** Bytes of a batch at most: what a function takes. */
const BATCH_BYTES = 6_291_456;
const HOUR_MS = 3_600_000;

/** The source of a pipe. */
export function pipeSource(context: SourceContext, configuration: PipeConfiguration, caller: Caller, matches: PollerOptions['matches']): BatchSource {
  const { source, sourceBlock, batchSize, windowSeconds } = configuration;
  if (sourceBlock !== 'SqsQueueParameters') return streamSource(context, streamOptions(configuration, caller, matches));
  return queueSource(context, { queue: polledQueue(source)!, caller, batchSize, windowMs: windowSeconds * 1000, maximumBytes: BATCH_BYTES, ...(matches && { matches }) });
}

function streamOptions({ source, sourceBlock, sourceParameters: parameters, roleArn, batchSize, windowSeconds }: PipeConfiguration, caller: Caller, matches: StreamOptions['matches']): StreamOptions {
  const kind = STREAM_KINDS[sourceKind(sourceBlock)!.type];
  const { ParallelizationFactor = 1, MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = -1 } = parameters as { readonly [name: string]: number };
  const { StartingPosition = 'TRIM_HORIZON', StartingPositionTimestamp, OnPartialBatchItemFailure, AdditionalBootstrapServers = [] } = parameters as { StartingPosition?: string; StartingPositionTimestamp?: EpochMs; OnPartialBatchItemFailure?: string; AdditionalBootstrapServers?: readonly string[] };
  const channel = channelOf(parameters);
  const place = { source, roleArn, channel, bootstrapServers: AdditionalBootstrapServers };
  return {
    address: source,
    channel,
    caller,
    startingPosition: readPosition(StartingPosition, StartingPositionTimestamp),
    batchSize,
    windowMs: windowSeconds * 1000,
    maximumBytes: BATCH_BYTES,
    parallelization: ParallelizationFactor,
    maximumRetries: MaximumRetryAttempts < 0 ? null : MaximumRetryAttempts,
    maximumAgeMs: MaximumRecordAgeInSeconds < 0 ? null : MaximumRecordAgeInSeconds * 1000,
    retentionMs: kind.retentionHours === null ? null : kind.retentionHours * HOUR_MS,
    bisects: OnPartialBatchItemFailure === 'AUTOMATIC_BISECT',
    commits: kind.commits,
    event: (record, shardId) => kind.event(record, shardId, place),
    ...(matches && { matches }),
  };
}

function channelOf(parameters: JsonObject): SourceChannel {
  return Object.fromEntries(CHANNEL.flatMap((name) => (parameters[name] === undefined ? [] : [[name, parameters[name]]])));
}

const CHANNEL = ['TopicName', 'ConsumerGroupID', 'QueueName', 'VirtualHost'] as const satisfies readonly (keyof SourceChannel)[];
