import { isJsonObject, parseArn, type EpochMs, type JsonObject } from '@interstate/kernel';
import type { ReadPosition, SourceRecord } from './record-source.ts';

/** A kind of source that has records in order. */
export type StreamType = 'kinesis' | 'dynamodb' | 'activeMq' | 'rabbitMq' | 'managedKafka' | 'selfManagedKafka';

/** Which topic or queue of a source is read, and for which consumer group: it goes along with every request. None of a stream. */
export type SourceChannel = { readonly [Name in 'TopicName' | 'ConsumerGroupID' | 'QueueName' | 'VirtualHost']?: string };

/** What is asked of a record to make the event of it. */
export interface StreamPlace {
  /** An ARN, or `smk://host:port` of a Kafka cluster of one's own. */
  readonly source: string;
  /** In whose name it is read. */
  readonly roleArn: string;
  readonly channel: SourceChannel;
  /** Of a Kafka cluster of one's own: beside that in `source`. */
  readonly bootstrapServers: readonly string[];
}

/** How sources of a kind are read. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html */
export interface StreamKind {
  /** How long records are kept, in hours; null: until they are dealt with. */
  readonly retentionHours: number | null;
  /** The source is told what is dealt with. */
  readonly commits: boolean;
  /** A record as a pipe gets it: all of it in one level. */
  readonly event: (record: SourceRecord, shardId: string, place: StreamPlace) => JsonObject;
}

export const STREAM_KINDS: Readonly<Record<StreamType, StreamKind>> = {
  kinesis: { retentionHours: 24, commits: false, event: kinesisEvent },
  dynamodb: { retentionHours: 24, commits: false, event: dynamoDbEvent },
  activeMq: { retentionHours: null, commits: true, event: activeMqEvent },
  rabbitMq: { retentionHours: null, commits: true, event: rabbitMqEvent },
  managedKafka: { retentionHours: 168, commits: true, event: kafkaEvent },
  selfManagedKafka: { retentionHours: 168, commits: true, event: kafkaEvent },
};

/** What a source may be, by its ARN or, for a Kafka cluster of one's own, `smk://host:port`. None: it has no records in order. */
export function streamTypesOf(source: string): readonly StreamType[] {
  if (/^smk:\/\/[^\s/:,]+:\d{1,5}(?:,[^\s/:,]+:\d{1,5})*$/.test(source)) return ['selfManagedKafka'];
  const { service, resource = '' } = parseArn(source) ?? {};
  switch (service) {
    case 'kinesis':
      return resource.startsWith('stream/') ? ['kinesis'] : [];
    case 'dynamodb':
      return /^table\/[^/]+\/stream\/./.test(resource) ? ['dynamodb'] : [];
    case 'mq':
      return resource.startsWith('broker:') ? ['activeMq', 'rabbitMq'] : [];
    case 'kafka':
      return resource.startsWith('cluster/') ? ['managedKafka'] : [];
    default:
      return [];
  }
}

/** Where reading begins. @param timestamp goes with `AT_TIMESTAMP` */
export function readPosition(startingPosition: string, timestamp: EpochMs | undefined): ReadPosition {
  if (startingPosition === 'AT_TIMESTAMP') return { StartingPosition: startingPosition, Timestamp: timestamp! };
  return { StartingPosition: startingPosition as 'TRIM_HORIZON' | 'LATEST' };
}

function regionOf(arn: string): string {
  return parseArn(arn)?.region ?? '';
}

function kinesisEvent({ SequenceNumber, Timestamp, Data = '', Key = '', Attributes }: SourceRecord, shardId: string, { source, roleArn }: StreamPlace): JsonObject {
  return {
    kinesisSchemaVersion: '1.0',
    partitionKey: Key,
    sequenceNumber: SequenceNumber,
    data: Data,
    approximateArrivalTimestamp: Timestamp / 1000,
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: roleArn,
    awsRegion: regionOf(source),
    eventSourceARN: source,
    ...Attributes,
  };
}

function dynamoDbEvent({ SequenceNumber, Timestamp, Attributes = {} }: SourceRecord, shardId: string, { source }: StreamPlace): JsonObject {
  const { dynamodb, ...more } = Attributes;
  return {
    eventID: `${shardId}:${SequenceNumber}`,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: regionOf(source),
    eventSourceARN: source,
    ...more,
    dynamodb: { ApproximateCreationDateTime: Math.floor(Timestamp / 1000), ...(isJsonObject(dynamodb) && dynamodb), SequenceNumber },
  };
}

function activeMqEvent({ SequenceNumber, Timestamp, Data = '', Attributes }: SourceRecord, shardId: string, { source }: StreamPlace): JsonObject {
  return {
    eventSource: 'aws:amq',
    eventSourceArn: source,
    messageID: SequenceNumber,
    messageType: 'jms/text-message',
    data: Data,
    connectionId: '',
    redelivered: false,
    destination: { physicalname: shardId },
    timestamp: Timestamp,
    brokerInTime: Timestamp,
    brokerOutTime: Timestamp,
    properties: {},
    ...Attributes,
  };
}

function rabbitMqEvent({ Timestamp, Data = '', Attributes }: SourceRecord, shardId: string, { source, channel }: StreamPlace): JsonObject {
  const { VirtualHost = '/' } = channel;
  return {
    eventSource: 'aws:rmq',
    eventSourceArn: source,
    eventSourceKey: `${shardId}::${VirtualHost}`,
    basicProperties: { timestamp: Timestamp },
    redelivered: false,
    data: Data,
    ...Attributes,
  };
}

function kafkaEvent({ SequenceNumber, Timestamp, Data, Key, Attributes }: SourceRecord, shardId: string, { source, channel, bootstrapServers }: StreamPlace): JsonObject {
  const { TopicName = '' } = channel;
  const isSelfManaged = source.startsWith('smk://');
  return {
    eventSource: isSelfManaged ? 'SelfManagedKafka' : 'aws:kafka',
    ...(isSelfManaged ? { bootstrapServers: [source.slice('smk://'.length), ...bootstrapServers].join(',') } : { eventSourceArn: source }),
    eventSourceKey: `${TopicName}-${shardId}`,
    topic: TopicName,
    partition: Number(shardId),
    offset: Number(SequenceNumber),
    timestamp: Timestamp,
    timestampType: 'CREATE_TIME',
    ...(Key !== undefined && { key: Key }),
    ...(Data !== undefined && { value: Data }),
    headers: [],
    ...Attributes,
  };
}
