import * as sdk from '@aws-sdk/client-eventbridge';
import type { EventBridge } from '@interstate/eventbridge';
import { describe, expect, it } from 'vitest';
import { createCloud } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type Commands = keyof typeof sdk;
type SdkOperation = { [K in keyof sdk.EventBridge]-?: K extends string ? (`${Capitalize<K>}Command` extends Commands ? K : never) : never }[keyof sdk.EventBridge];
type SdkMethods = { readonly [K in SdkOperation]: SdkMethod<sdk.EventBridge[K]> };

// What the compiler checks: our client stands where the SDK's methods are wanted, and no operation is missing.
const stands = (client: EventBridge): SdkMethods => client;
const same: SdkOperation extends keyof EventBridge ? (keyof EventBridge extends SdkOperation ? true : never) : never = true;

describe('cloud.eventBridge', () => {
  it('stands where the methods of EventBridge are wanted', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1 });
    expect(same).toBe(true);
    const { EventBuses } = await stands(cloud.eventBridge).listEventBuses({});
    expect(EventBuses).toMatchObject([{ Name: 'default', CreationTime: new Date('2026-01-01T00:00:00Z') }]);
    cloud.close();
  });

  it('throws exceptions of the SDK from an attached client', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1 });
    const client = cloud.attach(new sdk.EventBridgeClient({}));
    await expect(client.send(new sdk.DescribeRuleCommand({ Name: 'none' }))).rejects.toBeInstanceOf(sdk.ResourceNotFoundException);
    await expect(client.send(new sdk.PutRuleCommand({ Name: 'r', EventPattern: '{' }))).rejects.toBeInstanceOf(sdk.InvalidEventPatternException);
    const { CreationTime } = await client.send(new sdk.DescribeEventBusCommand({}));
    expect(CreationTime).toEqual(new Date('2026-01-01T00:00:00Z'));
    const { FailedEntryCount } = await client.send(new sdk.PutEventsCommand({ Entries: [{ Source: 's', DetailType: 't', Detail: '{}', Time: new Date(0) }] }));
    expect(FailedEntryCount).toBe(0);
    cloud.close();
  });
});
