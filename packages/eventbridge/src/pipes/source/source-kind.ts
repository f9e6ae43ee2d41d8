import { isJsonObject, parseArn, type EpochMs, type JsonObject } from '@interstate/kernel';
import type { ReadPosition, SourceRecord } from '@interstate/service-kit';

/** The block of SourceParameters that is for a kind of source. */
export type SourceBlock = 'SqsQueueParameters' | 'KinesisStreamParameters' | 'DynamoDBStreamParameters' | 'ActiveMQBrokerParameters' | 'RabbitMQBrokerParameters' | 'ManagedStreamingKafkaParameters' | 'SelfManagedKafkaParameters';

/** What is asked of a record to make the event of it. */
export interface SourcePlace {
  readonly source: string;
  readonly roleArn: string;
  readonly parameters: JsonObject;
}

/** A kind of source that has records in order. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html */
export interface StreamKind {
  readonly eventSource: string;
  /** What goes along with every request. */
  readonly channel: (parameters: JsonObject) => JsonObject;
  /** How long records are kept, in hours; null: until they are dealt with. */
  readonly retentionHours: number | null;
  /** The source is told what is dealt with. */
  readonly commits: boolean;
  readonly event: (record: SourceRecord, shardId: string, place: SourcePlace) => JsonObject;
}

const STREAM_KINDS: Readonly<Record<Exclude<SourceBlock, 'SqsQueueParameters'>, StreamKind>> = {
  KinesisStreamParameters: { eventSource: 'aws:kinesis', channel: none, retentionHours: 24, commits: false, event: kinesisEvent },
  DynamoDBStreamParameters: { eventSource: 'aws:dynamodb', channel: none, retentionHours: 24, commits: false, event: dynamoDbEvent },
  ActiveMQBrokerParameters: { eventSource: 'aws:amq', channel: queueOf, retentionHours: null, commits: true, event: activeMqEvent },
  RabbitMQBrokerParameters: { eventSource: 'aws:rmq', channel: queueOf, retentionHours: null, commits: true, event: rabbitMqEvent },
  ManagedStreamingKafkaParameters: { eventSource: 'aws:kafka', channel: topicOf, retentionHours: 168, commits: true, event: kafkaEvent },
  SelfManagedKafkaParameters: { eventSource: 'SelfManagedKafka', channel: topicOf, retentionHours: 168, commits: true, event: kafkaEvent },
};

/** How a source with this block is read; undefined for queues of SQS, which are polled. */
export function streamKind(block: SourceBlock): StreamKind | undefined {
  return block === 'SqsQueueParameters' ? undefined : STREAM_KINDS[block];
}

/** The blocks that may be given for a source, by its ARN or, for a Kafka cluster of one's own, `smk://host:port`. None: it is no source of Pipes. */
export function blocksOf(source: string): readonly SourceBlock[] {
  if (/^smk:\/\/[^\s/:,]+:\d{1,5}(?:,[^\s/:,]+:\d{1,5})*$/.test(source)) return ['SelfManagedKafkaParameters'];
  const { service, resource = '' } = parseArn(source) ?? {};
  switch (service) {
    case 'sqs':
      return ['SqsQueueParameters'];
    case 'kinesis':
      return resource.startsWith('stream/') ? ['KinesisStreamParameters'] : [];
    case 'dynamodb':
      return /^table\/[^/]+\/stream\/./.test(resource) ? ['DynamoDBStreamParameters'] : [];
    case 'mq':
      return resource.startsWith('broker:') ? ['ActiveMQBrokerParameters', 'RabbitMQBrokerParameters'] : [];
    case 'kafka':
      return resource.startsWith('cluster/') ? ['ManagedStreamingKafkaParameters'] : [];
    default:
      return [];
  }
}

/** Where reading begins. */
export function positionOf({ StartingPosition = 'TRIM_HORIZON', StartingPositionTimestamp }: JsonObject): ReadPosition {
  if (StartingPosition === 'AT_TIMESTAMP') return { StartingPosition, Timestamp: StartingPositionTimestamp as EpochMs };
  return { StartingPosition: StartingPosition as 'TRIM_HORIZON' | 'LATEST' };
}

function none(): JsonObject {
  return {};
}

function queueOf({ QueueName, VirtualHost }: JsonObject): JsonObject {
  return { QueueName: QueueName!, ...(VirtualHost !== undefined && { VirtualHost }) };
}

function topicOf({ TopicName, ConsumerGroupID }: JsonObject): JsonObject {
  return { TopicName: TopicName!, ...(ConsumerGroupID !== undefined && { ConsumerGroupID }) };
}

function regionOf(arn: string): string {
  return parseArn(arn)?.region ?? '';
}

function kinesisEvent({ SequenceNumber, Timestamp, Data = '', Key = '', Attributes }: SourceRecord, shardId: string, { source, roleArn }: SourcePlace): JsonObject {
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

function dynamoDbEvent({ SequenceNumber, Timestamp, Attributes = {} }: SourceRecord, shardId: string, { source }: SourcePlace): JsonObject {
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

function activeMqEvent({ SequenceNumber, Timestamp, Data = '', Attributes }: SourceRecord, shardId: string, { source }: SourcePlace): JsonObject {
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

function rabbitMqEvent({ Timestamp, Data = '', Attributes }: SourceRecord, shardId: string, { source, parameters }: SourcePlace): JsonObject {
  const { VirtualHost = '/' } = parameters;
  return {
    eventSource: 'aws:rmq',
    eventSourceArn: source,
    eventSourceKey: `${shardId}::${VirtualHost as string}`,
    basicProperties: { timestamp: Timestamp },
    redelivered: false,
    data: Data,
    ...Attributes,
  };
}

function kafkaEvent({ SequenceNumber, Timestamp, Data, Key, Attributes }: SourceRecord, shardId: string, { source, parameters }: SourcePlace): JsonObject {
  const { TopicName, AdditionalBootstrapServers = [] } = parameters;
  const isSelfManaged = source.startsWith('smk://');
  return {
    eventSource: isSelfManaged ? 'SelfManagedKafka' : 'aws:kafka',
    ...(isSelfManaged ? { bootstrapServers: [source.slice('smk://'.length), ...(AdditionalBootstrapServers as readonly string[])].join(',') } : { eventSourceArn: source }),
    eventSourceKey: `${TopicName as string}-${shardId}`,
    topic: TopicName!,
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
