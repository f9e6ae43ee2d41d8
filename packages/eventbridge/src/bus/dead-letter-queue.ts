import { parseArn } from '@interstate/kernel';
import { invalid } from '../errors.ts';

/** Dead letters go to standard queues only. @throws ServiceFault */
export function checkDeadLetterQueue(arn: string | undefined): void {
  if (arn === undefined) return;
  const isQueue = parseArn(arn)?.service === 'sqs';
  if (!isQueue || arn.endsWith('.fifo')) throw invalid(`Parameter DeadLetterConfig.Arn is not valid. Reason: ${isQueue ? 'A FIFO queue' : arn} can't be a dead-letter queue; it must be a standard Amazon SQS queue.`);
}
