import type { Adapter, ApiRequest, ConnectorCall, EpochMs, JsonObject, Outcome } from '@interstate/kernel';
import { createOperations, type AnswerRequest, type Shape, type StructureShape } from '@interstate/service-kit';

/** What came in at a delivery stream, data stream or log group. */
export interface SinkRecord {
  /** When it came; for a log event, the time it bears. */
  readonly time: EpochMs;
  readonly data: string;
  /** Data streams. */
  readonly partitionKey?: string;
  /** Log groups. */
  readonly logStreamName?: string;
}

/** Where streams and log groups end: whatever is sent to their ARNs is kept, so that people and tests can read it. Nothing has to be created. */
export interface Sinks {
  /** The last 10,000 records of an ARN, oldest first. */
  records(arn: string): readonly SinkRecord[];
  /** ARNs that something was sent to, the last 1,000. */
  arns(): readonly string[];
  clear(): void;
}

const KEPT_RECORDS = 10_000;
const KEPT_ARNS = 1_000;
/** Dropped at once, so that each costs next to nothing. */
const DROPPED_AT_ONCE = 1_000;

interface SinkContext {
  readonly now: EpochMs;
  readonly keep: (records: readonly SinkRecord[]) => void;
  readonly nextNumber: () => number;
}

/** Answers `PutRecord` and `PutRecordBatch` of Firehose, `PutRecord` and `PutRecords` of Kinesis, `PutLogEvents` of CloudWatch Logs. */
export function createSinks(): { readonly sinks: Sinks; readonly adapter: Adapter } {
  const byArn = new Map<string, SinkRecord[]>();
  let count = 0;
  const nextNumber = (): number => ++count;
  const keepAt = (arn: string) => (records: readonly SinkRecord[]): void => {
    let kept = byArn.get(arn);
    if (!kept) {
      byArn.set(arn, (kept = []));
      if (byArn.size > KEPT_ARNS) byArn.delete(byArn.keys().next().value!);
    }
    for (const record of records) kept.push(record);
    if (kept.length >= KEPT_RECORDS + DROPPED_AT_ONCE) kept.splice(0, kept.length - KEPT_RECORDS);
  };
  const connector = (answer: AnswerRequest<SinkContext>) => ({ to, request, now }: ConnectorCall): Outcome => answer({ now, keep: keepAt(to), nextNumber }, request as unknown as ApiRequest)!;
  return {
    sinks: {
      records: (arn) => byArn.get(arn)?.slice(-KEPT_RECORDS) ?? [],
      arns: () => [...byArn.keys()],
      clear: () => byArn.clear(),
    },
    adapter: {
      service: 'sinks',
      tasks: [
        { resource: 'arn:*:firehose:*:deliverystream/*', connector: connector(ANSWERS.firehose) },
        { resource: 'arn:*:kinesis:*:stream/*', connector: connector(ANSWERS.kinesis) },
        { resource: 'arn:*:logs:*:log-group:*', connector: connector(ANSWERS.logs) },
      ],
    },
  };
}

const TEXT = { type: 'string' } as const;
const needed = <S extends Shape>(shape: S): S & { readonly required: true } => ({ ...shape, required: true });
const structure = (members: StructureShape['members']): StructureShape => ({ type: 'structure', members });
const list = (member: Shape, max: number): Shape => ({ type: 'list', member, min: 1, max });

const FIREHOSE_RECORD = structure({ Data: needed(TEXT) });
const KINESIS_RECORD = structure({ Data: needed(TEXT), PartitionKey: needed({ type: 'string', min: 1, max: 256 }) });
const LOG_EVENT = structure({ timestamp: needed({ type: 'integer', min: 0 }), message: needed({ type: 'string', min: 1 }) });

const dataOf = (input: JsonObject): string => input['Data'] as string;
const listOf = (input: JsonObject, name: string): readonly JsonObject[] => input[name] as readonly JsonObject[];

const firehoseOne = (context: SinkContext, record: JsonObject): JsonObject => {
  context.keep([{ time: context.now, data: dataOf(record) }]);
  return { RecordId: digits(context.nextNumber()) };
};
const kinesisOne = (context: SinkContext, record: JsonObject): JsonObject => {
  context.keep([{ time: context.now, data: dataOf(record), partitionKey: record['PartitionKey'] as string }]);
  return { SequenceNumber: digits(context.nextNumber()), ShardId: 'shardId-000000000000' };
};

const ANSWERS = {
  firehose: createOperations<SinkContext>({
    errors: {},
    shapes: { PutRecord: structure({ DeliveryStreamName: TEXT, Record: needed(FIREHOSE_RECORD) }), PutRecordBatch: structure({ DeliveryStreamName: TEXT, Records: needed(list(FIREHOSE_RECORD, 500)) }) },
    actions: {
      PutRecord: (context, input) => ({ ...firehoseOne(context, input['Record'] as JsonObject), Encrypted: false }),
      PutRecordBatch: (context, input) => ({ FailedPutCount: 0, Encrypted: false, RequestResponses: listOf(input, 'Records').map((record) => firehoseOne(context, record)) }),
    },
  }),
  kinesis: createOperations<SinkContext>({
    errors: {},
    shapes: { PutRecord: structure({ StreamName: TEXT, StreamARN: TEXT, ...KINESIS_RECORD.members }), PutRecords: structure({ StreamName: TEXT, StreamARN: TEXT, Records: needed(list(KINESIS_RECORD, 500)) }) },
    actions: {
      PutRecord: kinesisOne,
      PutRecords: (context, input) => ({ FailedRecordCount: 0, Records: listOf(input, 'Records').map((record) => kinesisOne(context, record)) }),
    },
  }),
  logs: createOperations<SinkContext>({
    errors: {},
    shapes: { PutLogEvents: structure({ logGroupName: TEXT, logStreamName: needed(TEXT), logEvents: needed(list(LOG_EVENT, 10_000)) }) },
    actions: {
      PutLogEvents: ({ keep }, input) => {
        const logStreamName = input['logStreamName'] as string;
        keep(listOf(input, 'logEvents').map((event) => ({ time: event['timestamp'] as number, data: event['message'] as string, logStreamName })));
        return {};
      },
    },
  }),
};

/** A number as record ids and sequence numbers look: digits only, of equal length. */
function digits(number: number): string {
  return `49${String(number).padStart(54, '0')}`;
}
