import { formatTimestamp, type EpochMs, type Failure } from '@interstate/kernel';
import type { GiveUpCondition } from '@interstate/service-kit';
import { faultOf } from '../targets/failure.ts';
import { queueUrlOf } from '../targets/target-call.ts';
import type { PipeConfiguration } from './pipe-record.ts';
import type { OperationCall } from './stage-call.ts';

/** Records of a stream that were given up, until the dead-letter queue has been told. */
export interface DeadBatch {
  /** Of the records, in the journal. */
  readonly names: readonly string[];
  readonly shardId: string;
  /** Sequence numbers and arrival of the first and the last. */
  readonly first: string;
  readonly last: string;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  readonly condition: GiveUpCondition;
  readonly attempts: number;
  /** When they were given up. */
  readonly time: string;
  readonly problem: { readonly error: string; readonly reason: string };
  /** How often the queue was asked. */
  readonly sends: number;
}

const SENDS = 10;

/** What tells a dead-letter queue or topic of a batch: where it lies in the stream, not what is in it. Undefined: there is none. */
export function deadLetterCall({ arn, source, sourceBlock, sourceParameters }: PipeConfiguration, { shardId, first, last, firstAt, lastAt, names, condition, time }: DeadBatch): OperationCall | undefined {
  const { Arn: to } = (sourceParameters['DeadLetterConfig'] ?? {}) as { Arn?: string };
  if (to === undefined) return undefined;
  const body = JSON.stringify({
    context: { partnerResourceArn: arn, condition },
    version: '1.0',
    timestamp: time,
    [sourceBlock === 'KinesisStreamParameters' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: {
      shardId,
      startSequenceNumber: first,
      endSequenceNumber: last,
      approximateArrivalOfFirstRecord: formatTimestamp(firstAt),
      approximateArrivalOfLastRecord: formatTimestamp(lastAt),
      batchSize: names.length,
      streamArn: source,
    },
  });
  if (to.includes(':sns:')) return { to, action: 'Publish', input: { TopicArn: to, Message: body } };
  return { to, action: 'SendMessage', input: { QueueUrl: queueUrlOf(to), MessageBody: body } };
}

/** Milliseconds until the queue is asked again; undefined where that would not help. @param sends made so far */
export function deadLetterRetryMs(error: Failure, sends: number): number | undefined {
  return faultOf(error).retryable && sends < SENDS ? 1000 * 2 ** (sends - 1) : undefined;
}
