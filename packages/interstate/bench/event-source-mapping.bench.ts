import { createCloud, type Cloud } from '../src/index.ts';

const MESSAGES = 2000;
const BATCH = 10;
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:q';

interface Event {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

async function cloudWithQueue(): Promise<{ readonly cloud: Cloud; readonly QueueUrl: string }> {
  const cloud = createCloud({ clock: 'virtual', seed: 1 });
  const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q' });
  return { cloud, QueueUrl: QueueUrl! };
}

async function fill(cloud: Cloud, QueueUrl: string): Promise<void> {
  const body = (n: number): string => `{"orderId":${n},"status":"paid","lines":[{"sku":"a","count":2}]}`;
  for (let n = 0; n < MESSAGES; n += BATCH) {
    await cloud.sqs.sendMessageBatch({ QueueUrl, Entries: Array.from({ length: BATCH }, (_, index) => ({ Id: String(index), MessageBody: body(n + index) })) });
  }
}

/** A mapping takes the messages to a function. */
function mapped(): () => Promise<void> {
  let taken = 0;
  const prepare = async () => {
    const made = await cloudWithQueue();
    made.cloud.lambda.register('f', ({ Records }: Event) => void (taken += Records.length));
    await made.cloud.lambda.createEventSourceMapping({ EventSourceArn: QUEUE, FunctionName: 'f', BatchSize: BATCH });
    return made;
  };
  let ready: ReturnType<typeof prepare> | undefined;
  return async () => {
    const { cloud, QueueUrl } = await (ready ??= prepare());
    taken = 0;
    await fill(cloud, QueueUrl);
    await cloud.runUntilIdle();
    if (taken !== MESSAGES) throw new Error(`${taken} of ${MESSAGES} messages were taken.`);
  };
}

/** What one would write by hand: a loop that receives, works and deletes. */
function byHand(): () => Promise<void> {
  let ready: ReturnType<typeof cloudWithQueue> | undefined;
  return async () => {
    const { cloud, QueueUrl } = await (ready ??= cloudWithQueue());
    let taken = 0;
    await fill(cloud, QueueUrl);
    for (;;) {
      const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: BATCH });
      if (Messages.length === 0) break;
      taken += Messages.length;
      await cloud.sqs.deleteMessageBatch({ QueueUrl, Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle: ReceiptHandle! })) });
    }
    if (taken !== MESSAGES) throw new Error(`${taken} of ${MESSAGES} messages were taken.`);
  };
}

export const benches = [
  { id: 'event-source-mapping', work: 'messages sent to a queue, ten at a time, and taken to a function by an event source mapping, against a loop written by hand that receives and deletes', unit: 'messages/s', floor: null, count: MESSAGES, ours: mapped(), peer: byHand() },
];
