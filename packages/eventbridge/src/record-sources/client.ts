import type { JsonObject } from '@interstate/kernel';
import type { ResponseMetadata, SourceShard } from '@interstate/service-kit';

interface Place {
  /** ARN of a Kinesis or DynamoDB stream, of a broker or an MSK cluster; `smk://host:port`. */
  Source: string;
  /** Of a Kafka cluster. */
  TopicName?: string | undefined;
  /** Of a broker; with a virtual host where it is RabbitMQ. */
  QueueName?: string | undefined;
  VirtualHost?: string | undefined;
}

interface Operations {
  /** Adds a record to a shard: the one that is named, else the one of its key, else one after the other. */
  appendRecord: [
    Place & {
      ShardId?: string | undefined;
      /** What it holds, as text; or as bytes. */
      Data?: string | undefined;
      Bytes?: Uint8Array | undefined;
      /** Records of a key are in order. */
      PartitionKey?: string | undefined;
      /** Members of the event in the words of its service: `{ eventName, dynamodb }`, `{ headers }`, `{ properties }`. */
      Attributes?: JsonObject | undefined;
      /** When it came (default: now). */
      Timestamp?: Date | undefined;
    },
    { ShardId: string; SequenceNumber: string },
  ];
  /** Nothing more comes to a shard; so many others (default 0) come after it. */
  closeShard: [Place & { ShardId: string; ChildShards?: number | undefined }, { ShardIds: string[] }];
  /** Makes a source, or another topic or queue of it. Queues have one shard. */
  createSource: [
    Place & {
      /** Shards or partitions: 1…10,000 (default 1). */
      ShardCount?: number | undefined;
      /** How long records are kept, in seconds (default: a day for streams, a week for topics, for ever in queues). */
      RetentionSeconds?: number | undefined;
    },
    { ShardIds: string[] },
  ];
  deleteSource: [{ Source: string }, object];
  listShards: [Place, { Shards: SourceShard[] }];
  listSources: [object, { Sources: string[] }];
}

/** Sources of records in memory, for pipes to read. */
export type Sources = {
  readonly [K in keyof Operations]: (input: Operations[K][0]) => Promise<Operations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
