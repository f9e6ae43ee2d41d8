import type * as sdk from '@aws-sdk/client-scheduler';
import type { Scheduler } from '@interstate/eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud, type CloudOptions } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type Commands = keyof typeof sdk;
type SdkOperation = { [K in keyof sdk.Scheduler]-?: K extends string ? (`${Capitalize<K>}Command` extends Commands ? K : never) : never }[keyof sdk.Scheduler];
type SdkMethods = { readonly [K in SdkOperation]: SdkMethod<sdk.Scheduler[K]> };

// What the compiler checks: our client stands where the SDK's methods are wanted, and no operation is missing.
const stands = (scheduler: Scheduler): SdkMethods => scheduler;
const same: SdkOperation extends keyof Scheduler ? (keyof Scheduler extends SdkOperation ? true : never) : never = true;

const RoleArn = 'arn:aws:iam::123456789012:role/scheduler';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:reminders';
const OFF = { Mode: 'OFF' } as const;

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function virtualCloud(options: CloudOptions = {}): Cloud {
  const cloud = createCloud({ clock: 'virtual', seed: 1, ...options });
  clouds.push(cloud);
  return cloud;
}

async function withQueue(name = 'reminders', options: CloudOptions = {}): Promise<{ readonly cloud: Cloud; readonly bodies: () => Promise<readonly (string | undefined)[]> }> {
  const cloud = virtualCloud(options);
  const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: name });
  const bodies = async (): Promise<readonly (string | undefined)[]> => {
    const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    return Messages.map(({ Body }) => Body);
  };
  return { cloud, bodies };
}

describe('cloud.scheduler', () => {
  it('stands where the methods of Scheduler are wanted', async () => {
    expect(same).toBe(true);
    const scheduler = stands(virtualCloud().scheduler);
    expect(await scheduler.listSchedules({})).toMatchObject({ Schedules: [], $metadata: { httpStatusCode: 200 } });
    await expect(scheduler.getSchedule({ Name: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException', $fault: 'client', message: 'Schedule none does not exist.', $metadata: { httpStatusCode: 404 } });
  });

  it('a one-time schedule sends its message at its time, and no run ends before', async () => {
    const { cloud, bodies } = await withQueue();
    const Input = 'at <aws.scheduler.scheduled-time>, attempt <aws.scheduler.attempt-number> of <aws.scheduler.schedule-arn>';
    await cloud.scheduler.createSchedule({ Name: 'call-mum', ScheduleExpression: 'at(2026-03-01T09:00:00)', ScheduleExpressionTimezone: 'Europe/Berlin', FlexibleTimeWindow: OFF, Target: { Arn: QUEUE, RoleArn, Input } });
    await cloud.runUntilIdle();
    expect(new Date(cloud.now()).toISOString()).toBe('2026-03-01T08:00:00.000Z');
    expect(await bodies()).toEqual(['at 2026-03-01T08:00:00Z, attempt 1 of arn:aws:scheduler:us-east-1:123456789012:schedule/default/call-mum']);
    expect(cloud.deliveries()).toMatchObject([{ by: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/call-mum', to: QUEUE, attempt: 1, status: 'delivered' }]);
  });

  it('a minute rule is housekeeping: it keeps no run alive, and fires while time passes', async () => {
    const { cloud, bodies } = await withQueue();
    await cloud.scheduler.createSchedule({ Name: 'tick', ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: OFF, Target: { Arn: QUEUE, RoleArn, Input: 'tick' } });
    await cloud.runUntilIdle();
    await cloud.advance(5 * 60_000);
    expect(await bodies()).toEqual(Array.from({ length: 6 }, () => 'tick'));
  });
});
