import type { ErrorTable, ServiceModel, Shape, StructureShape } from '@interstate/service-kit';

const structure = (members: StructureShape['members']): StructureShape => ({ type: 'structure', members });
const needed = <S extends Shape>(shape: S): S & { readonly required: true } => ({ ...shape, required: true });
const TEXT = { type: 'string' } as const;
const NAME = { type: 'string', min: 1, max: 1000 } as const;
/** Which source, and which topic or queue of it. */
const PLACE = { Source: needed({ type: 'string', min: 1, max: 1600 }), TopicName: NAME, QueueName: NAME, VirtualHost: NAME } as const;
/** Bytes a record has at most: what Kinesis takes, in Base64. */
const RECORD = { Data: { type: 'string', max: 10_485_760 }, Bytes: { type: 'string', max: 13_981_016 }, PartitionKey: { type: 'string', max: 2048 } } as const;

/** What the operations take. */
export const SOURCE_SHAPES = {
  AppendRecord: structure({ ...PLACE, ...RECORD, ShardId: NAME, Attributes: { type: 'map', value: { type: 'json' } }, Timestamp: { type: 'number', min: 0 } }),
  CloseShard: structure({ ...PLACE, ShardId: needed(NAME), ChildShards: { type: 'integer', min: 0, max: 100 } }),
  CreateSource: structure({ ...PLACE, ShardCount: { type: 'integer', min: 1, max: 10_000 }, RetentionSeconds: { type: 'integer', min: 1, max: 31_536_000 } }),
  DeleteSource: structure({ Source: PLACE.Source }),
  ListShards: structure({ ...PLACE, Source: TEXT, KnownShardIds: { type: 'list', member: TEXT, max: 10_000 } }),
  ListSources: structure({}),
} as const satisfies Readonly<Record<string, StructureShape>>;

/** What machines ask besides: readers, and whoever sends to a Kinesis stream. */
export const MACHINE_SHAPES = {
  Commit: structure({ TopicName: NAME, QueueName: NAME, VirtualHost: NAME, ConsumerGroupID: NAME, ShardId: needed(NAME), SequenceNumber: needed(TEXT) }),
  GetRecords: structure({
    TopicName: NAME,
    QueueName: NAME,
    VirtualHost: NAME,
    ConsumerGroupID: NAME,
    ShardId: needed(NAME),
    Limit: needed({ type: 'integer', min: 1, max: 10_000 }),
    AfterSequenceNumber: TEXT,
    StartingPosition: { type: 'string', enum: ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'] },
    Timestamp: { type: 'number' },
  }),
  PutRecord: structure({ ...RECORD, Data: needed(RECORD.Data), PartitionKey: needed(RECORD.PartitionKey) }),
  PutRecords: structure({ Records: needed({ type: 'list', member: structure({ ...RECORD, Data: needed(RECORD.Data), PartitionKey: needed(RECORD.PartitionKey) }), min: 1, max: 500 }) }),
} as const satisfies Readonly<Record<string, StructureShape>>;

const DOCS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html';

export const SOURCE_ERRORS = {
  ConflictException: { message: '{reason}', status: 409, docs: DOCS },
  ResourceNotFoundException: { message: '{reason}', status: 404, docs: DOCS },
  SerializationException: { message: '{reason}', status: 400, docs: DOCS },
  UnknownOperationException: { message: '{reason}', status: 404, docs: DOCS },
  ValidationException: { message: '{reason}', status: 400, docs: DOCS },
} as const satisfies ErrorTable;

/** Sources of records in memory: no service of AWS's, but what stands where Kinesis, DynamoDB, Amazon MQ and Kafka would. */
export const SOURCES_MODEL: ServiceModel = { serviceId: 'Sources', protocol: 'json', operations: SOURCE_SHAPES, errors: SOURCE_ERRORS };
