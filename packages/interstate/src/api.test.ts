import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createRandom, nextUint32, type Adapter, type ConnectorCall, type Json, type TaskRequest } from '@interstate/kernel';
import { MemoryStore } from '@interstate/runtime';
import { camelName } from '@interstate/service-kit';
import { INPUT_SHAPES } from '@interstate/states';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud, type CloudOptions, type LogRecord } from './index.ts';

const roleArn = 'arn:aws:iam::123456789012:role/r';
const text = (state: object): string => JSON.stringify({ StartAt: 'A', States: { A: state } });
const PASS = text({ Type: 'Pass', End: true });
const WAIT = text({ Type: 'Wait', Seconds: 60, End: true });
const ASK = text({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'n.$': '$.n' } }, OutputPath: '$', End: true });

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function cloudOf(options: CloudOptions = {}): Cloud {
  const cloud = createCloud({ clock: 'virtual', seed: 7, ...options });
  clouds.push(cloud);
  return cloud;
}

const create = async ({ sfn }: Cloud, definition: string, more: object = {}): Promise<string> =>
  (await sfn.createStateMachine({ name: 'm', definition, roleArn, ...more })).stateMachineArn;

/** A queue that keeps what it is sent: token by number. */
function tokenQueue(): { readonly tokens: Map<number, string>; readonly adapter: Adapter } {
  const tokens = new Map<number, string>();
  const connector = ({ request }: ConnectorCall): { ok: true; value: Json } => {
    const { token, n } = ((request as unknown as TaskRequest).arguments as { MessageBody: { token: string; n: number } }).MessageBody;
    tokens.set(n, token);
    return { ok: true, value: { MessageId: '1' } };
  };
  return { tokens, adapter: { service: 'sqs', tasks: [{ resource: 'sqs:sendMessage', connector }] } };
}

describe('callbacks', () => {
  it('10,000 pending ones are answered in any order: none lost, none twice', async () => {
    const { tokens, adapter } = tokenQueue();
    const cloud = cloudOf({ adapters: [adapter] });
    const stateMachineArn = await create(cloud, ASK);
    const COUNT = 10_000;
    const started = await Promise.all(Array.from({ length: COUNT }, (_, n) => cloud.sfn.startExecution({ stateMachineArn, input: JSON.stringify({ n }) })));
    await cloud.advance(0);
    expect(tokens.size).toBe(COUNT);
    expect(new Set(tokens.values()).size).toBe(COUNT);
    const random = createRandom([1, 2, 3, 4]);
    const order = Array.from({ length: COUNT }, (_, n) => ({ n, place: nextUint32(random) })).sort((a, b) => a.place - b.place).map(({ n }) => n);
    const answers = await Promise.all(
      order.flatMap((n) => [1, 2].map((time) => cloud.sfn.sendTaskSuccess({ taskToken: tokens.get(n), output: `{"n":${n},"time":${time}}` }).then(() => 'taken', (error: Error) => error.name))),
    );
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(COUNT);
    expect(answers.filter((answer) => answer === 'TaskTimedOut')).toHaveLength(COUNT);
    await cloud.advance(0);
    for (const [n, { executionArn }] of started.entries()) {
      const { status, output } = await cloud.sfn.describeExecution({ executionArn });
      if (status !== 'SUCCEEDED' || output !== `{"n":${n},"time":1}`) expect({ n, status, output }).toEqual({ n, status: 'SUCCEEDED', output: `{"n":${n},"time":1}` });
    }
  }, 60_000);

  it('foreign, forged and cut tokens are refused, and say nothing', async () => {
    const { tokens, adapter } = tokenQueue();
    const cloud = cloudOf({ adapters: [adapter] });
    await cloud.sfn.startExecution({ stateMachineArn: await create(cloud, ASK), input: '{"n":1}' });
    await cloud.advance(0);
    const token = tokens.get(1)!;
    expect(token).toMatch(/^[0-9a-f]{128}$/);
    const forged = [token.slice(0, -1) + (token.endsWith('0') ? '1' : '0'), token.slice(1), `${token}0`, token.toUpperCase(), '__proto__', 'constructor', 'a'.repeat(2048), '\u0000', 'token:x'];
    for (const taskToken of forged) await expect(cloud.sfn.sendTaskSuccess({ taskToken, output: '1' })).rejects.toMatchObject({ name: expect.stringMatching(/^(InvalidToken|TaskDoesNotExist)$/) });
    await expect(cloud.sfn.sendTaskSuccess({ taskToken: 'a'.repeat(2049), output: '1' })).rejects.toMatchObject({ name: 'ValidationException' });
    const other = cloudOf({ seed: 8 });
    await expect(other.sfn.sendTaskSuccess({ taskToken: token, output: '1' })).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
    await cloud.sfn.sendTaskSuccess({ taskToken: token, output: '1' });
  });
});

describe('the same call many times at once', () => {
  const VERSION = 'arn:aws:states:us-east-1:123456789012:stateMachine:m:1';
  const stateMachineArn = VERSION.slice(0, -2);
  const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:m:e';
  const mapRunDefinition = text({ Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'B', States: { B: { Type: 'Wait', Seconds: 60, End: true } } }, End: true });
  /** In this order, each finds what those before it have made. */
  const CALLS: Partial<{ [Operation in keyof Cloud['sfn']]: Parameters<Cloud['sfn'][Operation]>[0] }> = {
    createStateMachine: { name: 'm', definition: mapRunDefinition, roleArn, publish: true },
    createActivity: { name: 'a' },
    createStateMachineAlias: { name: 'PROD', routingConfiguration: [{ stateMachineVersionArn: VERSION, weight: 100 }] },
    updateStateMachineAlias: { stateMachineAliasArn: `${stateMachineArn}:PROD`, description: 'live' },
    startExecution: { stateMachineArn, name: 'e', input: '[1]' },
    updateStateMachine: { stateMachineArn, roleArn: `${roleArn}2` },
    publishStateMachineVersion: { stateMachineArn },
    tagResource: { resourceArn: stateMachineArn, tags: [{ key: 'a', value: 'b' }] },
    untagResource: { resourceArn: stateMachineArn, tagKeys: ['a'] },
    stopExecution: { executionArn },
    redriveExecution: { executionArn, clientToken: 'once' },
    deleteStateMachineVersion: { stateMachineVersionArn: `${stateMachineArn}:2` },
    deleteActivity: { activityArn: 'arn:aws:states:us-east-1:123456789012:activity:a' },
    deleteStateMachine: { stateMachineArn },
  };

  it('is one call', async () => {
    const cloud = cloudOf();
    const { sfn } = cloud;
    const found: Partial<Record<keyof Cloud['sfn'], unknown>> = {};
    for (const [name, input] of Object.entries(CALLS) as [keyof Cloud['sfn'], object][]) {
      const call = (given: object): Promise<{ $metadata?: unknown }> => (sfn[name] as (this: typeof sfn, input: object) => Promise<object>).call(sfn, given);
      const answers = (await Promise.all(Array.from({ length: 20 }, () => call(input)))).map(({ $metadata: _metadata, ...answer }) => answer);
      for (const answer of answers) expect(answer, name).toEqual(answers[0]);
      if (name === 'publishStateMachineVersion') found[name] = (await sfn.listStateMachineVersions({ stateMachineArn })).stateMachineVersions.length;
      if (name === 'startExecution') found[name] = [(await sfn.listExecutions({ stateMachineArn })).executions.length, (await sfn.listMapRuns({ executionArn })).mapRuns.length];
      if (name === 'redriveExecution') found[name] = (await sfn.describeExecution({ executionArn })).redriveCount;
      await cloud.advance(1);
    }
    expect(found).toEqual({ startExecution: [1, 1], publishStateMachineVersion: 2, redriveExecution: 1 });
  });

  it('is tried of every operation that the SDK calls idempotent', () => {
    const folder = new URL('../dist-types/commands/', import.meta.resolve('@aws-sdk/client-sfn'));
    const idempotent = Object.keys(INPUT_SHAPES).filter((name) => /idempotent/i.test(readFileSync(new URL(`${name}Command.d.ts`, folder), 'utf8')));
    expect(idempotent.length).toBeGreaterThan(5);
    expect(idempotent.map(camelName).filter((name) => !Object.hasOwn(CALLS, name))).toEqual([]);
  });

  it('answers a token once, and runs a name once', async () => {
    const { tokens, adapter } = tokenQueue();
    const cloud = cloudOf({ adapters: [adapter] });
    const { sfn } = cloud;
    const machine = await create(cloud, ASK);
    // The same name with two inputs: whichever comes first has it.
    const started = await Promise.all([1, 2, 1, 2].map((n) => sfn.startExecution({ stateMachineArn: machine, name: 'e', input: `{"n":${n}}` }).then(() => n, (error: Error) => error.name)));
    expect(started).toEqual([1, 'ExecutionAlreadyExists', 1, 'ExecutionAlreadyExists']);
    await cloud.advance(0);
    const taskToken = tokens.get(1)!;
    const answers = [() => sfn.sendTaskFailure({ taskToken, error: 'E' }), () => sfn.sendTaskSuccess({ taskToken, output: '1' }), () => sfn.sendTaskHeartbeat({ taskToken })];
    expect(await Promise.all(answers.map((answer) => answer().then(() => 'taken', (error: Error) => error.name)))).toEqual(['taken', 'TaskTimedOut', 'TaskTimedOut']);
    expect((await sfn.describeExecution({ executionArn })).status).toBe('FAILED');
  });
});

describe('hostile requests', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom('', '__proto__', 'constructor', 'arn:', 'arn:aws:states:::', 'arn:aws:states:us-east-1:123456789012:directory', 'arn:aws:states:us-east-1:123456789012:stateMachine:m', 'arn:aws:states:us-east-1:123456789012:stateMachine:m:1', 'arn:aws:states:us-east-1:123456789012:execution:m:e', 'arn:aws:states:us-east-1:123456789012:activity:__proto__', 'started', 'random', 'x'.repeat(100_000)),
    fc.integer(),
    fc.constant(null),
    fc.jsonValue(),
  );
  const operations = Object.entries(INPUT_SHAPES).filter(([name]) => name !== 'GetActivityTask');
  const request = fc.constantFrom(...operations).chain(([name, { members }]) =>
    fc.record({ name: fc.constant(name), input: fc.record(Object.fromEntries(Object.keys(members).map((member) => [member, fc.option(hostile, { nil: undefined })]))) }),
  );

  it('are answered or refused by name, whatever they hold', async () => {
    const cloud = cloudOf();
    await cloud.sfn.startExecution({ stateMachineArn: await create(cloud, WAIT, { publish: true }), name: 'e' });
    await fc.assert(
      fc.asyncProperty(request, async ({ name, input }) => {
        const method = `${name[0]!.toLowerCase()}${name.slice(1)}` as keyof Cloud['sfn'];
        const answer = await (cloud.sfn[method] as (given: object) => Promise<object>)(input).catch((error: unknown) => error);
        if (answer instanceof Error) expect(answer).toMatchObject({ name: expect.stringMatching(/^[A-Z]\w+$/), $fault: 'client' });
        expect(Object.getPrototypeOf({})).toBe(Object.prototype);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: 600, seed: 20_260_102 },
    );
  });
});

describe('what the service tells others', () => {
  const logging = (level: 'ALL' | 'ERROR' | 'FATAL', includeExecutionData: boolean): object => ({
    loggingConfiguration: { level, includeExecutionData, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:g:*' } }] },
  });

  it.each([
    ['ALL', true, ['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']],
    ['ERROR', false, ['FailStateEntered', 'ExecutionFailed']],
    ['FATAL', true, ['ExecutionFailed']],
  ] as const)('logs at level %s', async (level, data, types) => {
    const records: LogRecord[] = [];
    const cloud = cloudOf({ logs: (record) => records.push(record), startTime: 0 });
    const stateMachineArn = await create(cloud, text({ Type: 'Fail', Error: 'E' }), { type: 'EXPRESS', ...logging(level, data) });
    const { executionArn } = await cloud.sfn.startExecution({ stateMachineArn, input: '[1]' });
    expect(records.map(({ record }) => record['type'])).toEqual(types);
    expect(records[0]!.logGroupArn).toBe('arn:aws:logs:us-east-1:123456789012:log-group:g:*');
    expect(records.at(-1)!.record).toEqual({ id: '3', type: 'ExecutionFailed', details: { error: 'E' }, previous_event_id: '2', event_timestamp: '0', execution_arn: executionArn, redrive_count: '0' });
    expect(records.some(({ record }) => JSON.stringify(record).includes('[1]'))).toBe(data && level === 'ALL');
  });
});

describe('the directory', () => {
  it('draws versions of an alias by weight, and the same under the same seed', async () => {
    const draw = async (): Promise<number[]> => {
      const cloud = cloudOf({ seed: 3 });
      const { sfn } = cloud;
      const stateMachineArn = await create(cloud, PASS, { publish: true });
      await sfn.updateStateMachine({ stateMachineArn, roleArn: `${roleArn}2`, publish: true });
      const routingConfiguration = [1, 2].map((version) => ({ stateMachineVersionArn: `${stateMachineArn}:${version}`, weight: version === 1 ? 80 : 20 }));
      const { stateMachineAliasArn } = await sfn.createStateMachineAlias({ name: 'PROD', routingConfiguration });
      for (let count = 0; count < 500; count++) await sfn.startExecution({ stateMachineArn: stateMachineAliasArn });
      const { executions } = await sfn.listExecutions({ stateMachineArn, maxResults: 1000 });
      return executions.map(({ stateMachineVersionArn }) => Number(stateMachineVersionArn!.slice(-1)));
    };
    const drawn = await draw();
    expect(drawn.filter((version) => version === 1).length / 500).toBeCloseTo(0.8, 1);
    expect(await draw()).toEqual(drawn);
  });

  it('forgets executions, histories and tokens after their retention', async () => {
    const cloud = cloudOf();
    const stateMachineArn = await create(cloud, PASS);
    await create(cloud, PASS, { name: 'x', type: 'EXPRESS' });
    const directory = 'arn:aws:states:us-east-1:123456789012:directory';
    const before = [...cloud.host.recordsOf(directory).keys()].length;
    for (let count = 0; count < 50; count++) {
      await cloud.sfn.startExecution({ stateMachineArn });
      await cloud.sfn.startExecution({ stateMachineArn: stateMachineArn.replace(/m$/, 'x') });
    }
    const addresses = [...cloud.host.recordsOf(directory).keys()].filter((key) => /:(?:execution|express):/.test(key));
    expect(addresses).toHaveLength(100);
    expect(addresses.every((address) => cloud.host.has(address))).toBe(true);
    await cloud.advance(6 * 60_000);
    expect(addresses.filter((address) => cloud.host.has(address))).toHaveLength(50);
    await cloud.advance(91 * 86_400_000);
    expect(addresses.some((address) => cloud.host.has(address))).toBe(false);
    // What remains are two counters.
    expect([...cloud.host.recordsOf(directory).keys()].length).toBeLessThanOrEqual(before + 2);
  });

  it('keeps what an execution was started from, though its state machine is deleted and made anew', async () => {
    const cloud = cloudOf();
    const { sfn } = cloud;
    const stateMachineArn = await create(cloud, PASS);
    const { executionArn } = await sfn.startExecution({ stateMachineArn });
    await sfn.deleteStateMachine({ stateMachineArn });
    expect((await sfn.describeStateMachineForExecution({ executionArn })).definition).toBe(PASS);
    await create(cloud, WAIT);
    expect((await sfn.describeStateMachineForExecution({ executionArn })).definition).toBe(PASS);
    await sfn.deleteStateMachine({ stateMachineArn });
    await cloud.advance(91 * 86_400_000);
    expect([...cloud.host.recordsOf('arn:aws:states:us-east-1:123456789012:directory').keys()]).toEqual(['root']);
  });

  it('goes on after a crash after every step', async () => {
    const cloud = cloudOf({ store: new MemoryStore(), crashes: { deliveries: 2 } });
    const { sfn } = cloud;
    const stateMachineArn = await create(cloud, WAIT, { publish: true, tags: [{ key: 'a', value: 'b' }] });
    await sfn.startExecution({ stateMachineArn, name: 'e' });
    await sfn.startExecution({ stateMachineArn: `${stateMachineArn}:1`, name: 'f' });
    expect((await sfn.listExecutions({ stateMachineArn })).executions.map(({ name }) => name)).toEqual(['f', 'e']);
    await cloud.advance(60_000);
    expect((await sfn.listExecutions({ stateMachineArn, statusFilter: 'SUCCEEDED' })).executions).toHaveLength(2);
    expect((await sfn.listTagsForResource({ resourceArn: stateMachineArn })).tags).toEqual([{ key: 'a', value: 'b' }]);
    await sfn.deleteStateMachine({ stateMachineArn });
    await expect(sfn.describeStateMachine({ stateMachineArn })).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    expect((await sfn.describeExecution({ executionArn: `${stateMachineArn.replace('stateMachine', 'execution')}:e` })).status).toBe('SUCCEEDED');
  });
});

describe('child executions of a Map run', () => {
  it('are found after a crash after every step, and by Tasks too', async () => {
    const cloud = cloudOf({ store: new MemoryStore(), crashes: { deliveries: 2 } });
    const { sfn } = cloud;
    const processor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'B', States: { B: { Type: 'Pass', End: true } } };
    const { executionArn } = await sfn.startExecution({ stateMachineArn: await create(cloud, text({ Type: 'Map', ItemProcessor: processor, End: true })), input: '[[7]]' });
    await cloud.advance(0);
    const { mapRunArn } = (await sfn.listMapRuns({ executionArn })).mapRuns[0]!;
    const child = (await sfn.listExecutions({ mapRunArn })).executions[0]!.executionArn;
    expect(await sfn.describeExecution({ executionArn: child })).toMatchObject({ status: 'SUCCEEDED', input: '[7]', output: '[7]', mapRunArn });
    expect((await sfn.getExecutionHistory({ executionArn: child })).events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
    const task = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sfn:describeExecution', Parameters: { 'ExecutionArn.$': '$' }, End: true };
    expect((await cloud.run(text(task), child)).output).toMatchObject({ Input: '[7]', MapRunArn: mapRunArn });
    expect((await cloud.run(text(task), `${child}x`)).error).toBe('Sfn.ExecutionDoesNotExistException');
  });
});

describe('Tasks that call the API themselves', () => {
  const task = (resource: string, Arguments: object): string => JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments, End: true } } });

  it('as aws-sdk:sfn does: capitals, ISO times, its own error names', async () => {
    const cloud = cloudOf({ startTime: 0 });
    const other = await create(cloud, PASS, { name: 'other' });
    await cloud.sfn.startExecution({ stateMachineArn: other, name: 'e', input: '[1]' });
    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:other:e';
    expect((await cloud.run(task('aws-sdk:sfn:describeExecution', { ExecutionArn: executionArn }))).output).toMatchObject({ Status: 'SUCCEEDED', StartDate: '1970-01-01T00:00:00.000Z', OutputDetails: { Included: true } });
    expect((await cloud.run(task('aws-sdk:sfn:getExecutionHistory', { ExecutionArn: executionArn, MaxResults: 1 }))).output).toMatchObject({ Events: [{ Id: 1, ExecutionStartedEventDetails: { Input: '[1]' } }], NextToken: expect.any(String) });
    const failed = await cloud.run(task('aws-sdk:sfn:describeExecution', { ExecutionArn: `${executionArn}x` }));
    expect(failed.error).toBe('Sfn.ExecutionDoesNotExistException');
    expect(failed.cause).toMatch(/^Execution Does Not Exist: '.*:ex' \(Service: Sfn, Status Code: 400, Request ID: [0-9a-f-]{36}\) \(SDK Attempt Count: 1\)$/);
  });

  it('a stopped parent takes the child with it that it waits for', async () => {
    const cloud = cloudOf();
    const child = await create(cloud, WAIT, { name: 'child' });
    const parent = await create(cloud, task('states:startExecution.sync:2', { StateMachineArn: child, Name: 'c' }));
    const { executionArn } = await cloud.sfn.startExecution({ stateMachineArn: parent });
    await cloud.sfn.stopExecution({ executionArn });
    expect((await cloud.sfn.describeExecution({ executionArn: 'arn:aws:states:us-east-1:123456789012:execution:child:c' })).status).toBe('ABORTED');
  });
});
