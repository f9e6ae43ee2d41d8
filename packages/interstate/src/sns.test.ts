import { verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { DEVELOPMENT_CERTIFICATE } from '@interstate/sns';
import MessageValidator from 'sns-validator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCloud, type Cloud, type CloudOptions } from './index.ts';

const clouds: Cloud[] = [];
const servers: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  clouds.splice(0).forEach((cloud) => cloud.close());
  await Promise.all(servers.splice(0).map((close) => close()));
});

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:';
const URL_OF = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
const DEAD = JSON.stringify({ deadLetterTargetArn: `${QUEUE}dead` });

function virtual(options: CloudOptions = {}): Cloud {
  const cloud = createCloud({ clock: 'virtual', seed: 1, http: { allowedHosts: ['127.0.0.1'] }, ...options });
  clouds.push(cloud);
  return cloud;
}

interface Post {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on this machine that keeps what is posted to it. @param answers what it does with each: a status, or nothing at all */
async function endpoint(answers: (number: number, response: ServerResponse) => number | undefined = () => 200): Promise<{ readonly url: string; readonly posts: Post[] }> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posts.push({ headers: request.headers, body });
      const status = answers(posts.length, response);
      if (status !== undefined) response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posts };
}

/** Subscribes an endpoint and confirms by visiting the URL it was sent. */
async function subscribed(cloud: Cloud, url: string, posts: readonly Post[], Attributes: Record<string, string> = {}): Promise<string> {
  const { TopicArn = '' } = await cloud.sns.createTopic({ Name: 't' });
  await cloud.sqs.createQueue({ QueueName: 'dead' });
  await cloud.sns.subscribe({ TopicArn, Protocol: 'http', Endpoint: url, Attributes: { RedrivePolicy: DEAD, ...Attributes } });
  await cloud.advance(0);
  expect((await cloud.people.visit((JSON.parse(posts[0]!.body) as { SubscribeURL: string }).SubscribeURL)).status).toBe(200);
  return TopicArn;
}

/** What sns-validator, which asks the web for the certificate, says of a message. */
function verified(message: object): Promise<unknown> {
  vi.spyOn(https, 'get').mockImplementation(((_url: string, listener: (answer: object) => void) => {
    listener(Object.assign(Readable.from([DEVELOPMENT_CERTIFICATE]), { statusCode: 200 }));
    return { on: () => undefined };
  }) as never);
  return new Promise((resolve, reject) => new MessageValidator().validate(message, (error, valid) => (error ? reject(error) : resolve(valid))));
}

describe('an HTTP endpoint', () => {
  it('confirms, gets signed messages and hears when its subscription ends', async () => {
    const cloud = virtual();
    const { url, posts } = await endpoint();
    const TopicArn = await subscribed(cloud, url, posts);
    expect(posts[0]!.headers).toMatchObject({ 'x-amz-sns-message-type': 'SubscriptionConfirmation', 'x-amz-sns-topic-arn': TopicArn, 'content-type': 'text/plain; charset=UTF-8', 'user-agent': 'Amazon Simple Notification Service Agent' });
    expect(posts[0]!.headers).not.toHaveProperty('x-amz-sns-subscription-arn');
    await verified(JSON.parse(posts[0]!.body) as object);
    const { Subscriptions: [subscription] = [] } = await cloud.sns.listSubscriptionsByTopic({ TopicArn });
    const { MessageId } = await cloud.sns.publish({ TopicArn, Message: 'hello\nworld ü', Subject: 'Hi' });
    await cloud.advance(0);
    expect(posts[1]!.headers).toMatchObject({ 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-message-id': MessageId, 'x-amz-sns-subscription-arn': subscription!.SubscriptionArn });
    await verified(JSON.parse(posts[1]!.body) as object);
    await cloud.sns.setTopicAttributes({ TopicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' });
    await cloud.sns.publish({ TopicArn, Message: 'second' });
    await cloud.advance(0);
    expect(JSON.parse(posts[2]!.body)).toMatchObject({ SignatureVersion: '2', Message: 'second' });
    await verified(JSON.parse(posts[2]!.body) as object);
    await expect(verified({ ...(JSON.parse(posts[2]!.body) as object), Message: 'forged' })).rejects.toThrow('signature is invalid');
    await cloud.sns.unsubscribe({ SubscriptionArn: subscription!.SubscriptionArn! });
    await cloud.advance(0);
    expect(posts[3]!.headers).toMatchObject({ 'x-amz-sns-message-type': 'UnsubscribeConfirmation' });
    // Signed with its token, as AWS documents; sns-validator 0.3 leaves that out for this type.
    const farewell = JSON.parse(posts[3]!.body) as Record<string, string>;
    const signed = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'].map((name) => `${name}\n${farewell[name]}\n`).join('');
    expect(verify('RSA-SHA256', Buffer.from(signed), DEVELOPMENT_CERTIFICATE, Buffer.from(farewell['Signature']!, 'base64'))).toBe(true);
  });

  it('takes the end of its subscription back by the link of the farewell, for three days', async () => {
    const cloud = virtual();
    const { url, posts } = await endpoint();
    const TopicArn = await subscribed(cloud, url, posts, { RawMessageDelivery: 'true' });
    const list = async () => (await cloud.sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions!.map(({ SubscriptionArn, Endpoint }) => [SubscriptionArn, Endpoint]);
    const before = await list();
    const farewellAfter = async () => {
      await cloud.sns.unsubscribe({ SubscriptionArn: before[0]![0]! });
      await cloud.advance(0);
      return JSON.parse(posts.at(-1)!.body) as { Type: string; Token: string; SubscribeURL: string };
    };
    const farewell = await farewellAfter();
    expect([farewell.Type, await list()]).toEqual(['UnsubscribeConfirmation', []]);
    expect((await cloud.people.visit(farewell.SubscribeURL)).status).toBe(200);
    expect(await list()).toEqual(before);
    await cloud.sns.publish({ TopicArn, Message: 'back' });
    await cloud.advance(0);
    expect(posts.at(-1)!.body).toBe('back');
    const { Token } = await farewellAfter();
    await cloud.advance(3 * 86_400_000);
    await expect(cloud.sns.confirmSubscription({ TopicArn, Token })).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'Invalid parameter: Token' });
  });

  it('gets raw bodies where it wants them', async () => {
    const cloud = virtual();
    const { url, posts } = await endpoint();
    const TopicArn = await subscribed(cloud, url, posts, { RawMessageDelivery: 'true', DeliveryPolicy: '{"requestPolicy":{"headerContentType":"application/json"}}' });
    await cloud.sns.publish({ TopicArn, Message: '{"a":1}', MessageAttributes: { x: { DataType: 'String', StringValue: 'y' } } });
    await cloud.advance(0);
    expect(posts[1]).toMatchObject({ body: '{"a":1}', headers: { 'x-amz-sns-rawdelivery': 'true', 'content-type': 'application/json' } });
  });

  const rows: readonly [string, (number: number, response: ServerResponse) => number | undefined, readonly string[], string][] = [
    ['answers 500 for a while', (number) => (number < 4 ? (number === 1 ? 200 : 500) : 200), ['retrying', 'retrying', 'delivered'], ''],
    ['answers 500 for good', (number) => (number === 1 ? 200 : 500), ['retrying', 'retrying', 'retrying', 'deadLettered'], '500'],
    ['answers 429 once', (number) => (number === 2 ? 429 : 200), ['retrying', 'delivered'], ''],
    ['answers 403', (number) => (number === 1 ? 200 : 403), ['deadLettered'], '403'],
    ['redirects', (number) => (number === 1 ? 200 : 302), ['deadLettered'], '302'],
    ['hangs up', (number, response) => (number === 1 ? 200 : void response.destroy()), ['retrying', 'retrying', 'retrying', 'deadLettered'], 'ConnectionError'],
  ];
  it.each(rows)('that %s', async (_what, answers, statuses, code) => {
    const cloud = virtual();
    const { url, posts } = await endpoint(answers);
    const TopicArn = await subscribed(cloud, url, posts);
    const begun = cloud.now();
    const { MessageId } = await cloud.sns.publish({ TopicArn, Message: 'm' });
    await cloud.runUntilIdle();
    expect(cloud.deliveries(TopicArn).filter(({ messageId }) => messageId === MessageId).map(({ status }) => status)).toEqual(statuses);
    // Twenty seconds apart, as the default policy has it.
    expect(cloud.now() - begun).toBe((statuses.length - 1) * 20_000);
    const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl: URL_OF('dead'), MessageAttributeNames: ['All'] });
    expect(Messages.map(({ MessageAttributes }) => MessageAttributes?.['ErrorCode']?.StringValue)).toEqual(code === '' ? [] : [code]);
  });

  it('that never answers times out', async () => {
    const cloud = virtual({ sns: { limits: { httpTimeoutSeconds: 0.05 } } });
    const { url, posts } = await endpoint((number) => (number === 1 ? 200 : undefined));
    const TopicArn = await subscribed(cloud, url, posts, { DeliveryPolicy: '{"healthyRetryPolicy":{"numRetries":1,"numNoDelayRetries":1}}' });
    await cloud.sns.publish({ TopicArn, Message: 'm' });
    await cloud.runUntilIdle();
    expect(cloud.deliveries(TopicArn).slice(-2)).toMatchObject([{ status: 'retrying', error: 'Timeout' }, { status: 'deadLettered', error: 'Timeout' }]);
  });

  it('at a private address is not called unless allowed', async () => {
    const cloud = virtual({ http: {} });
    const { TopicArn = '' } = await cloud.sns.createTopic({ Name: 't' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'http', Endpoint: 'http://127.0.0.1:9/' });
    await cloud.runUntilIdle();
    expect(cloud.deliveries(TopicArn)).toMatchObject([{ status: 'failed', error: 'ForbiddenAddress', attempt: 1 }]);
  });

  it('is called as often per second as its policy allows', async () => {
    const cloud = virtual();
    const { url, posts } = await endpoint();
    const TopicArn = await subscribed(cloud, url, posts, { DeliveryPolicy: '{"throttlePolicy":{"maxReceivesPerSecond":2}}' });
    for (let count = 0; count < 5; count++) await cloud.sns.publish({ TopicArn, Message: `${count}` });
    const begun = cloud.now();
    await cloud.runUntilIdle();
    expect(cloud.now() - begun).toBe(2000);
    expect(posts.slice(1).map(({ body }) => (JSON.parse(body) as { Message: string }).Message)).toEqual(['0', '1', '2', '3', '4']);
  });
});

describe('a function', () => {
  it('gets the event, and what it throws is its own business', async () => {
    const events: unknown[] = [];
    const cloud = virtual({
      functions: {
        work: async (event: unknown) => {
          events.push(event);
          throw new Error('no');
        },
      },
    });
    const { TopicArn = '' } = await cloud.sns.createTopic({ Name: 't', Attributes: { SignatureVersion: '2' } });
    const { SubscriptionArn } = await cloud.sns.subscribe({ TopicArn, Protocol: 'lambda', Endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:work' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'lambda', Endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:none' });
    const { MessageId } = await cloud.sns.publish({ TopicArn, Message: 'm', MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } } });
    await cloud.runUntilIdle();
    expect(events[0]).toMatchObject({
      Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: SubscriptionArn, Sns: { Type: 'Notification', MessageId, TopicArn, Subject: null, Message: 'm', SignatureVersion: '1', SigningCertUrl: expect.any(String) as string, UnsubscribeUrl: expect.any(String) as string, MessageAttributes: { a: { Type: 'String', Value: 'x' } } } }],
    });
    // Lambda tries asynchronous invocations three times; for SNS the first hand-over is the delivery.
    expect(events).toHaveLength(3);
    expect(cloud.deliveries(TopicArn).map(({ status }) => status).sort()).toEqual(['delivered', 'failed']);
  });
});

describe('messages for people', () => {
  it('are carried by transports, and tried again', async () => {
    let tries = 0;
    const mails: string[] = [];
    const cloud = virtual({
      sns: {
        transports: {
          email: async ({ to }) => {
            if (tries++ === 1) throw new Error('busy');
            mails.push(to);
          },
          sms: () => {
            throw Object.assign(new Error('no such number'), { permanent: true });
          },
          push: async () => {
            throw Object.assign(new Error('gone'), { code: 'EndpointDisabled' });
          },
        },
      },
    });
    const { TopicArn = '' } = await cloud.sns.createTopic({ Name: 't' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'ada@example.com' });
    await cloud.sns.subscribe({ TopicArn, Protocol: 'sms', Endpoint: '+14155550100' });
    await cloud.advance(0);
    await cloud.people.visit(cloud.people.messages({ type: 'email' })[0]!.link);
    await cloud.sns.publish({ TopicArn, Message: 'm' });
    await cloud.runUntilIdle();
    expect(mails).toEqual(['ada@example.com', 'ada@example.com']);
    expect(cloud.deliveries(TopicArn).slice(-3).map(({ status, error = '' }) => `${status} ${error}`).sort()).toEqual(['delivered ', 'failed PermanentFailure', 'retrying ServiceUnavailable']);
    const { PlatformApplicationArn = '' } = await cloud.sns.createPlatformApplication({ Name: 'a', Platform: 'GCM', Attributes: { PlatformCredential: 'c', EventDeliveryFailure: TopicArn } });
    const { EndpointArn = '' } = await cloud.sns.createPlatformEndpoint({ PlatformApplicationArn, Token: 'd' });
    await cloud.sns.publish({ TargetArn: EndpointArn, Message: 'm' });
    await cloud.runUntilIdle();
    expect((await cloud.sns.getEndpointAttributes({ EndpointArn })).Attributes).toMatchObject({ Enabled: 'false' });
    expect(cloud.people.messages({ type: 'email' }).at(-1)!.text).toContain('DeliveryFailure');
  });
});
