import { createProgramLibrary, executionMachine, MAP_RUN_KIND, type Execution, type HistoryEvent } from '@interstate/core';
import { ITEMS_ADDRESS, RESULTS_ADDRESS, type ConnectorCall, type Json, type JsonObject, type Machine, type Message, type Outcome, type ReadItemsRequest, type TaskRequest, type WriteResultsRequest } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import { Host, nodeCrypto, virtualClock } from '@interstate/runtime';
import { crashing } from '@interstate/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cases from '../../cases/map-run.json' with { type: 'json' };
import { states } from '../adapter.ts';
import { DIRECTORY_KIND } from '../directory.ts';
import { STATES_HOST } from '../host-door.ts';
import { mapRunMachine } from './map-run.ts';

const PREFIX = 'arn:aws:states:us-east-1:123456789012';
const DIRECTORY = `${PREFIX}:directory`;
const EXECUTION = `${PREFIX}:execution:m:e`;

interface Given {
  /** Items in hand, 0 and up; or items a reader gives, page by page. */
  readonly items?: number;
  /** Other items in hand. */
  readonly values?: readonly Json[];
  readonly reader?: number;
  readonly input?: JsonObject;
  /** Adds a text of so many characters to the input. */
  readonly big?: number;
  readonly map: JsonObject;
  readonly executionType?: string;
  /** How the attempts at an item end, `ok` where not said, and after how many seconds. */
  readonly answers?: Readonly<Record<string, readonly string[]>>;
  readonly seconds?: Readonly<Record<string, readonly number[]>>;
  /** Which calls of the reader, or writer, fail, counted from 1. */
  readonly readFailures?: readonly number[];
  readonly writeFailures?: readonly number[];
}

interface Case extends Given {
  readonly description: string;
  readonly stopAfter?: number;
  readonly redrives?: number;
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly runs?: number;
  readonly describe?: JsonObject;
  readonly counts?: JsonObject;
  readonly itemCounts?: JsonObject;
  readonly executionCounts?: JsonObject;
  readonly written?: JsonObject;
  readonly attempts?: JsonObject;
  /** Types of the history's last events. */
  readonly history?: readonly string[];
}

interface Scene {
  readonly host: TinyHost;
  readonly machines: () => readonly Machine[];
  readonly attempts: Record<string, number>;
  readonly written: Record<string, number>;
  readonly call: (action: string, input: JsonObject) => Outcome;
  readonly tellLater: (seconds: number, action: string, input: JsonObject) => void;
}

/** Calls the directory when a time has come. */
const clockMachine: Machine = {
  kind: 'test:clock',
  load: () => null,
  step: (_state, message, { now }) => ({
    effects:
      message.type === 'timer'
        ? [{ type: 'call', to: DIRECTORY, callId: String(now), request: JSON.parse(message.key) as Json }]
        : message.type === 'notice' && message.notice !== null
          ? [{ type: 'timer', key: JSON.stringify((message.notice as JsonObject)['tell']), at: now + ((message.notice as JsonObject)['seconds'] as number) * 1000 }]
          : [],
    journal: [],
  }),
  changes: () => [],
  records: () => new Map(),
};

function definitionOf({ reader: read, map, executionType = 'STANDARD' }: Given): JsonObject {
  const { ItemReader, ...fields } = map as { readonly ItemReader?: JsonObject };
  const reader = { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'JSON' }, Parameters: { Bucket: 'b', Key: 'k' }, ...ItemReader };
  return {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        Label: 'L',
        ...(read !== undefined ? { ItemReader: reader } : { ItemsPath: '$.items' }),
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: executionType },
          StartAt: 'T',
          States: { T: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true } },
        },
        ...fields,
        End: true,
      },
    },
  };
}

function begin(given: Given, cut = false): Scene {
  const attempts: Record<string, number> = {};
  const written: Record<string, number> = {};
  let reads = 0;
  let writes = 0;
  const refused = (Error: string): { outcome: Outcome } => ({ outcome: { ok: false, error: { Error, Cause: 'c' } } });
  const answer = (request: Json, to: string): { outcome: Outcome; afterMs?: number } | undefined => {
    if (to === ITEMS_ADDRESS) {
      const { cursor, maxItems } = request as unknown as ReadItemsRequest;
      if (given.readFailures?.includes(++reads)) return refused('States.ItemReaderFailed');
      const from = (cursor as number | null) ?? 0;
      const end = Math.min(from + maxItems, given.reader!);
      return { outcome: { ok: true, value: { items: Array.from({ length: end - from }, (_, index) => from + index), cursor: end === given.reader ? null : end, source: 'S3://b/k' } } };
    }
    if (to === RESULTS_ADDRESS) {
      const write = request as unknown as WriteResultsRequest;
      const count = write.part === 'MANIFEST' ? 1 : write.records.length;
      written[write.part] = (written[write.part] ?? 0) + count;
      if (given.writeFailures?.includes(++writes)) return refused('States.ResultWriterFailed');
      return { outcome: { ok: true, value: write.part === 'MANIFEST' ? { Bucket: 'b', Key: 'p/manifest.json' } : { position: [writes] } } };
    }
    if (!to.startsWith('arn:aws:lambda')) return undefined;
    const { arguments: input } = request as unknown as TaskRequest;
    const key = JSON.stringify(input);
    const attempt = (attempts[key] = (attempts[key] ?? 0) + 1) - 1;
    const error = given.answers?.[key]?.[attempt] ?? 'ok';
    return { outcome: error === 'ok' ? { ok: true, value: input } : { ok: false, error: { Error: error } }, afterMs: (given.seconds?.[key]?.[attempt] ?? 0) * 1000 };
  };
  const machines = (): readonly Machine[] => {
    const programs = createProgramLibrary();
    return [executionMachine((id) => programs.get(id)), clockMachine, ...states({ region: 'us-east-1', account: '123456789012', programs }).machines] as readonly Machine[];
  };
  const once = machines();
  const host = createTinyHost({ machines: () => once, crypto: nodeCrypto, answer, cut });
  host.spawn(DIRECTORY_KIND, DIRECTORY, { type: 'open', seed: [1, 2, 3, 4] });
  host.spawn('test:clock', 'clock', null);
  const call = (action: string, input: JsonObject): Outcome => {
    const id = host.call(DIRECTORY, { action, input });
    host.run();
    return host.replies.get(id)!;
  };
  const created = call('CreateStateMachine', { name: 'm', definition: JSON.stringify(definitionOf(given)), roleArn: 'arn:aws:iam::123456789012:role/r' });
  expect(created).toMatchObject({ ok: true });
  return { host, machines: () => once, attempts, written, call, tellLater: (seconds, action, input) => host.notify('clock', { seconds, tell: { action, input } }) };
}

function start({ host }: Scene, { items, values, input = {}, big }: Given): void {
  const inHand = values ?? Array.from({ length: items ?? 0 }, (_, index) => index);
  const given = { ...input, items: inHand, ...(big !== undefined && { big: 'x'.repeat(big) }) };
  host.call(DIRECTORY, { action: 'StartExecution', input: { stateMachineArn: `${PREFIX}:stateMachine:m`, name: 'e', input: JSON.stringify(given) } });
}

const valueOf = (outcome: Outcome): JsonObject => {
  expect(outcome).toMatchObject({ ok: true });
  return (outcome as { readonly value: JsonObject }).value;
};

describe('Map runs', () => {
  for (const one of cases as unknown as readonly Case[]) {
    for (const cut of [false, true]) {
      it(`${one.description}${cut ? ', saved and loaded at every step' : ''}`, () => {
        const scene = begin(one, cut);
        const { host, call, attempts, written } = scene;
        start(scene, one);
        if (one.stopAfter !== undefined) scene.tellLater(one.stopAfter, 'StopExecution', { executionArn: EXECUTION });
        host.run();
        for (let redrive = 0; redrive < (one.redrives ?? 0); redrive++) valueOf(call('RedriveExecution', { executionArn: EXECUTION }));
        const { status, ending } = host.stateOf(EXECUTION) as Execution;
        expect({ status, error: ending?.error }).toEqual({ status: one.status, error: one.error });
        if (one.output !== undefined) expect(ending?.output).toEqual(one.output);
        if (one.attempts) expect(attempts).toEqual(one.attempts);
        if (one.written) expect(written).toEqual(one.written);
        if (one.history) expect((host.journalOf(EXECUTION) as readonly HistoryEvent[]).map(({ type }) => type).slice(-one.history.length)).toEqual(one.history);
        const { mapRuns } = valueOf(call('ListMapRuns', { executionArn: EXECUTION })) as unknown as { readonly mapRuns: readonly JsonObject[] };
        expect(mapRuns).toHaveLength(one.runs ?? 1);
        const described = valueOf(call('DescribeMapRun', { mapRunArn: mapRuns[0]!['mapRunArn']! }));
        expect(described).toMatchObject({ status: one.status, executionArn: EXECUTION, stopDate: mapRuns[0]!['stopDate'], ...one.describe });
        const none = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, resultsWritten: 0, failuresNotRedrivable: 0, pendingRedrive: 0 };
        const items = one.itemCounts ?? one.counts;
        const executions = one.executionCounts ?? one.counts;
        if (items) expect(described['itemCounts']).toEqual({ ...none, ...items });
        if (executions) expect(described['executionCounts']).toEqual({ ...none, ...executions });
        if (cut || (one.reader ?? 0) > 250) return;
        for (const [address, kind] of host.machines) {
          if (kind === MAP_RUN_KIND || address === EXECUTION) checkMachineContract({ machine: () => scene.machines().find((machine) => machine.kind === kind)!, script: host.scriptOf(address), crypto: nodeCrypto });
        }
      });
    }
  }
});

describe('Map runs, whatever befalls them', () => {
  const trouble = fc.constantFrom('Boom', 'ok');
  const given = fc.record({
    count: fc.nat(9),
    isRead: fc.boolean(),
    concurrency: fc.nat(4),
    executionType: fc.constantFrom('STANDARD', 'EXPRESS'),
    tolerated: fc.nat(2),
    isWritten: fc.boolean(),
    answers: fc.dictionary(fc.nat(9).map(String), fc.array(trouble, { maxLength: 3 })),
    seconds: fc.dictionary(fc.nat(9).map(String), fc.array(fc.nat(9), { maxLength: 3 })),
    readFailures: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    writeFailures: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
    stopAfter: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  });

  it('redriven, they succeed: every item is counted once, and cuts change nothing', () => {
    fc.assert(
      fc.property(given, ({ count, isRead, concurrency, executionType, tolerated, isWritten, stopAfter, ...troubles }) => {
        const writer = { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } } };
        const one: Given = {
          ...troubles,
          ...(isRead ? { reader: count } : { items: count }),
          executionType,
          map: { MaxConcurrency: concurrency, ToleratedFailureCount: tolerated, ...(isWritten && writer) },
        };
        const [journal, cutJournal] = [false, true].map((cut) => {
          const scene = begin(one, cut);
          const { host, call } = scene;
          start(scene, one);
          if (stopAfter !== undefined) scene.tellLater(stopAfter, 'StopExecution', { executionArn: EXECUTION });
          host.run();
          const execution = (): Execution => host.stateOf(EXECUTION) as Execution;
          for (let redrive = 0; redrive < 40 && execution().status !== 'SUCCEEDED'; redrive++) valueOf(call('RedriveExecution', { executionArn: EXECUTION }));
          expect(execution().status).toBe('SUCCEEDED');
          const { mapRuns } = valueOf(call('ListMapRuns', { executionArn: EXECUTION })) as unknown as { readonly mapRuns: readonly JsonObject[] };
          const { itemCounts } = valueOf(call('DescribeMapRun', { mapRunArn: mapRuns[0]!['mapRunArn']! })) as { readonly itemCounts: Record<string, number> };
          expect(itemCounts['resultsWritten']).toBe(isWritten ? count : 0);
          const { succeeded, failed, total, pending, running, aborted, pendingRedrive } = itemCounts as Record<string, number>;
          expect({ pending, running, aborted, pendingRedrive, total }).toEqual({ pending: 0, running: 0, aborted: 0, pendingRedrive: 0, total: count });
          expect(succeeded! + failed!).toBe(count);
          expect(failed).toBeLessThanOrEqual(tolerated);
          if (!isWritten) expect((execution().ending!.output as readonly Json[]).length).toBe(succeeded);
          if (!cut) {
            const address = mapRuns[0]!['mapRunArn'] as string;
            checkMachineContract({ machine: () => scene.machines().find(({ kind }) => kind === MAP_RUN_KIND)!, script: host.scriptOf(address), crypto: nodeCrypto });
          }
          return host.journalOf(EXECUTION);
        });
        expect(cutJournal).toEqual(journal);
      }),
      { numRuns: 60, seed: 20_260_101 },
    );
  }, 60_000);
});

describe('a Map run over a million items', () => {
  const MILLION = 1_000_000;
  const RUN = `${PREFIX}:mapRun:m/L:r`;

  /** Steps the machine alone: its reader and its children answer at once. */
  function measure(batch: number, items: number): { readonly bytes: number[]; readonly records: number; readonly forgotten: number; readonly reply: Json } {
    const programs = createProgramLibrary();
    programs.add('p', definitionOf({ reader: 1, map: { ItemBatcher: { MaxItemsPerBatch: batch } } }));
    const machine = mapRunMachine((id) => programs.get(id)) as Machine;
    const state = machine.load(new Map());
    const startRequest: JsonObject = {
      type: 'start', mapRunArn: RUN, label: 'L', programId: 'p', state: { group: 0, name: 'M' }, executionType: 'EXPRESS', items: null,
      execution: { stateMachineArn: `${PREFIX}:stateMachine:m`, executionArn: EXECUTION, roleArn: 'r', directory: DIRECTORY },
      reader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: {}, ReaderConfig: {} },
      batcher: { MaxItemsPerBatch: batch, MaxInputBytesPerBatch: null }, writer: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' }, WriterConfig: {} },
      toleratedFailureCount: null, toleratedFailurePercentage: null, maxConcurrency: 40, scope: { input: {}, context: {}, variables: {} }, seed: [1, 2, 3, 4],
    };
    const queue: Message[] = [{ type: 'call', replyTo: { address: EXECUTION, callId: '1' }, request: startRequest }];
    const bytes: number[] = [];
    let records = 0;
    let forgotten = 0;
    let reply: Json = null;
    for (let at = 0; at < queue.length; at++) {
      const { effects } = machine.step(state, queue[at]!, { now: 0, crypto: nodeCrypto });
      queue[at] = undefined as never;
      bytes.push(JSON.stringify(machine.changes(state)).length);
      if (at % 1000 === 0) records = Math.max(records, machine.records(state).size);
      for (const effect of effects) {
        if (effect.type === 'spawn') {
          const { executionArn, input } = effect.notice as JsonObject;
          queue.push({ type: 'notice', from: effect.address, notice: { type: 'executionEnded', executionArn: executionArn!, status: 'SUCCEEDED', startTime: 0, stopTime: 0, input: null, output: ((input as JsonObject)['Items'] as Json[]).length } });
        } else if (effect.type === 'call' && effect.to === ITEMS_ADDRESS) {
          const { cursor, maxItems } = effect.request as unknown as ReadItemsRequest;
          const from = (cursor as number | null) ?? 0;
          const end = Math.min(from + maxItems, items);
          queue.push({ type: 'reply', callId: effect.callId, outcome: { ok: true, value: { items: Array.from({ length: end - from }, (_, index) => from + index), cursor: end === items ? null : end, source: 'S3://b/k' } } });
        } else if (effect.type === 'notice' && (effect.notice as JsonObject)['type'] === 'forget') forgotten += ((effect.notice as JsonObject)['addresses'] as readonly Json[]).length;
        else if (effect.type === 'call') queue.push({ type: 'reply', callId: effect.callId, outcome: { ok: true, value: { position: [1] } } });
        else if (effect.type === 'reply') reply = effect.outcome as unknown as Json;
      }
    }
    return { bytes, records, forgotten, reply };
  }

  const most = (bytes: readonly number[]): number => bytes.reduce((a, b) => Math.max(a, b), 0);

  it.each([[1000, MILLION], [1, 20_000]])('keeps a window of them, in batches of %i', (batch, items) => {
    const { bytes, records, forgotten, reply } = measure(batch, items);
    expect(reply).toMatchObject({ ok: true });
    const quarter = bytes.length >> 2;
    expect(most(bytes.slice(-quarter))).toBeLessThanOrEqual(most(bytes.slice(quarter, 2 * quarter)) * 1.1);
    expect(records).toBeLessThan(4000);
    expect(forgotten).toBe(Math.max(0, items / batch - 1000));
    expect(most(bytes)).toBeLessThan(250_000);
  }, 20_000);
});

describe('UpdateMapRun, and what a Map run does not know', () => {
  const slow: Given = { items: 6, map: { MaxConcurrency: 1 }, seconds: { 0: [1000], 1: [1000], 2: [1000], 3: [1000], 4: [1000], 5: [1000] }, answers: { 5: ['Boom'] } };

  function running(): Scene & { readonly mapRunArn: string } {
    const scene = begin(slow);
    start(scene, slow);
    while (scene.attempts['0'] === undefined) scene.host.run(1);
    const mapRunArn = [...scene.host.machines].find(([, kind]) => kind === MAP_RUN_KIND)![0];
    return { ...scene, mapRunArn };
  }

  /** Asks without letting time pass. */
  function ask({ host }: Scene, action: string, input: JsonObject): Outcome {
    const id = host.call(DIRECTORY, { action, input });
    for (let step = 0; !host.replies.has(id) && step < 100; step++) host.run(1);
    return host.replies.get(id)!;
  }

  it.each([['in memory', {}], ['forgotten and told twice at every step', crashing()]])('changes concurrency and tolerance of a run that runs: %s', async (_, options) => {
    const programs = createProgramLibrary();
    const adapter = states({ region: 'us-east-1', account: '123456789012', programs });
    const machines = [executionMachine((id) => programs.get(id)), ...adapter.machines] as readonly Machine[];
    const forgets = ({ request }: ConnectorCall): Outcome => {
      for (const address of (request as JsonObject)['addresses'] as readonly string[]) host.forget(address);
      return { ok: true, value: null };
    };
    const host: Host = new Host({ machines, adapters: [adapter, { service: 'host', connectors: { [STATES_HOST]: forgets } }], clock: virtualClock(0), seed: [1, 2, 3, 4], ...options });
    host.spawn(DIRECTORY_KIND, DIRECTORY, { type: 'open', seed: [1, 2, 3, 4] });
    const ask = async (action: string, input: JsonObject): Promise<JsonObject> => valueOf(await host.call(DIRECTORY, { action, input }));
    const map = { MaxConcurrency: 1, ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'W', States: {
      W: { Type: 'Wait', Seconds: 100, Next: 'C' },
      C: { Type: 'Choice', Choices: [{ And: [{ Variable: '$', NumericEquals: 5 }, { Variable: '$$.Execution.RedriveCount', NumericEquals: 0 }], Next: 'F' }], Default: 'S' },
      F: { Type: 'Fail', Error: 'Boom' },
      S: { Type: 'Succeed' },
    } } };
    await ask('CreateStateMachine', { name: 'm', definition: JSON.stringify(definitionOf({ items: 6, map })), roleArn: 'arn:aws:iam::123456789012:role/r' });
    await ask('StartExecution', { stateMachineArn: `${PREFIX}:stateMachine:m`, name: 'e', input: '{"items":[0,1,2,3,4,5]}' });
    await host.advance(5000);
    const [{ mapRunArn }] = (await ask('ListMapRuns', { executionArn: EXECUTION }))['mapRuns'] as unknown as [JsonObject & { readonly mapRunArn: string }];
    const before = await ask('DescribeMapRun', { mapRunArn });
    expect(before).toMatchObject({ status: 'RUNNING', itemCounts: { running: 1, pending: 5, total: 6, resultsWritten: 0 } });
    expect('stopDate' in before).toBe(false);
    const list = async (more: JsonObject): Promise<readonly JsonObject[]> => (await ask('ListExecutions', { mapRunArn, ...more }))['executions'] as readonly JsonObject[];
    expect(await list({ statusFilter: 'RUNNING' })).toHaveLength(1);
    expect(await ask('UpdateMapRun', { mapRunArn, maxConcurrency: 5 })).toEqual({});
    expect(await ask('DescribeMapRun', { mapRunArn })).toMatchObject({ maxConcurrency: 5, itemCounts: { running: 5, pending: 1 } });
    await host.runUntilIdle();
    expect(await ask('DescribeMapRun', { mapRunArn })).toMatchObject({ status: 'FAILED', itemCounts: { succeeded: 5, failed: 1 } });
    expect(await host.call(DIRECTORY, { action: 'UpdateMapRun', input: { mapRunArn, maxConcurrency: 5 } })).toMatchObject({ ok: false, error: { Error: 'ValidationException' } });
    expect(await ask('DescribeExecution', { executionArn: EXECUTION })).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
    const { redriveDate } = await ask('RedriveExecution', { executionArn: EXECUTION, clientToken: 't' });
    expect(await ask('RedriveExecution', { executionArn: EXECUTION, clientToken: 't' })).toEqual({ redriveDate });
    await host.runUntilIdle();
    expect(await list({ redriveFilter: 'REDRIVEN' })).toMatchObject([{ status: 'FAILED', mapRunArn, itemCount: 1, redriveCount: 1, redriveDate }]);
    expect((await list({})).map(({ status }) => status)).toEqual(['FAILED', ...Array.from({ length: 5 }, () => 'SUCCEEDED')]);
    const children = (await list({})).map(({ executionArn }) => executionArn as string);
    expect(children.every((address) => host.has(address))).toBe(true);
    expect(await list({ redriveFilter: 'NOT_REDRIVEN' })).toHaveLength(5);
    const page = await ask('ListExecutions', { mapRunArn, maxResults: 4 });
    expect(await list({ maxResults: 4, nextToken: page['nextToken']! })).toHaveLength(2);
    // The child goes on from its Fail state, as redrives do.
    expect(await ask('DescribeExecution', { executionArn: EXECUTION })).toMatchObject({ status: 'FAILED', redriveCount: 1, redriveDate });
    expect(await ask('DescribeMapRun', { mapRunArn })).toMatchObject({ status: 'FAILED', redriveCount: 1, redriveDate, itemCounts: { succeeded: 5, failed: 1 } });
    await host.advance(91 * 86_400_000);
    expect(await host.call(DIRECTORY, { action: 'DescribeMapRun', input: { mapRunArn } })).toMatchObject({ ok: false, error: { Error: 'ResourceNotFound' } });
    expect([mapRunArn, EXECUTION, ...children].filter((address) => host.has(address))).toEqual([]);
  });

  it('refuses what is unknown, by its name', () => {
    const scene = running();
    const unknown = `${PREFIX}:mapRun:m/L:no`;
    for (const action of ['DescribeMapRun', 'UpdateMapRun']) {
      expect(ask(scene, action, { mapRunArn: unknown })).toMatchObject({ ok: false, error: { Error: 'ResourceNotFound' } });
      expect(ask(scene, action, { mapRunArn: 'no arn' })).toMatchObject({ ok: false, error: { Error: 'InvalidArn' } });
    }
    expect(ask(scene, 'ListMapRuns', { executionArn: `${EXECUTION}x` })).toMatchObject({ ok: false, error: { Error: 'ExecutionDoesNotExist' } });
    expect(ask(scene, 'ListMapRuns', { executionArn: EXECUTION, nextToken: 'forged' })).toMatchObject({ ok: false, error: { Error: 'InvalidToken' } });
    expect(ask(scene, 'RedriveExecution', { executionArn: EXECUTION })).toEqual({ ok: false, error: { Error: 'ExecutionNotRedrivable', Cause: 'Execution is RUNNING and cannot be redriven' } });
  });

  it('lists Map runs in pages, newest first', () => {
    const given: Given = { items: 1, map: { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }] }, answers: { 0: ['Boom', 'Boom'] } };
    const scene = begin(given);
    start(scene, given);
    scene.host.run();
    const seen: Json[] = [];
    let token: Json | undefined;
    do {
      const page = valueOf(scene.call('ListMapRuns', { executionArn: EXECUTION, maxResults: 2, ...(token !== undefined && { nextToken: token }) }));
      seen.push(...(page['mapRuns'] as readonly JsonObject[]).map((run) => run['startDate']!));
      token = page['nextToken'];
    } while (token !== undefined);
    expect(seen).toHaveLength(3);
    expect([...seen].sort((a, b) => (b as number) - (a as number))).toEqual(seen);
  });
});
