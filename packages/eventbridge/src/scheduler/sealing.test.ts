import type { Json, JsonObject } from '@interstate/kernel';
import { checkMachineContract, createTinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { createKms, type KmsOptions } from '@interstate/service-kit';
import { describe, expect, it } from 'vitest';
import { scheduler } from './adapter.ts';
import { directoryAddress, groupArn } from './addresses.ts';
import { DIRECTORY_KIND } from './directory.ts';
import { GROUP_KIND } from './group-context.ts';

const HOME = { region: 'us-east-1', account: '123456789012' };
const GROUP = groupArn(HOME, 'default');
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/mine';
const Target = { Arn: 'arn:aws:sqs:us-east-1:123456789012:work', RoleArn: 'arn:aws:iam::123456789012:role/r', Input: 'a secret' };
type Keys = NonNullable<KmsOptions['keys']>;
const keysOf = (keys: Keys) => createKms({ ...HOME, seed: () => [1, 2, 3, 4] }, { keys });
const group = (keys: Keys = { mine: {} }) => scheduler({ ...HOME, kms: keysOf(keys) }).machines.find(({ kind }) => kind === GROUP_KIND)!;

function filled() {
  const host = createTinyHost({ machines: () => scheduler({ ...HOME, kms: keysOf({ mine: {} }) }).machines, crypto: nodeCrypto, answer: () => undefined, startTime: Date.UTC(2026, 0, 1) });
  host.spawn(DIRECTORY_KIND, directoryAddress(HOME), { type: 'open', seed: [1, 2, 3, 4] });
  host.run();
  const create = (Name: string, expression: string, more: JsonObject): string =>
    host.call(GROUP, { action: 'CreateSchedule', input: { Name, ScheduleExpression: expression, FlexibleTimeWindow: { Mode: 'OFF' }, Target, ...more } });
  const ids = [create('sealed', 'at(2027-01-01T00:00:00)', { KmsKeyArn: KEY }), create('fires', 'at(2026-01-01T00:00:01)', { KmsKeyArn: KEY }), create('plain', 'rate(1 hour)', { State: 'DISABLED' })];
  host.run();
  expect(ids.map((id) => host.replies.get(id)!.ok)).toEqual([true, true, true]);
  return host;
}

describe('schedules with a KmsKeyArn', () => {
  const host = filled();
  const machine = group();
  const state = machine.load(new Map());
  for (const { message, now } of host.scriptOf(GROUP)) machine.step(state, message, { now, crypto: nodeCrypto });
  const records = machine.records(state);

  it('leave memory in cipher text, and so do their invocations', () => {
    expect([...records.keys()]).toEqual(expect.arrayContaining(['sealed', 'fires', '#delivery:1']));
    const texts = [...records].filter(([key]) => key !== 'plain').map(([, record]) => JSON.stringify(record));
    expect(texts.filter((text) => text.includes('secret'))).toEqual([]);
    expect(JSON.stringify(records.get('plain'))).toContain('a secret');
  });

  it('keep the contract of machines', () => {
    checkMachineContract({ machine: () => group(), script: host.scriptOf(GROUP), crypto: nodeCrypto });
  });

  it('are opened again while their key is disabled, and not without it', () => {
    const saved = new Map(JSON.parse(JSON.stringify([...records])) as [string, Json][]);
    const ask = (keys: Keys): unknown => {
      const loaded = group(keys);
      const call = { type: 'call', replyTo: { address: 'x', callId: '1' }, request: { action: 'GetSchedule', input: { Name: 'sealed' } } } as const;
      const again = loaded.load(saved);
      expect(loaded.records(again)).toEqual(saved);
      return loaded.step(again, call, { now: Date.UTC(2026, 0, 2), crypto: nodeCrypto }).effects[0];
    };
    expect(ask({ mine: { state: 'Disabled' } })).toMatchObject({ outcome: { ok: true, value: { Target: { Input: 'a secret' }, KmsKeyArn: KEY } } });
    expect(() => ask({})).toThrow(`sealed under the KMS key ${KEY}, which is not there`);
  });
});
