import { recordFilter } from '@interstate/event-patterns';
import type { Caller } from '@interstate/kernel';
import { polledQueue, provisionedScaling, queueSource, readPosition, scalingTo, STREAM_KINDS, streamSource, type BatchSource, type PollerOptions, type Scaling, type SourceContext, type StreamOptions, type StreamType } from '@interstate/service-kit';
import { bootstrapServers } from './function-event.ts';
import type { MappingConfiguration, MappingSettings } from './mapping-record.ts';
import { channelOf } from './source-type.ts';

/** Most a function takes at once. */
const PAYLOAD_BYTES = 6_291_456;
/** What stands around the records of an event. */
const ENVELOPE_BYTES = 1_000;
const STATE_BYTES = 1_048_576;
const HOUR_MS = 3_600_000;
/** How long brokers and clusters gather where nothing is said. */
const USUAL_WINDOW_MS = 500;
/** A topic's batch is not tried for ever where a destination waits for it. */
const KAFKA_RETRIES = 10;

export type Matches = PollerOptions['matches'];

/** Undefined where every record is wanted. The directory has read the patterns: they are good. */
export function matcherOf({ FilterCriteria }: MappingSettings): Matches {
  const filter = FilterCriteria && recordFilter(FilterCriteria.Filters.map(({ Pattern }) => Pattern));
  return filter?.type === 'filter' ? filter.matches : undefined;
}

/** The source of a mapping. */
export function mappingSource(context: SourceContext, configuration: MappingConfiguration, caller: Caller, matches: Matches): BatchSource {
  const { type, source, settings } = configuration;
  const { BatchSize, MaximumBatchingWindowInSeconds, TumblingWindowInSeconds = 0 } = settings;
  const isGathered = type === 'sqs' || type === 'kinesis' || type === 'dynamodb';
  const options = {
    caller,
    batchSize: BatchSize!,
    windowMs: MaximumBatchingWindowInSeconds === undefined ? (isGathered ? 0 : USUAL_WINDOW_MS) : MaximumBatchingWindowInSeconds * 1000,
    maximumBytes: PAYLOAD_BYTES - ENVELOPE_BYTES - (TumblingWindowInSeconds > 0 ? STATE_BYTES : 0),
    ...(matches && { matches }),
  };
  if (type === 'sqs') return queueSource(context, { ...options, queue: polledQueue(source)!, ...scalingOf(settings) });
  return streamSource(context, { ...options, ...streamOptions(configuration, type) });
}

function scalingOf({ ScalingConfig, ProvisionedPollerConfig: pollers }: MappingSettings): { readonly scaling?: Scaling } {
  if (pollers) return { scaling: provisionedScaling(pollers.MinimumPollers!, pollers.MaximumPollers!) };
  return ScalingConfig?.MaximumConcurrency === undefined ? {} : { scaling: scalingTo(ScalingConfig.MaximumConcurrency) };
}

function streamOptions({ arn, uuid, source, targetArn, settings }: MappingConfiguration, type: StreamType): Omit<StreamOptions, 'caller' | 'batchSize' | 'windowMs' | 'maximumBytes' | 'matches'> {
  const { StartingPosition = 'TRIM_HORIZON', StartingPositionTimestamp, ParallelizationFactor = 1, TumblingWindowInSeconds = 0, MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = -1, BisectBatchOnFunctionError = false, DestinationConfig, ProvisionedPollerConfig: { MaximumPollers } = {} } = settings;
  const { retentionHours, commits, event } = STREAM_KINDS[type];
  const channel = channelOf(type, settings, uuid);
  const place = { source, roleArn: roleOf(arn, targetArn), channel, bootstrapServers: bootstrapServers(settings).slice(1) };
  const isBounded = type.endsWith('Kafka') && DestinationConfig?.OnFailure?.Destination !== undefined;
  return {
    address: source,
    channel,
    startingPosition: readPosition(StartingPosition, StartingPositionTimestamp),
    parallelization: ParallelizationFactor,
    // A poller works on a batch of one partition at a time.
    ...(MaximumPollers !== undefined && { maximumBatches: MaximumPollers }),
    maximumRetries: MaximumRetryAttempts >= 0 ? MaximumRetryAttempts : isBounded ? KAFKA_RETRIES : null,
    maximumAgeMs: MaximumRecordAgeInSeconds < 0 ? null : MaximumRecordAgeInSeconds * 1000,
    retentionMs: retentionHours === null ? null : retentionHours * HOUR_MS,
    bisects: BisectBatchOnFunctionError,
    commits,
    ...(TumblingWindowInSeconds > 0 && { tumblingWindowMs: TumblingWindowInSeconds * 1000 }),
    event: (record, shardId) => event(record, shardId, place),
  };
}

/** Functions have no role here: one named after the function stands for it. */
function roleOf(arn: string, functionArn: string): string {
  return `arn:aws:iam::${arn.split(':')[4]!}:role/${functionArn.split(':')[6]!}`;
}
