/** A consumer had a bug. Once it is mended, the events of that day come again from the archive, to that consumer alone. */
import assert from 'node:assert/strict';
import { createCloud } from 'interstate';

const cloud = createCloud({ clock: 'virtual', startTime: '2026-03-01T08:00:00Z', seed: 1 });
const { eventBridge, sqs, sfn } = cloud;
const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/default';

// Everything the shop says is kept for a month.
const { ArchiveArn } = await eventBridge.createArchive({ ArchiveName: 'shop', EventSourceArn: bus, EventPattern: JSON.stringify({ source: ['shop'] }), RetentionDays: 30 });

// Invoices: whoever wrote this forgot that not every order has a discount.
const invoice = (total: string): string => JSON.stringify({ StartAt: 'Total', States: { Total: { Type: 'Pass', QueryLanguage: 'JSONata', Output: { total }, End: true } } });
const { stateMachineArn } = await sfn.createStateMachine({ name: 'invoice', roleArn: 'arn:aws:iam::123456789012:role/r', definition: invoice('{% $states.input.price - $states.input.discount %}') });
const { RuleArn } = await eventBridge.putRule({ Name: 'invoice', EventPattern: JSON.stringify({ source: ['shop'] }) });
await eventBridge.putTargets({ Rule: 'invoice', Targets: [{ Id: 'invoice', Arn: stateMachineArn, InputPath: '$.detail' }] });

// The warehouse has no bug, and must not pack anything twice.
const { QueueUrl } = await sqs.createQueue({ QueueName: 'warehouse' });
await eventBridge.putRule({ Name: 'warehouse', EventPattern: JSON.stringify({ source: ['shop'] }) });
await eventBridge.putTargets({ Rule: 'warehouse', Targets: [{ Id: 'warehouse', Arn: 'arn:aws:sqs:us-east-1:123456789012:warehouse' }] });

const began = new Date(cloud.now());
for (const detail of [{ orderId: 1, price: 30, discount: 3 }, { orderId: 2, price: 50 }, { orderId: 3, price: 20 }]) {
  await eventBridge.putEvents({ Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail) }] });
  await cloud.advance(60_000);
}
const failed = await sfn.listExecutions({ stateMachineArn, statusFilter: 'FAILED' });
assert.equal(failed.executions.length, 2);

// Mended the next morning; the events of the day before come again.
await cloud.advance(24 * 3600_000);
await sfn.updateStateMachine({ stateMachineArn, definition: invoice('{% $states.input.price - ($exists($states.input.discount) ? $states.input.discount : 0) %}') });
await eventBridge.startReplay({
  ReplayName: 'mended',
  EventSourceArn: ArchiveArn,
  EventStartTime: began,
  EventEndTime: new Date(cloud.now()),
  Destination: { Arn: bus, FilterArns: [RuleArn] },
});
await cloud.runUntilIdle();
assert.equal((await eventBridge.describeReplay({ ReplayName: 'mended' })).State, 'COMPLETED');

const mended = await sfn.listExecutions({ stateMachineArn, statusFilter: 'SUCCEEDED' });
const totals = await Promise.all(mended.executions.map(async ({ executionArn }) => JSON.parse((await sfn.describeExecution({ executionArn })).output!).total));
// The first order's invoice was right already, and is right again.
assert.deepEqual(totals.sort(), [20, 27, 27, 50]);
const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
assert.equal(Messages.length, 3);
// What was replayed is not archived again.
assert.equal((await eventBridge.describeArchive({ ArchiveName: 'shop' })).EventCount, 3);
console.log('two invoices failed, all three are written now, nothing was packed twice');
cloud.close();
