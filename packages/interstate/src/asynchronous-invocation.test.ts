import type { Handler } from '@interstate/lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:q';
const START = Date.UTC(2026, 0, 1);

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function cloudWith(handler: Handler, options: { readonly reservedConcurrency?: number; readonly deadLetterTargetArn?: string } = {}): Cloud {
  const cloud = createCloud({ clock: 'virtual', seed: 1, warn: () => {} });
  clouds.push(cloud);
  cloud.lambda.register('f', handler, options);
  return cloud;
}

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const send = (cloud: Cloud, value: unknown) => cloud.lambda.invoke({ FunctionName: 'f', InvocationType: 'Event', Payload: bytes(value) });

async function received(cloud: Cloud, name = 'q') {
  const { QueueUrl } = await cloud.sqs.getQueueUrl({ QueueName: name });
  const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
  return Messages.map(({ Body, MessageAttributes }) => ({ body: JSON.parse(Body!) as Record<string, unknown>, attributes: MessageAttributes }));
}

describe('asynchronous invocation', () => {
  it('calls a failing function again after one minute and after two, with one request id', async () => {
    const calls: [number, string][] = [];
    const cloud = cloudWith((_event, { awsRequestId }) => {
      calls.push([(cloud.now() - START) / 1000, awsRequestId]);
      throw new Error('no');
    });
    expect(await send(cloud, {})).toMatchObject({ StatusCode: 202 });
    await cloud.runUntilIdle();
    expect(calls.map(([time]) => time)).toEqual([0, 60, 180]);
    expect(new Set(calls.map(([, id]) => id)).size).toBe(1);
    expect(cloud.deliveries(FUNCTION).map(({ attempt, status, reason }) => [attempt, status, reason])).toEqual([[1, 'retrying', 'no'], [2, 'retrying', 'no'], [3, 'failed', 'no']]);
  });

  it('tells the destination for failures, in the words of Lambda', async () => {
    const cloud = cloudWith(() => {
      throw new TypeError('no');
    });
    await cloud.sqs.createQueue({ QueueName: 'q' });
    await cloud.lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: QUEUE } } });
    await send(cloud, { order: 1 });
    await cloud.runUntilIdle();
    const body = (await received(cloud))[0]!.body;
    expect(body).toEqual({
      version: '1.0',
      timestamp: '2026-01-01T00:01:00.000Z',
      requestContext: { requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string, functionArn: `${FUNCTION}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { order: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'no', trace: expect.any(Array) as unknown[] },
    });
    expect(cloud.deliveries(FUNCTION).map(({ to, status }) => [to, status])).toEqual([[FUNCTION, 'retrying'], [FUNCTION, 'failed'], [QUEUE, 'deadLettered']]);
  });

  it('puts the event itself into the dead-letter queue of the function', async () => {
    const cloud = cloudWith(() => Promise.reject(new Error('x'.repeat(2000))), { deadLetterTargetArn: QUEUE });
    await cloud.sqs.createQueue({ QueueName: 'q' });
    await send(cloud, { order: 1 });
    await cloud.runUntilIdle();
    expect(await received(cloud)).toEqual([
      {
        body: { order: 1 },
        attributes: {
          RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[\da-f-]{36}$/) as string },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: { DataType: 'String', StringValue: 'x'.repeat(1024) },
        },
      },
    ]);
  });

  it('tells the destination for successes: another function, which gets the record as its event', async () => {
    const records: { requestContext: { condition: string }; responsePayload: unknown }[] = [];
    const cloud = cloudWith((event: number) => event + 1);
    cloud.lambda.register('next', (record: (typeof records)[number]) => void records.push(record));
    await cloud.lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnSuccess: { Destination: FUNCTION.replace(/f$/, 'next') } } });
    await send(cloud, 41);
    await cloud.runUntilIdle();
    expect(records).toMatchObject([{ requestContext: { condition: 'Success', approximateInvokeCount: 1 }, requestPayload: 41, responsePayload: 42 }]);
  });

  it('tells an event bus and a topic', async () => {
    const cloud = cloudWith(() => 1);
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q' });
    const { TopicArn } = await cloud.sns.createTopic({ Name: 't' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE, Attributes: { RawMessageDelivery: 'true' } });
    await cloud.lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnSuccess: { Destination: TopicArn } } });
    await send(cloud, 1);
    await cloud.runUntilIdle();
    expect((await received(cloud))[0]!.body).toMatchObject({ responsePayload: 1 });
    await cloud.sqs.purgeQueue({ QueueUrl });
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: JSON.stringify({ source: ['lambda'] }) });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn: QUEUE }] });
    const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
    await cloud.lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnSuccess: { Destination: bus } } });
    await send(cloud, 1);
    await cloud.runUntilIdle();
    expect((await received(cloud))[0]!.body).toMatchObject({ source: 'lambda', 'detail-type': 'Lambda Function Invocation Result - Success', resources: [bus, `${FUNCTION}:$LATEST`], detail: { responsePayload: 1 } });
  });

  it('waits longer and longer for a throttled function, and gives up an event that is too old', async () => {
    const cloud = cloudWith(() => 1, { reservedConcurrency: 0 });
    await cloud.sqs.createQueue({ QueueName: 'q' });
    await cloud.lambda.putFunctionEventInvokeConfig({ FunctionName: 'f', MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: QUEUE } } });
    await send(cloud, {});
    await cloud.runUntilIdle();
    const times = cloud.deliveries(FUNCTION).map(({ time, error }) => [(time - START) / 1000, error]);
    expect(times).toEqual([...[0, 1, 3, 7, 15, 31].map((time) => [time, 'TooManyRequestsException']), [63, 'EventAgeExceeded'], [63, undefined]]);
    const body = (await received(cloud))[0]!.body;
    expect(body).toMatchObject({ requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } });
    expect(body).not.toHaveProperty('responseContext');
  });

  it('calls no more at once than the function has concurrency', async () => {
    let running = 0;
    let most = 0;
    let calls = 0;
    const cloud = cloudWith(
      async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        calls++;
      },
      { reservedConcurrency: 2 },
    );
    await Promise.all(Array.from({ length: 9 }, () => send(cloud, {})));
    await cloud.runUntilIdle();
    expect([most, calls]).toEqual([2, 9]);
    const requests = await Promise.allSettled(Array.from({ length: 3 }, () => cloud.lambda.invoke({ FunctionName: 'f' })));
    expect(requests.map((request) => (request.status === 'rejected' ? (request.reason as Error).name : 'ok')).sort()).toEqual(['TooManyRequestsException', 'ok', 'ok']);
  });

  it('answers a Task at once, and tries its event again', async () => {
    let calls = 0;
    const cloud = cloudWith(() => {
      if (++calls < 3) throw new Error('no');
    });
    const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f', InvocationType: 'Event', Payload: {} }, End: true };
    const { output } = await cloud.run({ StartAt: 'T', States: { T: invoke } });
    expect(output).toMatchObject({ StatusCode: 202, Payload: '' });
    expect(calls).toBe(1);
    await cloud.runUntilIdle();
    expect(calls).toBe(3);
  });

  it('throttles Tasks too', async () => {
    const cloud = cloudWith(() => 1, { reservedConcurrency: 0 });
    for (const Resource of [FUNCTION, 'arn:aws:states:::lambda:invoke']) {
      const failed = await cloud.run({ StartAt: 'T', States: { T: { Type: 'Task', Resource, Parameters: { FunctionName: 'f' }, End: true } } });
      expect(failed).toMatchObject({ status: 'FAILED', error: 'Lambda.TooManyRequestsException' });
    }
  });

  it('goes on from what is kept', async () => {
    let calls = 0;
    const cloud = createCloud({ clock: 'virtual', seed: 1, crashes: { deliveries: 1 }, functions: { f: () => { if (++calls < 3) throw new Error('no'); } } });
    clouds.push(cloud);
    await send(cloud, {});
    await cloud.runUntilIdle();
    expect(calls).toBe(3);
    expect(cloud.now() - START).toBe(180_000);
  });
});
