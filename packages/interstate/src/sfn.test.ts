import type * as sdk from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { createCloud } from './index.ts';
import type { Sfn } from './sfn-types.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type Commands = keyof typeof sdk;
type SdkOperation = { [K in keyof sdk.SFN]-?: K extends string ? (`${Capitalize<K>}Command` extends Commands ? K : never) : never }[keyof sdk.SFN];
type SdkMethods = { readonly [K in SdkOperation]: SdkMethod<sdk.SFN[K]> };

// What the compiler checks: our client stands where the SDK's methods are wanted, and no operation is missing.
const stands = (sfn: Sfn): SdkMethods => sfn;
const same: SdkOperation extends keyof Sfn ? (keyof Sfn extends SdkOperation ? true : never) : never = true;

describe('cloud.sfn', () => {
  it('stands where the methods of SFN are wanted', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1 });
    expect(same).toBe(true);
    const sfn = stands(cloud.sfn);
    expect(await sfn.listStateMachines({})).toMatchObject({ stateMachines: [], $metadata: { httpStatusCode: 200 } });
    await expect(sfn.describeActivity({ activityArn: 'x' })).rejects.toMatchObject({
      name: 'InvalidArn',
      $fault: 'client',
      message: "Invalid Arn: 'Invalid ARN prefix: x'",
      $metadata: { httpStatusCode: 400 },
    });
    cloud.close();
  });
});
