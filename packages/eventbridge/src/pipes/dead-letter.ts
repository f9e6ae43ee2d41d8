import type { Failure, JsonObject } from '@interstate/kernel';
import type { GiveUpCondition } from '@interstate/service-kit';
import { faultOf } from '../targets/failure.ts';
import { queueUrlOf } from '../targets/target-call.ts';
import type { PipeConfiguration } from './pipe-record.ts';
import type { OperationCall } from './stage-call.ts';

/** Records of a stream that were given up, until the dead-letter queue has been told. */
export interface DeadBatch {
  /** Of the records, in the journal. */
  readonly names: readonly string[];
  /** Where they lie in their stream. */
  readonly info: JsonObject;
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
export function deadLetterCall({ arn, sourceBlock, sourceParameters }: PipeConfiguration, { info, condition, time }: DeadBatch): OperationCall | undefined {
  const { Arn: to } = (sourceParameters['DeadLetterConfig'] ?? {}) as { Arn?: string };
  if (to === undefined) return undefined;
  const body = JSON.stringify({
    context: { partnerResourceArn: arn, condition },
    version: '1.0',
    timestamp: time,
    [sourceBlock === 'KinesisStreamParameters' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: info,
  });
  if (to.includes(':sns:')) return { to, action: 'Publish', input: { TopicArn: to, Message: body } };
  return { to, action: 'SendMessage', input: { QueueUrl: queueUrlOf(to), MessageBody: body } };
}

/** Milliseconds until the queue is asked again; undefined where that would not help. @param sends made so far */
export function deadLetterRetryMs(error: Failure, sends: number): number | undefined {
  return faultOf(error).retryable && sends < SENDS ? 1000 * 2 ** (sends - 1) : undefined;
}
