import * as sdk from '@aws-sdk/client-sns';
import type { Sns } from '@interstate/sns';
import { describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type Commands = keyof typeof sdk;
type SdkOperation = { [K in keyof sdk.SNS]-?: K extends string ? (`${Capitalize<K>}Command` extends Commands ? K : never) : never }[keyof sdk.SNS];
type SdkMethods = { readonly [K in SdkOperation]: SdkMethod<sdk.SNS[K]> };

// What the compiler checks: our client stands where the SDK's methods are wanted, and no operation is missing.
const stands = (sns: Sns): SdkMethods => sns;
const same: SdkOperation extends keyof Sns ? (keyof Sns extends SdkOperation ? true : never) : never = true;

const NUMBER = '+14155550100';

function attached(pageResults = 100): { readonly cloud: Cloud; readonly client: sdk.SNSClient } {
  const cloud = createCloud({ clock: 'virtual', seed: 1, sns: { limits: { pageResults }, sms: { optedOut: [NUMBER, `${NUMBER}1`], originationNumbers: [{ PhoneNumber: NUMBER }, { PhoneNumber: `${NUMBER}1` }] } } });
  return { cloud, client: cloud.attach(new sdk.SNSClient({ maxAttempts: 1 })) };
}

describe('cloud.sns', () => {
  it('stands where the methods of SNS are wanted', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1 });
    expect(same).toBe(true);
    expect(await stands(cloud.sns).listTopics({})).toMatchObject({ Topics: [], $metadata: { httpStatusCode: 200 } });
    await expect(cloud.sns.getTopicAttributes({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:t' })).rejects.toMatchObject({ name: 'NotFoundException', Code: 'NotFound', Type: 'Sender', $fault: 'client', message: 'Topic does not exist', $metadata: { httpStatusCode: 404 } });
    cloud.close();
  });
});

describe('an attached SNSClient', () => {
  it('throws the exceptions of the SDK', async () => {
    const { cloud, client } = attached();
    const { TopicArn } = await client.send(new sdk.CreateTopicCommand({ Name: 't' }));
    const rows: readonly [Promise<unknown>, new (...args: never) => Error][] = [
      [client.send(new sdk.GetTopicAttributesCommand({ TopicArn: `${TopicArn}2` })), sdk.NotFoundException],
      [client.send(new sdk.PublishCommand({ TopicArn, Message: '' })), sdk.InvalidParameterException],
      [client.send(new sdk.PublishCommand({ TopicArn, Message: 'm', MessageAttributes: { '.a': { DataType: 'String', StringValue: 'x' } } })), sdk.InvalidParameterValueException],
      [client.send(new sdk.PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [] })), sdk.EmptyBatchRequestException],
      [client.send(new sdk.TagResourceCommand({ ResourceArn: `${TopicArn}2`, Tags: [] })), sdk.ResourceNotFoundException],
      [client.send(new sdk.ListOriginationNumbersCommand({ MaxResults: 99 })), sdk.ValidationException],
      [client.send(new sdk.CreateSMSSandboxPhoneNumberCommand({ PhoneNumber: NUMBER })), sdk.OptedOutException],
      [client.send(new sdk.PublishCommand({ TopicArn } as never)), sdk.SNSServiceException],
    ];
    for (const [answer, exception] of rows) await expect(answer).rejects.toBeInstanceOf(exception);
    cloud.close();
  });

  it('pages with every paginator', async () => {
    const { cloud, client } = attached(1);
    const TopicArns = await Promise.all(['a', 'b'].map(async (Name) => (await client.send(new sdk.CreateTopicCommand({ Name }))).TopicArn!));
    for (const Endpoint of ['1', '2']) await client.send(new sdk.SubscribeCommand({ TopicArn: TopicArns[0], Protocol: 'sms', Endpoint: `${NUMBER}${Endpoint}` }));
    const applications = await Promise.all(['a', 'b'].map(async (Name) => (await client.send(new sdk.CreatePlatformApplicationCommand({ Name, Platform: 'GCM', Attributes: { PlatformCredential: 'c' } }))).PlatformApplicationArn));
    for (const Token of ['1', '2']) await client.send(new sdk.CreatePlatformEndpointCommand({ PlatformApplicationArn: applications[0], Token }));
    for (const digit of ['2', '3']) await client.send(new sdk.CreateSMSSandboxPhoneNumberCommand({ PhoneNumber: `${NUMBER}${digit}` }));
    const config = { client, pageSize: 1 };
    const rows: Readonly<Record<string, AsyncIterable<object>>> = {
      Topics: sdk.paginateListTopics({ client }, {}),
      Subscriptions: sdk.paginateListSubscriptions({ client }, {}),
      'Subscriptions of a topic': sdk.paginateListSubscriptionsByTopic({ client }, { TopicArn: TopicArns[0] }),
      PlatformApplications: sdk.paginateListPlatformApplications({ client }, {}),
      Endpoints: sdk.paginateListEndpointsByPlatformApplication({ client }, { PlatformApplicationArn: applications[0] }),
      phoneNumbers: sdk.paginateListPhoneNumbersOptedOut({ client }, {}),
      'PhoneNumbers to send from': sdk.paginateListOriginationNumbers(config, {}),
      PhoneNumbers: sdk.paginateListSMSSandboxPhoneNumbers(config, {}),
    };
    for (const [name, pages] of Object.entries(rows)) {
      const lengths: number[] = [];
      for await (const page of pages) lengths.push((page as Record<string, unknown[]>)[name.split(' ')[0]!]!.length);
      expect(lengths, name).toEqual([1, 1]);
    }
    expect(Object.keys(rows)).toHaveLength(Object.keys(sdk).filter((name) => name.startsWith('paginate')).length);
    cloud.close();
  });
});
