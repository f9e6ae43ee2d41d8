/** Orders wait in a queue for a function that has them charged. Chaos finds what is wrong with two such functions, and nothing with the third. */
import assert from 'node:assert/strict';
import { chaos, type Application } from '@interstate/testing';

/** Charges an order: with a name, the bank does so once, however often it is asked. */
type Bank = (name?: string) => Promise<void>;
type Shop = (order: string, bank: Bank) => Promise<void>;

const ACCOUNT = 'us-east-1:123456789012';

/** @param open makes what the function keeps in mind */
const shop =
  (open: () => Shop): Application =>
  async (cloud) => {
    const { stateMachineArn } = await cloud.states.create({ name: 'bank', definition: { StartAt: 'Charge', States: { Charge: { Type: 'Succeed' } } } });
    const bank: Bank = async (name) => {
      try {
        await cloud.sfn.startExecution({ stateMachineArn, ...(name !== undefined && { name }) });
      } catch (error) {
        if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
      }
    };
    await cloud.sqs.createQueue({ QueueName: 'uncharged' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${ACCOUNT}:uncharged`, maxReceiveCount: 5 });
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'orders', Attributes: { RedrivePolicy } });
    const charge = open();
    cloud.lambda.register('charge', async ({ Records }: { readonly Records: readonly { readonly body: string }[] }) => {
      for (const { body } of Records) await charge(body, bank);
    });
    await cloud.lambda.createEventSourceMapping({ EventSourceArn: `arn:aws:sqs:${ACCOUNT}:orders`, FunctionName: 'charge' });
    return {
      stimulus: () => cloud.sqs.sendMessage({ QueueUrl: QueueUrl!, MessageBody: 'order-42' }),
      outcome: async () => `${(await cloud.sfn.listExecutions({ stateMachineArn })).executions!.length} charged`,
    };
  };

async function storyOf(open: () => Shop): Promise<readonly string[]> {
  const { findings } = await chaos({ application: shop(open), seeds: { from: 1, to: 20 } });
  return findings.flatMap(({ story }) => story);
}

const careless = await storyOf(() => (_order, bank) => bank());
assert.deepEqual(careless, ["'orders' delivers order-42 to 'charge' twice", 'the application comes to "2 charged", and to "1 charged" where nothing goes wrong']);

// What was charged is not charged again; but it is noted before it was.
const hasty = await storyOf(() => {
  const charged = new Set<string>();
  return async (order, bank) => {
    if (charged.has(order)) return;
    charged.add(order);
    await bank();
  };
});
assert.deepEqual(hasty, ["'charge' dies in its work, right before it calls StartExecution of 'states'", 'the application comes to "0 charged", and to "1 charged" where nothing goes wrong']);

// Nothing is kept in mind: the bank knows the order by its name.
assert.deepEqual(await storyOf(() => (order, bank) => bank(order)), []);

console.log([...careless, ...hasty].join('\n'));
