/** A state machine as a SAM template deploys it: definition in a file, `${…}` substitutions, a function and a table of the template. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCloud } from 'interstate';
import { aws } from '@interstate/aws';

const path = fileURLToPath(new URL('template.yaml', import.meta.url));
const readFile = (file: string) => readFileSync(file, 'utf8');

// What answers `dynamodb:putItem`. A real client goes here as it is: aws([new DynamoDB({})]).
const items: unknown[] = [];
const dynamodb = { putItem: async (input: unknown) => void items.push(input) };

const cloud = createCloud({
  clock: 'virtual',
  adapters: [aws({ dynamodb })],
  functions: { ChargeCard: ({ orderId }) => `receipt of ${orderId}` },
});
const machine = await cloud.states.create({
  definition: readFile(path),
  path,
  readFile,
  logicalId: 'OrderMachine',
  parameters: { Stage: 'test' },
  substitutions: { PaymentsTable: 'payments-test' },
});

// What only a deployment would know has a stable stand-in.
assert.deepEqual(machine.placeholders.map(({ text, value }) => [text, value]), [
  ['${ChargeCard.Arn}', 'arn:aws:lambda:us-east-1:123456789012:function:ChargeCard'],
]);

const { status, output } = await (await machine.start({ orderId: '7' })).result();
assert.equal(status, 'SUCCEEDED');
assert.deepEqual(output, { orderId: '7', receipt: 'receipt of 7' });
assert.deepEqual(items, [{ TableName: 'payments-test', Item: { id: { S: '7' }, receipt: { S: 'receipt of 7' }, stage: { S: 'test' } } }]);
console.log(items);
