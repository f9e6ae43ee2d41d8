import { hash, randomUUID } from 'node:crypto';
import { createCloud, type Cloud } from 'interstate';

const QUEUES = 1000;
const ROUNDS = 10;
const BODY = JSON.stringify({ orderId: 42, items: ['book', 'pen'], total: 19.95, note: 'x'.repeat(40) });

interface BareQueue {
  readonly messages: { readonly MessageId: string; readonly MD5OfMessageBody: string; readonly Body: string; readonly sentAt: number }[];
}

let cloud: Cloud;
let topicArn: string;
const bare: BareQueue[] = Array.from({ length: QUEUES }, () => ({ messages: [] }));

/** What a queue of one's own would do at least. */
function send({ messages }: BareQueue, body: string): { readonly MessageId: string; readonly MD5OfMessageBody: string } {
  const message = { MessageId: randomUUID(), MD5OfMessageBody: hash('md5', body), Body: body, sentAt: Date.now() };
  messages.push(message);
  return { MessageId: message.MessageId, MD5OfMessageBody: message.MD5OfMessageBody };
}

async function setup(): Promise<void> {
  cloud = createCloud({ clock: 'virtual', seed: 1 });
  ({ TopicArn: topicArn = '' } = await cloud.sns.createTopic({ Name: 't' }));
  for (let number = 0; number < QUEUES; number++) {
    await cloud.sqs.createQueue({ QueueName: `q${number}`, Attributes: { MessageRetentionPeriod: '60' } });
    await cloud.sns.subscribe({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:123456789012:q${number}`, Attributes: { RawMessageDelivery: 'true' } });
  }
}

/** Deliveries per second of some rounds; what has arrived is forgotten in between, untimed. */
async function rate(round: () => Promise<void> | void, forget: () => Promise<void> | void): Promise<number> {
  let elapsed = 0;
  for (let count = 0; count < ROUNDS; count++) {
    const begun = performance.now();
    await round();
    elapsed += performance.now() - begun;
    await forget();
  }
  return (ROUNDS * QUEUES * 1000) / elapsed;
}

export const benches = [
  {
    id: 'sns-fanout',
    work: 'one message to 1,000 raw queues, against a bare loop that makes ids and MD5s',
    unit: 'deliveries/s',
    measure: 'custom',
    floor: 0.3,
    count: QUEUES,
    setup,
    ours: () =>
      rate(
        async () => {
          await cloud.sns.publish({ TopicArn: topicArn, Message: BODY });
          await cloud.advance(0);
        },
        () => cloud.advance(61_000),
      ),
    peer: () =>
      rate(
        () => {
          for (const queue of bare) send(queue, BODY);
        },
        () => {
          for (const { messages } of bare) messages.length = 0;
        },
      ),
  },
];
