/** A bank's ledger on a FIFO queue: entries of an account in order and once each, though senders repeat themselves and a worker dies. */
import assert from 'node:assert/strict';
import { createCloud } from 'interstate';

const cloud = createCloud({ clock: 'virtual', seed: 1 });
const { sqs } = cloud;
const { QueueUrl } = await sqs.createQueue({ QueueName: 'ledger.fifo', Attributes: { FifoQueue: 'true', VisibilityTimeout: '60' } });

// ——— senders: every entry has an id, so that sending it again does no harm ———

interface Entry {
  readonly id: string;
  readonly account: string;
  readonly amount: number;
}

async function book({ id, account, amount }: Entry): Promise<string | undefined> {
  const { SequenceNumber } = await sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify({ id, account, amount }), MessageGroupId: account, MessageDeduplicationId: id });
  return SequenceNumber;
}

const accounts = ['ada', 'bob', 'eve'];
const entries = Array.from({ length: 300 }, (_, index): Entry => ({ id: `e${index}`, account: accounts[index % 3]!, amount: index % 7 === 6 ? -9 : 5 }));
for (const [index, entry] of entries.entries()) {
  const first = await book(entry);
  // A sender that did not hear the answer sends again: it is told the same number, and nothing is queued.
  if (index % 10 === 0) assert.equal(await book(entry), first);
}

// ——— workers ———

const balances = new Map<string, number>();
const booked: Entry[] = [];

/** Books a batch; gives up after so many, as if the process had died. */
async function work(dieAfter = Infinity): Promise<number> {
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
  for (const { Body = '', ReceiptHandle } of Messages.slice(0, dieAfter)) {
    const entry = JSON.parse(Body) as Entry;
    booked.push(entry);
    balances.set(entry.account, (balances.get(entry.account) ?? 0) + entry.amount);
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
  }
  return Messages.length;
}

// One dies in the middle of a batch of Ada's: the rest of it comes back after a minute, and nothing of hers comes before that.
assert.equal(await work(4), 10);
const died = cloud.now();
await work();
assert.deepEqual(new Set(booked.slice(4).map(({ account }) => account)), new Set(['bob']));
while (booked.length < entries.length) await work();
// And that was all.
assert.equal(await work(), 0);

for (const account of accounts) {
  const expected = entries.filter((entry) => entry.account === account);
  assert.deepEqual(booked.filter((entry) => entry.account === account), expected);
  assert.equal(balances.get(account), expected.reduce((sum, { amount }) => sum + amount, 0));
}
assert.ok(cloud.now() - died >= 60_000);
console.log(`${booked.length} entries in order and once each: ${[...balances].map(([account, balance]) => `${account} ${balance}`).join(', ')}`);
cloud.close();
