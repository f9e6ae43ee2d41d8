import { polledQueue, streamTypesOf, type SourceChannel, type StreamType } from '@interstate/service-kit';
import type { MappingSettings } from './mapping-record.ts';

/** What a mapping reads. */
export type SourceType = 'sqs' | StreamType;

const STREAMS = ['kinesis', 'dynamodb'] as const;
const KAFKA = ['managedKafka', 'selfManagedKafka'] as const;
const BROKERS = ['activeMq', 'rabbitMq'] as const;
const ALL = ['sqs', ...STREAMS, ...KAFKA, ...BROKERS] as const;

/** Which sources take a setting. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
export const TAKEN_BY: Readonly<Record<keyof MappingSettings, readonly SourceType[]>> = {
  BatchSize: ALL,
  MaximumBatchingWindowInSeconds: ALL,
  FilterCriteria: ALL,
  FunctionResponseTypes: ['sqs', ...STREAMS, ...KAFKA],
  ScalingConfig: ['sqs'],
  ProvisionedPollerConfig: ['sqs', ...KAFKA],
  MetricsConfig: ['sqs', ...STREAMS, ...KAFKA],
  StartingPosition: [...STREAMS, ...KAFKA],
  StartingPositionTimestamp: ['kinesis', ...KAFKA],
  ParallelizationFactor: STREAMS,
  TumblingWindowInSeconds: STREAMS,
  MaximumRecordAgeInSeconds: [...STREAMS, ...KAFKA],
  MaximumRetryAttempts: [...STREAMS, ...KAFKA],
  BisectBatchOnFunctionError: [...STREAMS, ...KAFKA],
  DestinationConfig: [...STREAMS, ...KAFKA],
  Topics: KAFKA,
  Queues: BROKERS,
  SourceAccessConfigurations: [...KAFKA, ...BROKERS],
  SelfManagedEventSource: ['selfManagedKafka'],
  AmazonManagedKafkaEventSourceConfig: ['managedKafka'],
  SelfManagedKafkaEventSourceConfig: ['selfManagedKafka'],
};

/** What a setting is where nothing is said. */
export function defaultSettings(type: SourceType): MappingSettings {
  const isStream = STREAMS.some((stream) => stream === type);
  const isKafka = KAFKA.some((kafka) => kafka === type);
  return {
    BatchSize: type === 'sqs' ? 10 : 100,
    // Where this is not given, brokers and clusters gather for half a second.
    ...((type === 'sqs' || isStream) && { MaximumBatchingWindowInSeconds: 0 }),
    ...(TAKEN_BY.FunctionResponseTypes.includes(type) && { FunctionResponseTypes: [] }),
    ...((isStream || isKafka) && { MaximumRecordAgeInSeconds: -1, MaximumRetryAttempts: -1, BisectBatchOnFunctionError: false, DestinationConfig: { OnFailure: {} } }),
    ...(isStream && { ParallelizationFactor: 1, TumblingWindowInSeconds: 0 }),
  };
}

/** What a source is, by its ARN or the endpoints of a Kafka cluster of one's own, and its address; undefined where Lambda reads no such thing. */
export function sourceOf(arn: string | undefined, { SelfManagedEventSource, SourceAccessConfigurations = [] }: MappingSettings): { readonly type: SourceType; readonly source: string } | undefined {
  const source = arn ?? `smk://${SelfManagedEventSource?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS?.[0] ?? ''}`;
  if (polledQueue(source)) return { type: 'sqs', source };
  const types = streamTypesOf(source);
  const isRabbit = SourceAccessConfigurations.some(({ Type }) => Type === 'VIRTUAL_HOST');
  const type = types.includes('rabbitMq') && isRabbit ? 'rabbitMq' : types[0];
  return type && { type, source };
}

/** The topic or queue that is read. @param uuid of the mapping: its consumer group, where none is named */
export function channelOf(type: SourceType, settings: MappingSettings, uuid: string): SourceChannel {
  const { Topics, Queues, SourceAccessConfigurations = [], AmazonManagedKafkaEventSourceConfig: managed, SelfManagedKafkaEventSourceConfig: selfManaged } = settings;
  if (Topics) return { TopicName: Topics[0]!, ConsumerGroupID: (managed ?? selfManaged)?.ConsumerGroupId ?? uuid };
  if (!Queues) return {};
  const host = SourceAccessConfigurations.find(({ Type }) => Type === 'VIRTUAL_HOST')?.URI;
  return { QueueName: Queues[0]!, ...(type === 'rabbitMq' && host !== undefined && { VirtualHost: host }) };
}
