/** An order is announced once: two queues with filters and their workers, a person by e-mail; what nobody can take is kept. */
import assert from 'node:assert/strict';
import { createCloud } from 'interstate';

// The workers: functions that take messages from their queue in batches.
const packed: string[] = [];
const checked: string[] = [];
interface Batch {
  readonly Records: readonly { readonly body: string }[];
}
const cloud = createCloud({
  clock: 'virtual',
  seed: 1,
  functions: {
    pack: async ({ Records }: Batch) => void packed.push(...Records.map(({ body }) => (JSON.parse(body) as { orderId: string }).orderId)),
    // An envelope where raw delivery was not asked for.
    check: async ({ Records }: Batch) => void checked.push(...Records.map(({ body }) => (JSON.parse((JSON.parse(body) as { Message: string }).Message) as { orderId: string }).orderId)),
  },
});
const { sns, sqs } = cloud;

const { TopicArn = '' } = await sns.createTopic({ Name: 'orders', Attributes: { DisplayName: 'The shop' } });
const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const { QueueUrl: lostUrl = '' } = await sqs.createQueue({ QueueName: 'lost' });
for (const [name, worker] of [['packing', 'pack'], ['fraud', 'check']] as const) {
  await sqs.createQueue({ QueueName: name });
  await cloud.lambda.createEventSourceMapping({ FunctionName: worker, EventSourceArn: queueArn(name) });
}

// The packers want orders of goods; the fraud desk looks into the message itself for large ones.
const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('lost') });
await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: queueArn('packing'), Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"kind":["goods"]}' } });
await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: queueArn('fraud'), Attributes: { FilterPolicyScope: 'MessageBody', FilterPolicy: '{"total":[{"numeric":[">=",500]}]}' } });
// This one was never made.
await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: queueArn('accounting'), Attributes: { RedrivePolicy, FilterPolicy: '{"kind":["voucher"]}' } });
// Ada wants mails; she has to say so.
await sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'ada@example.org' });
await cloud.runUntilIdle();
await cloud.people.visit(cloud.people.messages({ type: 'email' })[0]!.link);

const order = (orderId: string, kind: string, total: number): Promise<object> =>
  sns.publish({ TopicArn, Subject: `Order ${orderId}`, Message: JSON.stringify({ orderId, total }), MessageAttributes: { kind: { DataType: 'String', StringValue: kind } } });
await order('A', 'goods', 20);
await order('B', 'goods', 900);
await order('C', 'voucher', 50);
await cloud.runUntilIdle();

assert.deepEqual(packed, ['A', 'B']);
assert.deepEqual(checked, ['B']);
assert.deepEqual(cloud.people.messages({ type: 'email' }).slice(1).map((mail) => 'subject' in mail && mail.subject), ['Order A', 'Order B', 'Order C']);
const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: lostUrl, MessageAttributeNames: ['All'] });
assert.equal(JSON.parse(Messages[0]!.Body!).Subject, 'Order C');
assert.match(Messages[0]!.MessageAttributes!['ErrorMessage']!.StringValue!, /queue does not exist/);

// Nothing is silent: what became of every message at every subscription.
const ends = cloud.deliveries(TopicArn).filter(({ attempt, to }) => attempt > 0 || to !== 'ada@example.org');
console.log(ends.map(({ to, status }) => `${to.split(':').at(-1)} ${status}`).join('\n'));
assert.equal(ends.filter(({ status }) => status === 'filtered').length, 5);
assert.equal(ends.filter(({ status }) => status === 'deadLettered').length, 1);
