/** A pipe: orders in a queue → only the large ones → enriched by a function → an execution each. What fails comes again. */
import assert from 'node:assert/strict';
import { createCloud } from 'interstate';

const account = 'us-east-1:123456789012';
const RoleArn = 'arn:aws:iam::123456789012:role/pipe';
let busy = 1;
const cloud = createCloud({
  clock: 'virtual',
  functions: {
    // Looks the customer up; too busy the first time.
    customers: async (orders: readonly { id: number; customer: string }[]) => {
      if (busy-- > 0) throw new Error('try again later');
      return orders.map((order) => ({ ...order, tier: order.customer === 'ada' ? 'gold' : 'plain' }));
    },
  },
});
const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'orders' });
const { stateMachineArn } = await cloud.sfn.createStateMachine({
  name: 'fulfil',
  roleArn: RoleArn,
  definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Ship', States: { Ship: { Type: 'Pass', Output: '{% $states.input.{"shipped": id, "to": tier} %}', End: true } } }),
});

await cloud.pipes.createPipe({
  Name: 'large-orders',
  RoleArn,
  Source: `arn:aws:sqs:${account}:orders`,
  SourceParameters: { FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: { total: [{ numeric: ['>=', 100] }] } }) }] }, SqsQueueParameters: { BatchSize: 1 } },
  Enrichment: `arn:aws:lambda:${account}:function:customers`,
  EnrichmentParameters: { InputTemplate: '{"id": <$.body.id>, "customer": <$.body.customer>}' },
  Target: stateMachineArn!,
  TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } },
});

for (const order of [{ id: 1, customer: 'ada', total: 250 }, { id: 2, customer: 'bob', total: 20 }, { id: 3, customer: 'bob', total: 100 }]) {
  await cloud.sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(order) });
}
await cloud.runUntilIdle();

const { executions = [] } = await cloud.sfn.listExecutions({ stateMachineArn });
const outputs = await Promise.all(executions.map(async ({ executionArn }) => (await cloud.sfn.describeExecution({ executionArn })).output));
assert.deepEqual(outputs.sort(), ['{"shipped":1,"to":"gold"}', '{"shipped":3,"to":"plain"}']);

// The journal tells of every record: the one kept back, the one that came twice.
const journal = cloud.deliveries(`arn:aws:pipes:${account}:pipe/large-orders`).map(({ status }) => status);
assert.deepEqual(journal.sort(), ['delivered', 'delivered', 'filtered', 'retrying']);
cloud.close();
console.log(outputs.join(' '));
