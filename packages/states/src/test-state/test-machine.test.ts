import { createProgramLibrary } from '@interstate/core';
import type { Json, JsonObject, Outcome, TaskRequest } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, type Answer, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { states } from '../adapter.ts';
import { DIRECTORY_KIND } from '../directory.ts';
import { STATES_HOST } from '../host-door.ts';
import { TEST_STATE_KIND } from './test-machine.ts';

const DIRECTORY = 'arn:aws:states:us-east-1:123456789012:directory';
const TASK = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:work', ResultPath: '$.r', End: true };

/** A directory whose Tasks are answered so. */
function service(answer: (request: TaskRequest) => Answer): { readonly host: TinyHost; readonly test: (definition: JsonObject, more?: JsonObject) => Outcome | undefined } {
  const host = createTinyHost({
    machines: () => states({ region: 'us-east-1', account: '123456789012', programs: createProgramLibrary() }).machines,
    crypto: nodeCrypto,
    answer: (request) => answer(request as unknown as TaskRequest),
  });
  host.spawn(DIRECTORY_KIND, DIRECTORY, { type: 'open', seed: [1, 2, 3, 4] });
  return {
    host,
    test(definition, more = {}) {
      const input = { definition: JSON.stringify(definition), roleArn: 'arn:aws:iam::123456789012:role/r', input: '{"a":1}', ...more };
      const id = host.call(DIRECTORY, { action: 'TestState', input });
      host.run();
      return host.replies.get(id);
    },
  };
}

describe('TestState of the directory', () => {
  it('answers at once what asks nobody', () => {
    const { host, test } = service(() => undefined);
    expect(test({ Type: 'Pass', End: true })).toEqual({ ok: true, value: { status: 'SUCCEEDED', output: '{"a":1}' } });
    expect(test({ Type: 'Pass' })).toMatchObject({ ok: false, error: { Error: 'InvalidDefinition' } });
    expect(test(TASK, { stateName: '' })).toMatchObject({ ok: false, error: { Error: 'ValidationException' } });
    expect([...host.machines]).toHaveLength(1);
  });

  it('asks the resource of a Task without mock, in a machine that ends with the answer', () => {
    const { host, test } = service(({ arguments: given }) => ({ outcome: { ok: true, value: { saw: given } } }));
    expect(test(TASK)).toEqual({ ok: true, value: { status: 'SUCCEEDED', output: '{"a":1,"r":{"saw":{"a":1}}}' } });
    const [address] = [...host.machines].find(([, kind]) => kind === TEST_STATE_KIND)!;
    expect(host.effects).toContainEqual([address, { type: 'call', to: STATES_HOST, callId: 'forget', request: { type: 'forget', addresses: [address] } }]);
    expectContract(host);
  });

  it('lets Retry and Catch have the failure of a Task', () => {
    const { test } = service(() => ({ outcome: { ok: false, error: { Error: 'E', Cause: 'c' } } }));
    expect(test({ ...TASK, Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 4 }] }, { inspectionLevel: 'DEBUG' })).toMatchObject({
      value: { status: 'RETRIABLE', error: 'E', cause: 'c', inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 4 } } },
    });
    expect(test({ ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'X' }] })).toMatchObject({ value: { status: 'CAUGHT_ERROR', nextState: 'X', output: '{"Error":"E","Cause":"c"}' } });
  });

  it.each([
    ['the Task allows', { TimeoutSeconds: 7 }, 7],
    ['a test may take', {}, 300],
    ['a test may take, whatever the Task allows', { TimeoutSeconds: 900 }, 300],
  ])('gives up after the time that %s', (_, bounds, seconds) => {
    const { host, test } = service(() => undefined);
    const start = host.now();
    expect(test({ ...TASK, ...(bounds as JsonObject) })).toEqual({ ok: true, value: { status: 'FAILED', error: 'States.Timeout' } });
    expect(host.now() - start).toBe(seconds * 1000);
    expect(host.effects.some(([from, { type }]) => from.includes(':testState:') && type === 'cancel')).toBe(true);
    expectContract(host);
  });

  it('hears no answer twice', () => {
    const { host, test } = service(() => ({ outcome: { ok: true, value: 1 as Json } }));
    test(TASK);
    const [address] = [...host.machines].find(([, kind]) => kind === TEST_STATE_KIND)!;
    const before = host.effects.length;
    host.notify(address, {});
    host.run();
    expect(host.isEnded(address)).toBe(true);
    expect(host.effects).toHaveLength(before);
  });
});

function expectContract(host: TinyHost): void {
  for (const [address, kind] of host.machines) {
    const machine = () => states({ region: 'us-east-1', account: '123456789012', programs: createProgramLibrary() }).machines.find((candidate) => candidate.kind === kind)!;
    checkMachineContract({ machine, script: host.scriptOf(address), crypto: nodeCrypto });
  }
}
