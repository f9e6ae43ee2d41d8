import * as sdk from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function attached(): { readonly cloud: Cloud; readonly client: sdk.SQSClient; readonly sqs: sdk.SQS } {
  const cloud = createCloud({ clock: 'virtual', startTime: '2026-01-01T00:00:00Z', seed: 1 });
  clouds.push(cloud);
  return { cloud, client: cloud.attach(new sdk.SQSClient({})), sqs: cloud.attach(new sdk.SQS({})) };
}

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;

describe('an attached SQS client', () => {
  it('runs every operation, and finds every checksum right', async () => {
    const { sqs, cloud } = attached();
    const tried = new Set<string>();
    const run = new Proxy(sqs, {
      get(target, name) {
        if (typeof name === 'string') tried.add(name);
        return (target[name as keyof sdk.SQS] as (...args: unknown[]) => unknown).bind(target);
      },
    });
    const { QueueUrl: DeadUrl } = await run.createQueue({ QueueName: 'dead' });
    const { QueueUrl } = await run.createQueue({ QueueName: 'jobs', tags: { a: '1' } });
    await run.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }), VisibilityTimeout: '0' } });
    expect((await run.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes).toMatchObject({ QueueArn: arnOf('jobs'), VisibilityTimeout: '0' });
    expect(await run.getQueueUrl({ QueueName: 'jobs' })).toMatchObject({ QueueUrl });
    expect((await run.listQueues({})).QueueUrls).toEqual([DeadUrl, QueueUrl]);
    expect((await run.listDeadLetterSourceQueues({ QueueUrl: DeadUrl })).queueUrls).toEqual([QueueUrl]);
    await run.tagQueue({ QueueUrl, Tags: { b: '2' } });
    await run.untagQueue({ QueueUrl, TagKeys: ['a'] });
    expect((await run.listQueueTags({ QueueUrl })).Tags).toEqual({ b: '2' });
    await run.addPermission({ QueueUrl, Label: 'l', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] });
    await run.removePermission({ QueueUrl, Label: 'l' });
    const bytes = new Uint8Array([0, 1, 255, 128]);
    await run.sendMessage({ QueueUrl, MessageBody: 'größer', MessageAttributes: { bytes: { DataType: 'Binary', BinaryValue: bytes }, n: { DataType: 'Number.int', StringValue: '7' } } });
    await run.sendMessageBatch({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'two', MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } } }] });
    // The SDK itself compares the checksums of what was sent and received.
    const { Messages: [first, second] = [] } = await run.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'], VisibilityTimeout: 30 });
    expect(first).toMatchObject({ Body: 'größer', MessageAttributes: { bytes: { BinaryValue: bytes }, n: { StringValue: '7' } }, Attributes: { ApproximateReceiveCount: '1' } });
    expect(second?.Attributes).toMatchObject({ AWSTraceHeader: 'Root=1' });
    const [ReceiptHandle, other] = [first!.ReceiptHandle, second!.ReceiptHandle];
    await run.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 60 });
    await run.changeMessageVisibilityBatch({ QueueUrl, Entries: [{ Id: '1', ReceiptHandle: other, VisibilityTimeout: 0 }] });
    expect(await run.deleteMessageBatch({ QueueUrl, Entries: [{ Id: '1', ReceiptHandle: 'none' }] })).toMatchObject({ Failed: [{ Id: '1', Code: 'ReceiptHandleIsInvalid' }] });
    await run.deleteMessage({ QueueUrl, ReceiptHandle });
    expect((await run.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
    const { TaskHandle } = await run.startMessageMoveTask({ SourceArn: arnOf('dead'), MaxNumberOfMessagesPerSecond: 1 });
    await cloud.advance(2000);
    expect((await run.listMessageMoveTasks({ SourceArn: arnOf('dead') })).Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
    await expect(run.cancelMessageMoveTask({ TaskHandle })).rejects.toBeInstanceOf(sdk.ResourceNotFoundException);
    expect((await run.receiveMessage({ QueueUrl })).Messages).toHaveLength(1);
    await run.purgeQueue({ QueueUrl });
    await run.deleteQueue({ QueueUrl });
    const operations = Object.keys(sdk).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);
    expect(operations.filter((name) => !tried.has(name[0]!.toLowerCase() + name.slice(1)))).toEqual([]);
  });

  it('throws the exceptions of the SDK', async () => {
    const { client, sqs } = attached();
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const failing: readonly (readonly [Promise<unknown>, abstract new (...args: never) => Error])[] = [
      [client.send(new sdk.GetQueueUrlCommand({ QueueName: 'none' })), sdk.QueueDoesNotExist],
      [sqs.createQueue({ QueueName: 'q', Attributes: { DelaySeconds: '9' } }), sdk.QueueNameExists],
      [sqs.createQueue({ QueueName: 'r', Attributes: { DelaySeconds: '901' } }), sdk.InvalidAttributeValue],
      [sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Nothing' as 'All'] }), sdk.InvalidAttributeName],
      [sqs.deleteMessage({ QueueUrl, ReceiptHandle: 'x' }), sdk.ReceiptHandleIsInvalid],
      [sqs.sendMessage({ QueueUrl, MessageBody: '\0' }), sdk.InvalidMessageContents],
      [sqs.sendMessageBatch({ QueueUrl, Entries: [] }), sdk.EmptyBatchRequest],
      [sqs.sendMessage({ QueueUrl: 'nowhere', MessageBody: 'x' }), sdk.InvalidAddress],
    ];
    for (const [promise, type] of failing) await expect(promise).rejects.toBeInstanceOf(type);
    await expect(sqs.sendMessage({ QueueUrl, MessageBody: '' })).rejects.toMatchObject({ Code: 'MissingParameter', message: 'The request must contain the parameter MessageBody.' });
  });

  it('pages', async () => {
    const { client, sqs } = attached();
    await sqs.createQueue({ QueueName: 'dead' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
    for (let index = 0; index < 7; index++) await sqs.createQueue({ QueueName: `q${index}`, Attributes: { RedrivePolicy } });
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'dead' });
    const names = (urls: readonly string[]): readonly string[] => urls.map((url) => url.slice(url.lastIndexOf('/') + 1));
    const expected = Array.from({ length: 7 }, (_, index) => `q${index}`);
    const listed: string[] = [];
    for await (const { QueueUrls = [] } of sdk.paginateListQueues({ client, pageSize: 3 }, { QueueNamePrefix: 'q' })) listed.push(...names(QueueUrls));
    expect(listed).toEqual(expected);
    const sources: string[] = [];
    for await (const { queueUrls = [] } of sdk.paginateListDeadLetterSourceQueues({ client, pageSize: 2 }, { QueueUrl })) sources.push(...names(queueUrls));
    expect(sources).toEqual(expected);
  });
});

describe('when things go wrong', () => {
  it('a consumer that dies mid-batch loses nothing', async () => {
    const { sqs, cloud } = attached();
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    for (let index = 0; index < 10; index++) await sqs.sendMessage({ QueueUrl, MessageBody: String(index) });
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    // It dies after three.
    for (const { ReceiptHandle } of Messages.slice(0, 3)) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    const seen: (string | undefined)[] = [];
    const began = cloud.now();
    for (let got = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 }); seen.length < 7; got = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 })) {
      for (const { Body, ReceiptHandle } of got.Messages ?? []) {
        seen.push(Body);
        await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
      }
      if (seen.length === 7) break;
    }
    expect(seen).toEqual(['3', '4', '5', '6', '7', '8', '9']);
    expect(cloud.now() - began).toBe(30_000);
  });

  it('a poison message does not hold up the others, and ends in the dead-letter queue', async () => {
    const { sqs } = attached();
    const { QueueUrl: DeadUrl } = await sqs.createQueue({ QueueName: 'dead' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 3 });
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q', Attributes: { RedrivePolicy, VisibilityTimeout: '1' } });
    for (const MessageBody of ['a', 'poison', 'b']) await sqs.sendMessage({ QueueUrl, MessageBody });
    const done: (string | undefined)[] = [];
    for (let round = 0; round < 5; round++) {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 2 });
      for (const { Body, ReceiptHandle } of Messages) {
        if (Body === 'poison') continue;
        done.push(Body);
        await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
      }
    }
    expect(done).toEqual(['a', 'b']);
    expect((await sqs.receiveMessage({ QueueUrl: DeadUrl })).Messages).toMatchObject([{ Body: 'poison' }]);
  });

  it('a queue deleted while it is polled says so', async () => {
    const { sqs, cloud } = attached();
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const polling = cloud.sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
    await sqs.deleteQueue({ QueueUrl });
    await expect(polling).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});
