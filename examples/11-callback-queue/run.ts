/** A state machine hands work to whoever reads a queue, with a task token in the message; the reader answers with the token. */
import assert from 'node:assert/strict';
import { createCloud, defineStateMachine } from 'interstate';

const cloud = createCloud({ clock: 'virtual' });
const { QueueUrl = '' } = await cloud.sqs.createQueue({ QueueName: 'packing' });

const order = defineStateMachine({
  StartAt: 'Pack',
  States: {
    Pack: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl, MessageBody: { 'token.$': '$$.Task.Token', 'items.$': '$.items' } },
      HeartbeatSeconds: 600,
      Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['OutOfStock'], Next: 'Refund' }],
      Next: 'Ship',
    },
    Ship: { Type: 'Pass', End: true },
    Refund: { Type: 'Succeed' },
  },
});

/** Takes one message and does with its Task as it should: `vanish` is a worker that never answers. */
async function packer(answer: 'pack' | 'refuse' | 'vanish'): Promise<readonly string[]> {
  const { Messages: [message] = [] } = await cloud.sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
  assert.ok(message, 'there is something to pack');
  const { token: taskToken, items } = JSON.parse(message.Body!) as { readonly token: string; readonly items: readonly string[] };
  await cloud.sqs.deleteMessage({ QueueUrl, ReceiptHandle: message.ReceiptHandle });
  if (answer === 'pack') await cloud.sfn.sendTaskSuccess({ taskToken, output: JSON.stringify({ parcel: items.join('+') }) });
  if (answer === 'refuse') await cloud.sfn.sendTaskFailure({ taskToken, error: 'OutOfStock', cause: `no ${items.at(-1)}` });
  return items;
}

const machine = await cloud.states.create({ name: 'order', definition: order });

const packed = await machine.start({ items: ['lamp', 'bulb'] });
assert.deepEqual(await packer('pack'), ['lamp', 'bulb']);
assert.deepEqual((await packed.result()).output, { parcel: 'lamp+bulb' });

const refused = await machine.start({ items: ['moon'] });
await packer('refuse');
assert.deepEqual((await refused.result()).output, { Error: 'OutOfStock', Cause: 'no moon' });

// A packer takes the message and is never heard of again: after ten minutes without a heartbeat the state machine sends another.
const retried = await machine.start({ items: ['clock'] });
await packer('vanish');
await cloud.advance(601_000);
await packer('pack');
const { output, startTime, stopTime } = await retried.result();
assert.deepEqual(output, { parcel: 'clock' });
assert.ok(stopTime - startTime >= 600_000);
console.log('packed, refused, and packed by a second packer ten minutes later');
cloud.close();
