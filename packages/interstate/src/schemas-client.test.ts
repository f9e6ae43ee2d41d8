import * as sdk from '@aws-sdk/client-schemas';
import type { Schemas } from '@interstate/eventbridge';
import { describe, expect, it } from 'vitest';
import { createCloud } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type SdkMethods = { readonly [K in keyof Schemas]: SdkMethod<sdk.Schemas[K]> };

// What the compiler checks: each of our operations stands where the SDK's is wanted.
const stands = (client: Schemas): SdkMethods => client;

describe('cloud.schemas', () => {
  it('stands where the methods of Schemas are wanted', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1 });
    const SourceArn = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
    expect(await stands(cloud.schemas).createDiscoverer({ SourceArn, Description: 'd', CrossAccount: false, Tags: { a: 'b' } })).toMatchObject({ SourceArn, State: 'STARTED', Description: 'd', CrossAccount: false, Tags: { a: 'b' } });
    cloud.close();
  });

  it('answers an attached client, and throws exceptions of the SDK from it', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1 });
    const client = cloud.attach(new sdk.Schemas({}));
    const SourceArn = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
    expect(await client.createDiscoverer({ SourceArn, Tags: { a: 'b' } })).toMatchObject({ SourceArn, Tags: { a: 'b' } });
    await cloud.eventBridge.putEvents({ Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{"n":1}' }] });
    await cloud.runUntilIdle();
    const name = { RegistryName: 'discovered-schemas', SchemaName: 'shop@Order' };
    expect((await client.describeSchema(name)).LastModified).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect((await client.getCodeBindingSource({ ...name, Language: 'TypeScript3' })).Body?.transformToString()).toContain('export interface Order {');
    await expect(client.describeSchema({ ...name, SchemaName: 'none' })).rejects.toBeInstanceOf(sdk.NotFoundException);
    await expect(client.getCodeBindingSource({ ...name, Language: 'Java8' })).rejects.toBeInstanceOf(sdk.BadRequestException);
    cloud.close();
  });
});
