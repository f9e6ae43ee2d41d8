import type * as sdk from '@aws-sdk/client-sqs';
import type { Sqs } from '@interstate/sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type Commands = keyof typeof sdk;
type SdkOperation = { [K in keyof sdk.SQS]-?: K extends string ? (`${Capitalize<K>}Command` extends Commands ? K : never) : never }[keyof sdk.SQS];
type SdkMethods = { readonly [K in SdkOperation]: SdkMethod<sdk.SQS[K]> };

// What the compiler checks: our client stands where the SDK's methods are wanted, and no operation is missing.
const stands = (sqs: Sqs): SdkMethods => sqs;
const same: SdkOperation extends keyof Sqs ? (keyof Sqs extends SdkOperation ? true : never) : never = true;

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function virtualCloud(): Cloud {
  const cloud = createCloud({ clock: 'virtual', seed: 1 });
  clouds.push(cloud);
  return cloud;
}

describe('cloud.sqs', () => {
  it('stands where the methods of SQS are wanted', async () => {
    expect(same).toBe(true);
    const sqs = stands(virtualCloud().sqs);
    expect(await sqs.listQueues({})).toMatchObject({ $metadata: { httpStatusCode: 200 } });
    await expect(sqs.getQueueUrl({ QueueName: 'none' })).rejects.toMatchObject({ name: 'QueueDoesNotExist', $fault: 'client', Code: 'AWS.SimpleQueueService.NonExistentQueue' });
  });

  it('waits in virtual time for what comes', async () => {
    const cloud = virtualCloud();
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'jobs' });
    await cloud.sqs.sendMessage({ QueueUrl, MessageBody: 'later', DelaySeconds: 15 });
    const began = cloud.now();
    expect((await cloud.sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 })).Messages?.[0]).toMatchObject({ Body: 'later' });
    expect(cloud.now() - began).toBe(15_000);
    expect(await cloud.sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 })).not.toHaveProperty('Messages');
    expect(cloud.now() - began).toBe(35_000);
  });
});
