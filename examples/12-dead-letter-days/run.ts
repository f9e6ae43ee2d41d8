/** Tests of an application that uses the AWS SDK: what it does with an invoice that fails takes four days on AWS, and no time here. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { createCloud, type Cloud } from 'interstate';

const HOUR = 3600;

// ——— the application: it knows the SDK, and nothing of tests ———

/** Hands invoices to a partner who is down now and then, for days if need be: each failure puts the next attempt off, up to half a day. */
class Invoicing {
  constructor(
    private readonly client: SQSClient,
    private readonly QueueUrl: string,
    private readonly partner: (invoice: string) => void,
  ) {}

  async send(invoice: string): Promise<void> {
    await this.client.send(new SendMessageCommand({ QueueUrl: this.QueueUrl, MessageBody: invoice }));
  }

  /** What a worker does all day. */
  async poll(): Promise<void> {
    const { Messages = [] } = await this.client.send(new ReceiveMessageCommand({ QueueUrl: this.QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['ApproximateReceiveCount'] }));
    for (const { Body = '', ReceiptHandle, Attributes } of Messages) {
      try {
        this.partner(Body);
        await this.client.send(new DeleteMessageCommand({ QueueUrl: this.QueueUrl, ReceiptHandle }));
      } catch {
        const VisibilityTimeout = Math.min(HOUR * 2 ** Number(Attributes?.ApproximateReceiveCount), 12 * HOUR);
        await this.client.send(new ChangeMessageVisibilityCommand({ QueueUrl: this.QueueUrl, ReceiptHandle, VisibilityTimeout }));
      }
    }
  }
}

// ——— its tests ———

const DEAD_ARN = 'arn:aws:sqs:us-east-1:123456789012:invoices-dead';
let cloud: Cloud;
let client: SQSClient;
let invoicing: Invoicing;
let isDown: boolean;
let delivered: string[];
let attempts: number[];

beforeEach(async () => {
  cloud = createCloud({ clock: 'virtual', startTime: '2026-01-01T00:00:00Z', seed: 1 });
  client = cloud.attach(new SQSClient({}));
  await cloud.sqs.createQueue({ QueueName: 'invoices-dead', Attributes: { MessageRetentionPeriod: String(14 * 24 * HOUR) } });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: DEAD_ARN, maxReceiveCount: 10 });
  // The default retention, four days, would take an invoice away before its last attempt.
  const { QueueUrl = '' } = await cloud.sqs.createQueue({ QueueName: 'invoices', Attributes: { RedrivePolicy, MessageRetentionPeriod: String(14 * 24 * HOUR) } });
  isDown = true;
  delivered = [];
  attempts = [];
  invoicing = new Invoicing(client, QueueUrl, (invoice) => {
    attempts.push((cloud.now() - Date.UTC(2026, 0, 1)) / 1000 / HOUR);
    if (isDown) throw new Error('503');
    delivered.push(invoice);
  });
});

afterEach(() => cloud.close());

/** A worker that looks every hour, for so many hours. */
async function workFor(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    await invoicing.poll();
    await cloud.advance(HOUR * 1000);
  }
}

async function waitingIn(QueueName: string): Promise<number> {
  const { QueueUrl } = await cloud.sqs.getQueueUrl({ QueueName });
  const { Attributes } = await cloud.sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
  return Number(Attributes?.['ApproximateNumberOfMessages']);
}

test('an invoice is tried for four days, at growing distances, and put aside then', async () => {
  await invoicing.send('invoice 1');
  await workFor(4 * 24);
  assert.deepEqual(attempts, [0, 2, 6, 14, 26, 38, 50, 62, 74, 86]);
  assert.equal(await waitingIn('invoices-dead'), 0);
  await workFor(3);
  assert.deepEqual([await waitingIn('invoices'), await waitingIn('invoices-dead')], [0, 1]);
  assert.equal(attempts.length, 10);
});

test('a partner who is back on the third day gets it', async () => {
  await invoicing.send('invoice 2');
  await workFor(48);
  isDown = false;
  await workFor(24);
  assert.deepEqual(delivered, ['invoice 2']);
  assert.equal(await waitingIn('invoices-dead'), 0);
});

test('what was put aside is sent again when somebody says so, a week later', async () => {
  await invoicing.send('invoice 3');
  await workFor(4 * 24 + 3);
  await workFor(7 * 24);
  isDown = false;
  await client.send(new StartMessageMoveTaskCommand({ SourceArn: DEAD_ARN }));
  await cloud.advance(1000);
  await workFor(1);
  assert.deepEqual(delivered, ['invoice 3']);
  assert.deepEqual([await waitingIn('invoices'), await waitingIn('invoices-dead')], [0, 0]);
});
