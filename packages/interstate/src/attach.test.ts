import * as sdk from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

const ROLE = 'arn:aws:iam::123456789012:role/r';
const PASS = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
const ACTIVITY = 'arn:aws:states:us-east-1:123456789012:activity:pack';
const WORK = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Task', Resource: ACTIVITY, HeartbeatSeconds: 600, End: true } } });

/** Map runs, one after the other, whose children wait. */
const maps = (runs: number, Seconds: number): string => {
  const state = (index: number): object => ({
    Type: 'Map',
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: `Wait${index}`, States: { [`Wait${index}`]: { Type: 'Wait', Seconds, End: true } } },
    ...(index === runs ? { End: true } : { Next: `Map${index + 1}` }),
  });
  return JSON.stringify({ StartAt: 'Map1', States: Object.fromEntries(Array.from({ length: runs }, (_, index) => [`Map${index + 1}`, state(index + 1)])) });
};

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function attached(): { readonly cloud: Cloud; readonly client: sdk.SFNClient; readonly sfn: sdk.SFN } {
  const cloud = createCloud({ clock: 'virtual', startTime: '2026-01-01T00:00:00.123Z', seed: 1 });
  clouds.push(cloud);
  return { cloud, client: cloud.attach(new sdk.SFNClient({})), sfn: cloud.attach(new sdk.SFN({ region: 'eu-west-1' })) };
}

describe('an attached SFNClient', () => {
  it('answers commands from the cloud, dates and metadata as ever', async () => {
    const { cloud, client } = attached();
    const created = await client.send(new sdk.CreateStateMachineCommand({ name: 'm', definition: PASS, roleArn: ROLE }));
    expect(created.creationDate).toEqual(new Date('2026-01-01T00:00:00.123Z'));
    expect(created.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
    const { stateMachineArn } = created;
    const { executionArn } = await client.send(new sdk.StartExecutionCommand({ stateMachineArn, input: '{"a":1}' }));
    expect(await client.send(new sdk.DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}', stopDate: new Date('2026-01-01T00:00:00.123Z') });
    expect(await cloud.sfn.describeExecution({ executionArn: executionArn! })).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
  });

  it('throws the exceptions of the SDK', async () => {
    const { client } = attached();
    const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:none';
    const failed = client.send(new sdk.DescribeStateMachineCommand({ stateMachineArn }));
    await expect(failed).rejects.toBeInstanceOf(sdk.StateMachineDoesNotExist);
    await expect(failed).rejects.toMatchObject({ name: 'StateMachineDoesNotExist', $fault: 'client', message: `State Machine Does Not Exist: '${stateMachineArn}'`, $metadata: { httpStatusCode: 400 } });
    await expect(client.send(new sdk.ListExecutionsCommand({ stateMachineArn, maxResults: 1001 }))).rejects.toBeInstanceOf(sdk.ValidationException);
    await expect(client.send(new sdk.GetActivityTaskCommand({ activityArn: ACTIVITY }))).rejects.toBeInstanceOf(sdk.ActivityDoesNotExist);
  });

  it('pages, with every paginator, and waits with every waiter the SDK has', async () => {
    const { client, sfn, cloud } = attached();
    const { stateMachineArn = '' } = await sfn.createStateMachine({ name: 'm', definition: PASS, roleArn: ROLE });
    for (let index = 0; index < 5; index++) {
      await sfn.createActivity({ name: `a${index}` });
      await sfn.createStateMachine({ name: `m${index}`, definition: PASS, roleArn: ROLE });
      await sfn.startExecution({ stateMachineArn, name: `e${index}` });
    }
    const mapping = await sfn.createStateMachine({ name: 'maps', definition: maps(3, 0), roleArn: ROLE });
    const { executionArn = '' } = await sfn.startExecution({ stateMachineArn: mapping.stateMachineArn, input: '[1]' });
    await cloud.advance(0);
    const history = { executionArn: stateMachineArn.replace('stateMachine', 'execution') + ':e0', reverseOrder: true };
    const expected: Record<string, [input: object, member: string, key: string, values: readonly unknown[]]> = {
      paginateGetExecutionHistory: [history, 'events', 'type', ['ExecutionSucceeded', 'PassStateExited', 'PassStateEntered', 'ExecutionStarted']],
      paginateListActivities: [{}, 'activities', 'name', ['a0', 'a1', 'a2', 'a3', 'a4']],
      paginateListExecutions: [{ stateMachineArn }, 'executions', 'name', ['e4', 'e3', 'e2', 'e1', 'e0']],
      paginateListMapRuns: [{ executionArn }, 'mapRuns', 'executionArn', [executionArn, executionArn, executionArn]],
      paginateListStateMachines: [{}, 'stateMachines', 'name', ['m', 'm0', 'm1', 'm2', 'm3', 'm4', 'maps']],
    };
    // Whatever the SDK brings: a new one must be given its place above.
    type Paginate = (config: object, input: object) => AsyncIterable<Record<string, readonly Record<string, unknown>[]>>;
    const exported = Object.entries(sdk).filter(([name]) => /^(?:paginate|wait)/.test(name)) as unknown as [string, Paginate][];
    expect(exported.map(([name]) => name).sort()).toEqual(Object.keys(expected));
    for (const [name, paginate] of exported) {
      const [input, member, key, values] = expected[name]!;
      const pages: number[] = [];
      const found: unknown[] = [];
      for await (const page of paginate({ client, pageSize: 2 }, input)) {
        pages.push(page[member]!.length);
        found.push(...page[member]!.map((entry) => entry[key]));
      }
      expect(found, name).toEqual(values);
      expect(pages, name).toEqual(Array.from({ length: Math.ceil(values.length / 2) }, (_, index) => Math.min(2, values.length - 2 * index)));
    }
  });

  it('runs every operation', async () => {
    const { sfn, cloud } = attached();
    const tried = new Set<string>();
    const run = new Proxy(sfn, {
      get(target, name) {
        if (typeof name === 'string') tried.add(name);
        return (target[name as keyof sdk.SFN] as (...args: unknown[]) => unknown).bind(target);
      },
    });
    await run.createActivity({ name: 'pack', tags: [{ key: 'k', value: 'v' }] });
    await run.describeActivity({ activityArn: ACTIVITY });
    expect((await run.listActivities({})).activities).toHaveLength(1);
    const { stateMachineArn = '', stateMachineVersionArn = '' } = await run.createStateMachine({ name: 'work', definition: WORK, roleArn: ROLE, publish: true });
    await run.validateStateMachineDefinition({ definition: WORK });
    await run.testState({ definition: JSON.stringify({ Type: 'Pass', End: true }), input: '{}' });
    await run.updateStateMachine({ stateMachineArn, roleArn: `${ROLE}2` });
    await run.publishStateMachineVersion({ stateMachineArn });
    expect((await run.listStateMachineVersions({ stateMachineArn })).stateMachineVersions).toHaveLength(2);
    const { stateMachineAliasArn } = await run.createStateMachineAlias({ name: 'PROD', routingConfiguration: [{ stateMachineVersionArn, weight: 100 }] });
    await run.updateStateMachineAlias({ stateMachineAliasArn, description: 'live' });
    expect(await run.describeStateMachineAlias({ stateMachineAliasArn })).toMatchObject({ description: 'live', name: 'PROD' });
    await run.listStateMachineAliases({ stateMachineArn });
    await run.describeStateMachine({ stateMachineArn });
    await run.listStateMachines({});
    await run.tagResource({ resourceArn: stateMachineArn, tags: [{ key: 'a', value: 'b' }] });
    expect((await run.listTagsForResource({ resourceArn: stateMachineArn })).tags).toEqual([{ key: 'a', value: 'b' }]);
    await run.untagResource({ resourceArn: stateMachineArn, tagKeys: ['a'] });
    const start = async (): Promise<string> => (await run.startExecution({ stateMachineArn })).executionArn!;
    const [first, second, third] = [await start(), await start(), await start()];
    const work = (): Promise<sdk.GetActivityTaskCommandOutput> => run.getActivityTask({ activityArn: ACTIVITY, workerName: 'w' });
    const { taskToken } = await work();
    await run.sendTaskHeartbeat({ taskToken });
    await run.sendTaskSuccess({ taskToken, output: '1' });
    await run.sendTaskFailure({ taskToken: (await work()).taskToken, error: 'E', cause: 'C' });
    await run.stopExecution({ executionArn: third, error: 'Stopped' });
    await cloud.advance(0);
    const statuses = await Promise.all([first, second, third].map(async (executionArn) => (await run.describeExecution({ executionArn })).status));
    expect(statuses).toEqual(['SUCCEEDED', 'FAILED', 'ABORTED']);
    await run.describeStateMachineForExecution({ executionArn: first });
    await run.getExecutionHistory({ executionArn: first });
    await run.listExecutions({ stateMachineArn, statusFilter: 'FAILED' });
    const mapping = await run.createStateMachine({ name: 'maps', definition: maps(1, 9), roleArn: ROLE });
    const mapped = await run.startExecution({ stateMachineArn: mapping.stateMachineArn, input: '[1,2]' });
    const { mapRunArn } = (await run.listMapRuns({ executionArn: mapped.executionArn })).mapRuns![0]!;
    await run.updateMapRun({ mapRunArn, maxConcurrency: 7 });
    expect(await run.describeMapRun({ mapRunArn })).toMatchObject({ maxConcurrency: 7, status: 'RUNNING', executionCounts: { running: 2 } });
    expect((await run.listExecutions({ mapRunArn })).executions).toHaveLength(2);
    await expect(run.describeMapRun({ mapRunArn: `${mapRunArn}x` })).rejects.toBeInstanceOf(sdk.ResourceNotFound);
    await run.redriveExecution({ executionArn: second });
    const express = await run.createStateMachine({ name: 'express', definition: PASS, roleArn: ROLE, type: 'EXPRESS' });
    expect(await run.startSyncExecution({ stateMachineArn: express.stateMachineArn, input: '[1]' })).toMatchObject({ status: 'SUCCEEDED', output: '[1]', billingDetails: { billedMemoryUsedInMB: 64 } });
    await run.deleteStateMachineAlias({ stateMachineAliasArn });
    await run.deleteStateMachineVersion({ stateMachineVersionArn });
    await run.deleteStateMachine({ stateMachineArn });
    await run.deleteActivity({ activityArn: ACTIVITY });
    const operations = Object.keys(sdk).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);
    expect(operations.filter((name) => !tried.has(name[0]!.toLowerCase() + name.slice(1)))).toEqual([]);
  });

  it('is one of a service the cloud has', () => {
    const { cloud } = attached();
    const other = { config: { serviceId: 'Kinesis' }, middlewareStack: { add() {} } };
    expect(() => cloud.attach(other)).toThrow("This cloud models no service 'Kinesis'");
  });
});
