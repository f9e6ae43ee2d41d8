import { parseArn } from '@interstate/kernel';
import { streamTypesOf, type StreamType } from '@interstate/service-kit';

/** The block of SourceParameters that is for a kind of source. */
export type SourceBlock = 'SqsQueueParameters' | StreamBlock;
type StreamBlock = 'KinesisStreamParameters' | 'DynamoDBStreamParameters' | 'ActiveMQBrokerParameters' | 'RabbitMQBrokerParameters' | 'ManagedStreamingKafkaParameters' | 'SelfManagedKafkaParameters';

/** How a source that is read, not polled, is told apart. */
export interface SourceKind {
  readonly type: StreamType;
  /** As its records name it. */
  readonly eventSource: string;
}

const SOURCE_KINDS: Readonly<Record<StreamBlock, SourceKind>> = {
  KinesisStreamParameters: { type: 'kinesis', eventSource: 'aws:kinesis' },
  DynamoDBStreamParameters: { type: 'dynamodb', eventSource: 'aws:dynamodb' },
  ActiveMQBrokerParameters: { type: 'activeMq', eventSource: 'aws:amq' },
  RabbitMQBrokerParameters: { type: 'rabbitMq', eventSource: 'aws:rmq' },
  ManagedStreamingKafkaParameters: { type: 'managedKafka', eventSource: 'aws:kafka' },
  SelfManagedKafkaParameters: { type: 'selfManagedKafka', eventSource: 'SelfManagedKafka' },
};
const BLOCKS = Object.keys(SOURCE_KINDS) as readonly StreamBlock[];

/** What a source with this block is; undefined for queues of SQS, which are polled. */
export function sourceKind(block: SourceBlock): SourceKind | undefined {
  return block === 'SqsQueueParameters' ? undefined : SOURCE_KINDS[block];
}

/** The blocks that may be given for a source, by its ARN or, for a Kafka cluster of one's own, `smk://host:port`. None: it is no source of Pipes. */
export function blocksOf(source: string): readonly SourceBlock[] {
  if (parseArn(source)?.service === 'sqs') return ['SqsQueueParameters'];
  const types = streamTypesOf(source);
  return BLOCKS.filter((block) => types.includes(SOURCE_KINDS[block].type));
}
