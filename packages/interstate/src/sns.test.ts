import { describe, expect, it } from 'vitest';
import { createCloud } from './index.ts';

describe('cloud.sns', () => {
  it('brings messages to queues', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1 });
    const { TopicArn = '' } = await cloud.sns.createTopic({ Name: 'orders' });
    const { QueueUrl = '' } = await cloud.sqs.createQueue({ QueueName: 'q' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:123456789012:q' });
    const { MessageId } = await cloud.sns.publish({ TopicArn, Message: 'hello', Subject: 'Hi', MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } } });
    await cloud.runUntilIdle();
    const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl });
    expect(JSON.parse(Messages[0]!.Body!)).toMatchObject({ Type: 'Notification', MessageId, Message: 'hello' });
    expect(cloud.deliveries(TopicArn)).toMatchObject([{ messageId: MessageId, status: 'delivered', attempt: 1 }]);
    cloud.close();
  });
});
