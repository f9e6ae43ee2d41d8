import { MAX_RECORD_FILTERS, recordFilter } from '@interstate/event-patterns';
import { parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import type { MappingSettings } from './mapping-record.ts';
import { defaultSettings, TAKEN_BY, type SourceType } from './source-type.ts';

/** What one receive brings at most: more need a window to be gathered in. */
const RECEIVED_AT_ONCE = 10;
/** Most pollers where nothing is said. */
const USUAL_POLLERS = 200;
/** Settings of Lambda's that would do nothing here. */
const UNMODELLED = ['KMSKeyArn', 'DocumentDBEventSourceConfig', 'LoggingConfig'] as const;
const NAMES = Object.keys(TAKEN_BY) as readonly (keyof MappingSettings)[];

/**
 * Settings as a request changes them: what is not said stays. @param old undefined: the mapping is made
 * @throws ServiceFault InvalidParameterValueException
 */
export function readSettings(type: SourceType, source: string, input: JsonObject, old?: MappingSettings): MappingSettings {
  for (const name of UNMODELLED) if (input[name] !== undefined) throw invalid(`${name} is not modelled here.`);
  if (type === 'sqs' && input['StartingPosition'] !== undefined) throw invalid('StartingPosition is not valid for SQS event sources.');
  const given: Record<string, Json> = {};
  for (const name of NAMES) {
    if (input[name] === undefined) continue;
    if (!TAKEN_BY[name].includes(type)) throw invalid(`Unsupported ${name} parameter for given event source mapping type.`);
    given[name] = input[name];
  }
  const settings = tidied(type, { ...(old ?? defaultSettings(type)), ...(given as MappingSettings) });
  if (!old) checkSource(type, source, settings);
  if (type === 'sqs') checkQueue(source, settings);
  checkErrorHandling(settings);
  checkPollers(type, source, settings);
  const other = settings.MetricsConfig?.Metrics?.find((name) => name !== 'EventCount');
  if (other !== undefined) throw invalid(`MetricsConfig.Metrics can be EventCount here, not ${other}.`);
  return settings;
}

/** Without what says nothing. */
function tidied(type: SourceType, settings: MappingSettings): MappingSettings {
  const { FilterCriteria, ScalingConfig, ProvisionedPollerConfig, MetricsConfig, ...rest } = settings;
  const Filters = (FilterCriteria?.Filters ?? []).filter(({ Pattern }) => typeof Pattern === 'string' && Pattern !== '');
  if (Filters.length > MAX_RECORD_FILTERS) throw invalid(`A mapping can have at most ${MAX_RECORD_FILTERS} filters.`);
  const filter = recordFilter(Filters.map(({ Pattern }) => Pattern));
  if (filter.type === 'fault') throw invalid(filter.message);
  return {
    ...rest,
    ...(Filters.length > 0 && { FilterCriteria: { Filters } }),
    ...(ScalingConfig?.MaximumConcurrency !== undefined && { ScalingConfig }),
    ...(ProvisionedPollerConfig && Object.keys(ProvisionedPollerConfig).length > 0 && { ProvisionedPollerConfig: withBounds(ProvisionedPollerConfig, type === 'sqs' ? 2 : 1) }),
    ...(MetricsConfig?.Metrics?.length && { MetricsConfig }),
  };
}

/** One bound says what the other is where that is not said: 2 to 200 of queues, 1 to 200 of topics. */
function withBounds({ MinimumPollers, MaximumPollers }: NonNullable<MappingSettings['ProvisionedPollerConfig']>, least: number): NonNullable<MappingSettings['ProvisionedPollerConfig']> {
  const minimum = MinimumPollers ?? Math.min(least, MaximumPollers ?? least);
  return { MinimumPollers: minimum, MaximumPollers: MaximumPollers ?? Math.max(USUAL_POLLERS, minimum) };
}

function checkPollers(type: SourceType, source: string, { ProvisionedPollerConfig: pollers, ScalingConfig }: MappingSettings): void {
  if (!pollers) return;
  const { MinimumPollers = 0, MaximumPollers = 0 } = pollers;
  if (MinimumPollers > MaximumPollers) throw invalid(`MinimumPollers must be at most MaximumPollers, ${MaximumPollers}, not ${MinimumPollers}.`);
  if (type === 'sqs' && MinimumPollers < 2) throw invalid(`MinimumPollers of a queue must be from 2 to 200, not ${MinimumPollers}.`);
  if (ScalingConfig) throw invalid('ProvisionedPollerConfig and ScalingConfig exclude each other.');
  if (source.endsWith('.fifo')) throw invalid('ProvisionedPollerConfig is not supported for FIFO queues.');
}

function checkQueue(source: string, { BatchSize = RECEIVED_AT_ONCE, MaximumBatchingWindowInSeconds: windowSeconds = 0 }: MappingSettings): void {
  const isFifo = source.endsWith('.fifo');
  if (isFifo && BatchSize > RECEIVED_AT_ONCE) throw invalid(`BatchSize must be between 1 and ${RECEIVED_AT_ONCE} for FIFO queues.`);
  if (isFifo && windowSeconds > 0) throw invalid('Batching window is not supported for FIFO queues.');
  if (BatchSize > RECEIVED_AT_ONCE && windowSeconds === 0) throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
}

/** What must be known of a source to begin reading it. */
function checkSource(type: SourceType, source: string, { StartingPosition, StartingPositionTimestamp, Topics, Queues, SourceAccessConfigurations = [], AmazonManagedKafkaEventSourceConfig: managed, SelfManagedKafkaEventSourceConfig: selfManaged }: MappingSettings): void {
  if (TAKEN_BY.StartingPosition.includes(type) && StartingPosition === undefined) throw invalid("1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.");
  if (type === 'dynamodb' && StartingPosition === 'AT_TIMESTAMP') throw invalid(`Unsupported starting position for arn type: ${source}`);
  if ((StartingPosition === 'AT_TIMESTAMP') !== (StartingPositionTimestamp !== undefined)) throw invalid('StartingPositionTimestamp must be given with the StartingPosition AT_TIMESTAMP, and with no other.');
  if (TAKEN_BY.Topics.includes(type) && Topics?.length !== 1) throw invalid(`Topics must name one topic, not ${Topics?.length ?? 0}.`);
  if (TAKEN_BY.Queues.includes(type) && Queues?.length !== 1) throw invalid(`Queues must name one queue, not ${Queues?.length ?? 0}.`);
  if (type === 'selfManagedKafka' && SourceAccessConfigurations.length === 0) throw invalid("Required 'sourceAccessConfigurations' parameter is missing.");
  if (TAKEN_BY.Queues.includes(type) && !SourceAccessConfigurations.some(({ Type }) => Type === 'BASIC_AUTH')) throw invalid('SourceAccessConfigurations must have a BASIC_AUTH for a broker.');
  if ([managed, selfManaged].some((config) => config && 'SchemaRegistryConfig' in config)) throw invalid('SchemaRegistryConfig is not modelled here.');
}

function checkErrorHandling({ MaximumRecordAgeInSeconds: age = -1, ParallelizationFactor = 1, TumblingWindowInSeconds = 0, DestinationConfig = {} }: MappingSettings): void {
  if (age >= 0 && age < 60) throw invalid(`MaximumRecordAgeInSeconds must be -1 or from 60 to 604800, not ${age}.`);
  if (TumblingWindowInSeconds > 0 && ParallelizationFactor > 1) throw invalid(`TumblingWindowInSeconds goes with a ParallelizationFactor of 1, not ${ParallelizationFactor}.`);
  if ('OnSuccess' in DestinationConfig) throw invalid('Unsupported DestinationConfig parameter for given event source mapping type.');
  const { Destination: to = '' } = DestinationConfig.OnFailure ?? {};
  const service = parseArn(to)?.service;
  if (to !== '' && ((service !== 'sqs' && service !== 'sns') || to.endsWith('.fifo'))) throw invalid(`DestinationConfig.OnFailure.Destination must be the ARN of a standard SQS queue or SNS topic here, not ${to}.`);
}

function invalid(reason: string): ServiceFault {
  return new ServiceFault('InvalidParameterValueException', { reason });
}
