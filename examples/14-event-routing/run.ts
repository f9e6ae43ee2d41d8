/** Order events find three consumers: a queue, a state machine, and a partner's web service behind an API destination. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createCloud } from 'interstate';

// The partner: busy at first, as partners are.
const received: { path: string; key: string | undefined; body: unknown }[] = [];
const partner = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  received.push({ path: request.url!, key: request.headers['x-api-key'] as string, body: JSON.parse(Buffer.concat(chunks).toString()) });
  response.writeHead(received.length === 1 ? 503 : 200, { 'retry-after': '30' }).end();
}).listen(0, '127.0.0.1');
await once(partner, 'listening');
const { port } = partner.address() as AddressInfo;

const cloud = createCloud({ clock: 'virtual', seed: 1, http: { allowedHosts: ['127.0.0.1'] } });
const { eventBridge, sqs, sfn } = cloud;

const { QueueUrl } = await sqs.createQueue({ QueueName: 'warehouse' });
const { stateMachineArn } = await sfn.createStateMachine({
  name: 'thank',
  roleArn: 'arn:aws:iam::123456789012:role/r',
  definition: JSON.stringify({ StartAt: 'Thank', States: { Thank: { Type: 'Pass', Parameters: { 'text.$': "States.Format('Thank you, {}!', $.customer)" }, End: true } } }),
});
const { ConnectionArn } = await eventBridge.createConnection({
  Name: 'partner',
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Api-Key', ApiKeyValue: 'secret' } },
});
const { ApiDestinationArn } = await eventBridge.createApiDestination({ Name: 'partner', ConnectionArn, InvocationEndpoint: `http://127.0.0.1:${port}/orders/*`, HttpMethod: 'POST' });

await eventBridge.createEventBus({ Name: 'orders' });
await eventBridge.putRule({ Name: 'placed', EventBusName: 'orders', EventPattern: JSON.stringify({ source: ['shop'], 'detail-type': ['OrderPlaced'] }) });
await eventBridge.putTargets({
  Rule: 'placed',
  EventBusName: 'orders',
  Targets: [
    { Id: 'warehouse', Arn: 'arn:aws:sqs:us-east-1:123456789012:warehouse', InputTransformer: { InputPathsMap: { id: '$.detail.orderId', items: '$.detail.items' }, InputTemplate: '{"pack": <items>, "label": "order <id>"}' } },
    { Id: 'thank', Arn: stateMachineArn, InputPath: '$.detail' },
  ],
});
// Only large orders are the partner's business.
await eventBridge.putRule({ Name: 'large', EventBusName: 'orders', EventPattern: JSON.stringify({ source: ['shop'], detail: { total: [{ numeric: ['>=', 100] }] } }) });
await eventBridge.putTargets({
  Rule: 'large',
  EventBusName: 'orders',
  Targets: [{ Id: 'partner', Arn: ApiDestinationArn, InputPath: '$.detail', HttpParameters: { PathParameterValues: ['$.detail.orderId'] } }],
});

const order = (orderId: number, customer: string, total: number): { EventBusName: string; Source: string; DetailType: string; Detail: string } => ({
  EventBusName: 'orders', Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify({ orderId, customer, total, items: ['tea'] }),
});
const begun = cloud.now();
const { FailedEntryCount } = await eventBridge.putEvents({ Entries: [order(1, 'Ada', 20), order(2, 'Alan', 250)] });
assert.equal(FailedEntryCount, 0);
await cloud.runUntilIdle();

const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
assert.deepEqual(Messages.map(({ Body }) => JSON.parse(Body!)).sort((a, b) => (a.label < b.label ? -1 : 1)), [{ pack: ['tea'], label: 'order 1' }, { pack: ['tea'], label: 'order 2' }]);

const { executions } = await sfn.listExecutions({ stateMachineArn });
const outputs = await Promise.all(executions.map(async ({ executionArn }) => (await sfn.describeExecution({ executionArn })).output));
assert.deepEqual(outputs.sort(), ['{"text":"Thank you, Ada!"}', '{"text":"Thank you, Alan!"}']);

// The partner was asked again when it had said it would be back.
assert.equal(received.length, 2);
assert.deepEqual(received[1], { path: '/orders/2', key: 'secret', body: { orderId: 2, customer: 'Alan', total: 250, items: ['tea'] } });
assert.equal(cloud.now() - begun, 30_000);
const journal = cloud.deliveries().filter(({ to }) => to === ApiDestinationArn);
assert.deepEqual(journal.map(({ status, attempt }) => [status, attempt]), [['retrying', 1], ['delivered', 2]]);

console.log('two orders packed, two customers thanked, one partner told at the second attempt');
cloud.close();
partner.close();
