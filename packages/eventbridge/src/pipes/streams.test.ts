import type { ApiRequest, DeliveryEntry, JsonObject, Outcome } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { createKms } from '@interstate/service-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pipes } from './adapter.ts';
import { DIRECTORY_KIND, directoryAddress, pipeArn } from './directory.ts';

const HOME = { region: 'us-east-1', account: '123456789012' };
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const STREAM = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';
const SOURCES = 'arn:aws:pipes:us-east-1:123456789012:sources';
const kms = createKms({ ...HOME, seed: () => [1, 2, 3, 4] }, { keys: { mine: {}, off: { state: 'Disabled' } } });
const machines = () => pipes({ ...HOME, kms }).machines;

interface Handled {
  readonly data: string;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  readonly eventID: string;
}
type Handler = (records: readonly Handled[]) => Outcome;

interface Rig {
  readonly host: TinyHost;
  ask(to: string, action: string, input: JsonObject): Outcome | undefined;
  journal(): readonly DeliveryEntry[];
}

/** A pipe's machines with a function that is `handler`, and a dead-letter queue that takes everything. */
function rig(handler: Handler, deadLetters: string[] = [], cut = false): Rig {
  const host = createTinyHost({
    machines,
    crypto: nodeCrypto,
    cut,
    answer(request, to) {
      const { input } = request as unknown as ApiRequest;
      if (to === FUNCTION) return { outcome: handler(input['Payload'] as unknown as readonly Handled[]), afterMs: 10 };
      if (to === DEAD) deadLetters.push(input['MessageBody'] as string);
      return { outcome: { ok: true, value: {} } };
    },
  });
  host.spawn(DIRECTORY_KIND, directoryAddress(HOME), { type: 'open', seed: [1, 2, 3, 4] });
  host.spawn('pipes:sources', SOURCES, { type: 'open', seed: [1, 2, 3, 4] });
  host.run();
  const ask = (to: string, action: string, input: JsonObject): Outcome | undefined => {
    const id = host.call(to, { action, input: { Source: STREAM, ...input } });
    host.run();
    return host.replies.get(id);
  };
  return { host, ask, journal: () => host.journalOf(pipeArn(HOME, 'p')) as readonly DeliveryEntry[] };
}

const pipe = (parameters: JsonObject, more: JsonObject = {}): JsonObject => ({ Name: 'p', Source: STREAM, Target: FUNCTION, RoleArn, SourceParameters: { KinesisStreamParameters: { StartingPosition: 'TRIM_HORIZON', ...parameters } }, ...more });
const done: Outcome = { ok: true, value: { StatusCode: 200, Payload: null } };
const broken: Outcome = { ok: true, value: { StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType: 'Error', errorMessage: 'broken' } } };
const partly = (ids: readonly string[]): Outcome => ({ ok: true, value: { StatusCode: 200, Payload: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) } } });
const texts = (records: readonly Handled[]): string => records.map(({ data }) => atob(data)).join('');

describe('a pipe from a stream', () => {
  it('halves a batch that fails until the record is found, and goes on in order', () => {
    const seen: string[] = [];
    const dead: string[] = [];
    const { ask, journal } = rig((records) => {
      seen.push(texts(records));
      return texts(records).includes('c') ? broken : done;
    }, dead);
    ask(SOURCES, 'CreateSource', { Source: STREAM });
    for (const Data of 'abcdef') ask(STREAM, 'AppendRecord', { Data });
    ask(directoryAddress(HOME), 'CreatePipe', pipe({ BatchSize: 6, OnPartialBatchItemFailure: 'AUTOMATIC_BISECT', MaximumRetryAttempts: 1, DeadLetterConfig: { Arn: DEAD } }));
    expect(seen).toEqual(['abcdef', 'abc', 'a', 'bc', 'b', 'c', 'c', 'def']);
    expect(dead.map((text) => JSON.parse(text) as unknown)).toMatchObject([{ context: { partnerResourceArn: pipeArn(HOME, 'p'), condition: 'RetryAttemptsExhausted' }, version: '1.0', KinesisBatchInfo: { shardId: 'shardId-000000000000', batchSize: 1, streamArn: STREAM, startSequenceNumber: expect.stringMatching(/^490+3$/) as string } }]);
    const ends = journal().filter(({ status }) => status !== 'retrying');
    expect(ends.map(({ messageId, status }) => `${messageId.slice(-1)} ${status}`).sort()).toEqual(['1 delivered', '2 delivered', '3 deadLettered', '4 delivered', '5 delivered', '6 delivered']);
  });

  it.each(['sequenceNumber', 'eventID'] as const)('takes up again at the first record that a function names by its %s', (member) => {
    const seen: string[] = [];
    const { ask } = rig((records) => {
      seen.push(texts(records));
      return seen.length === 1 ? partly([records[2]![member], records[1]![member]]) : done;
    });
    ask(SOURCES, 'CreateSource', { Source: STREAM });
    for (const Data of 'abcd') ask(STREAM, 'AppendRecord', { Data });
    ask(directoryAddress(HOME), 'CreatePipe', pipe({}));
    expect(seen).toEqual(['abcd', 'bcd']);
  });

  it('reads from the beginning, the end or a time; later shards whole', () => {
    for (const [position, expected] of [[{ StartingPosition: 'TRIM_HORIZON' }, 'abcd'], [{ StartingPosition: 'LATEST' }, 'cd'], [{ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: Date.UTC(2026, 0, 1) }, 'bcd']] as const) {
      const seen: string[] = [];
      const { ask } = rig((records) => (seen.push(texts(records)), done));
      ask(SOURCES, 'CreateSource', { Source: STREAM });
      ask(STREAM, 'AppendRecord', { Data: 'a', Timestamp: Date.UTC(2026, 0, 1) - 60_000 });
      ask(STREAM, 'AppendRecord', { Data: 'b' });
      ask(directoryAddress(HOME), 'CreatePipe', pipe(position));
      ask(STREAM, 'AppendRecord', { Data: 'c' });
      expect(ask(STREAM, 'CloseShard', { ShardId: 'shardId-000000000000', ChildShards: 2 })).toMatchObject({ value: { ShardIds: ['shardId-000000000001', 'shardId-000000000002'] } });
      ask(STREAM, 'AppendRecord', { Data: 'd' });
      expect(seen.join('')).toBe(expected);
    }
  });

  it('a child shard waits for its parent', () => {
    const seen: string[] = [];
    let fails = 3;
    const { ask } = rig((records) => {
      seen.push(texts(records));
      return fails-- > 0 ? broken : done;
    });
    ask(SOURCES, 'CreateSource', { Source: STREAM });
    ask(STREAM, 'AppendRecord', { Data: 'a' });
    ask(STREAM, 'CloseShard', { ShardId: 'shardId-000000000000', ChildShards: 1 });
    ask(STREAM, 'AppendRecord', { Data: 'b' });
    ask(directoryAddress(HOME), 'CreatePipe', pipe({}));
    expect(seen).toEqual(['a', 'a', 'a', 'a', 'b']);
  });

  it('gives up what is too old, and what the source keeps no longer', () => {
    for (const [parameters, retention, hours] of [[{ MaximumRecordAgeInSeconds: 60 }, {}, 1 / 60], [{}, { RetentionSeconds: 7200 }, 2], [{}, {}, 24]] as const) {
      const { ask, journal, host } = rig(() => broken);
      ask(SOURCES, 'CreateSource', { Source: STREAM, ...retention });
      ask(STREAM, 'AppendRecord', { Data: 'a' });
      const began = host.now();
      ask(directoryAddress(HOME), 'CreatePipe', pipe(parameters));
      expect(journal().at(-1)).toMatchObject({ status: 'failed', error: 'RecordAgeExceeded' });
      expect((host.now() - began) / 3_600_000).toBeGreaterThan(hours);
      expect((host.now() - began) / 3_600_000).toBeLessThan(hours + 0.1);
    }
  });

  it('gathers a batch for its window, at most so many', () => {
    const seen: string[] = [];
    const { ask, host } = rig((records) => (seen.push(`${(host.now() - Date.UTC(2026, 0, 1)) / 1000}:${texts(records)}`), done));
    ask(SOURCES, 'CreateSource', { Source: STREAM });
    for (const Data of 'abcde') ask(STREAM, 'AppendRecord', { Data });
    ask(directoryAddress(HOME), 'CreatePipe', pipe({ BatchSize: 3, MaximumBatchingWindowInSeconds: 20 }));
    expect(seen).toEqual(['0:abc', '20:de']);
  });

  it('works on keys side by side, on records of a key one after the other', () => {
    const events: string[] = [];
    const { ask } = rig((records) => (events.push(texts(records)), done));
    ask(SOURCES, 'CreateSource', { Source: STREAM });
    for (const Data of 'abcdefgh') ask(STREAM, 'AppendRecord', { Data, PartitionKey: Data < 'e' ? 'one' : 'two' });
    ask(directoryAddress(HOME), 'CreatePipe', pipe({ BatchSize: 1, ParallelizationFactor: 10 }));
    expect(events.filter((text) => text < 'e').join('')).toBe('abcd');
    expect(events.filter((text) => text >= 'e').join('')).toBe('efgh');
    expect(events.join('')).not.toBe('abcdefgh');
  });

  it('a source that is not there: the pipe fails, says why, and can be started', () => {
    const { ask } = rig(() => done);
    ask(directoryAddress(HOME), 'CreatePipe', pipe({}, { Source: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1', SourceParameters: { ManagedStreamingKafkaParameters: { TopicName: 'orders' } } }));
    // The rig answers what it does not know with nothing at all.
    expect(ask(directoryAddress(HOME), 'DescribePipe', { Name: 'p' })).toMatchObject({ value: { CurrentState: 'CREATE_FAILED', StateReason: expect.stringContaining("The source's answer cannot be used: 1 validation error detected: Value null at 'Shards'") as string } });
    ask(SOURCES, 'CreateSource', { Source: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1', TopicName: 'orders' });
    ask(directoryAddress(HOME), 'StartPipe', { Name: 'p' });
    const described = ask(directoryAddress(HOME), 'DescribePipe', { Name: 'p' });
    expect(described).toMatchObject({ value: { CurrentState: 'RUNNING' } });
    expect(described).not.toHaveProperty('value.StateReason');
  });

  const outcome = fc.constantFrom('ok', 'ok', 'broken', 'refused', 'first', 'last', 'unknown');
  const scenario = fc.record({
    shards: fc.integer({ min: 1, max: 3 }),
    records: fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), wanted: fc.boolean(), splits: fc.boolean() }), { minLength: 1, maxLength: 25 }),
    outcomes: fc.array(outcome, { maxLength: 40 }),
    parameters: fc.record({
      BatchSize: fc.integer({ min: 1, max: 8 }),
      MaximumBatchingWindowInSeconds: fc.constantFrom(0, 5),
      ParallelizationFactor: fc.integer({ min: 1, max: 3 }),
      MaximumRetryAttempts: fc.constantFrom(-1, 0, 1, 3),
      MaximumRecordAgeInSeconds: fc.constantFrom(-1, 60),
      OnPartialBatchItemFailure: fc.constantFrom('AUTOMATIC_BISECT', undefined),
      DeadLetterConfig: fc.constantFrom({ Arn: DEAD }, undefined),
    }),
  });

  it('whatever fails: every record is delivered, filtered, dead-lettered or reported, once; keys stay in order', () => {
    fc.assert(
      fc.property(scenario, fc.boolean(), ({ shards, records, outcomes, parameters }, cut) => {
        const left = [...outcomes];
        const handled: Handled[] = [];
        const dead: string[] = [];
        const { ask, journal, host } = rig((batch) => {
          const next = left.shift() ?? 'ok';
          if (next === 'broken') return broken;
          if (next === 'refused') return { ok: false, error: { Error: 'TooManyRequestsException', Cause: 'Rate exceeded' } };
          if (next === 'unknown') return partly(['nobody']);
          const from = next === 'ok' ? batch.length : next === 'first' ? 0 : batch.length - 1;
          handled.push(...batch.slice(0, from));
          return from === batch.length ? done : partly([batch[from]!.sequenceNumber]);
        }, dead, cut);
        ask(SOURCES, 'CreateSource', { Source: STREAM, ShardCount: shards });
        const given = JSON.parse(JSON.stringify(parameters)) as JsonObject;
        ask(directoryAddress(HOME), 'CreatePipe', pipe(given, { SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"data":{"wanted":[true]}}' }] }, KinesisStreamParameters: { StartingPosition: 'TRIM_HORIZON', ...given } } }));
        const names: string[] = [];
        for (const { key, wanted, splits } of records) {
          const id = host.call(STREAM, { action: 'AppendRecord', input: { Source: STREAM, Data: JSON.stringify({ wanted }), PartitionKey: key } });
          host.run(20);
          const answer = host.replies.get(id) as unknown as { value: { ShardId: string; SequenceNumber: string } };
          names.push(`${answer.value.ShardId}:${answer.value.SequenceNumber}`);
          if (splits) host.call(STREAM, { action: 'CloseShard', input: { Source: STREAM, ShardId: answer.value.ShardId, ChildShards: 2 } });
          host.run(20);
        }
        host.run();
        const ends = journal().filter(({ status }) => status !== 'retrying');
        expect(ends.map(({ messageId }) => messageId).sort()).toEqual([...names].sort());
        const wanted = new Map(names.map((name, index) => [name, records[index]!.wanted]));
        for (const { messageId, status } of ends) expect(status === 'filtered', messageId).toBe(!wanted.get(messageId));
        const delivered = ends.filter(({ status }) => status === 'delivered').map(({ messageId }) => messageId);
        expect(handled.map(({ eventID }) => eventID).sort()).toEqual([...delivered].sort());
        const told = dead.reduce((sum, text) => sum + (JSON.parse(text) as { KinesisBatchInfo: { batchSize: number } }).KinesisBatchInfo.batchSize, 0);
        expect(told).toBe(ends.filter(({ status }) => status === 'deadLettered').length);
        for (const key of 'abcd') {
          const order = handled.filter(({ partitionKey }) => partitionKey === key).map(({ eventID }) => names.indexOf(eventID));
          expect(order, key).toEqual([...order].sort((a, b) => a - b));
        }
      }),
      { numRuns: 150, seed: 20_261_129 },
    );
  });

  it('with a key puts no record of its source away as plain text', () => {
    let calls = 0;
    const { ask, host } = rig(() => (++calls % 3 === 0 ? done : broken), [], true);
    const KmsKeyIdentifier = 'mine';
    expect(ask(directoryAddress(HOME), 'CreatePipe', pipe({}, { KmsKeyIdentifier: 'off' }))).toMatchObject({ error: { Error: 'ValidationException', Cause: 'The key off of KmsKeyIdentifier cannot be used: Disabled.' } });
    ask(SOURCES, 'CreateSource', { Source: STREAM });
    ask(directoryAddress(HOME), 'CreatePipe', pipe({ BatchSize: 2, MaximumBatchingWindowInSeconds: 5, OnPartialBatchItemFailure: 'AUTOMATIC_BISECT' }, { KmsKeyIdentifier }));
    for (const Data of ['one', 'two', 'three']) ask(STREAM, 'AppendRecord', { Data: `hunter2 ${Data}` });
    expect(calls).toBeGreaterThan(3);
    const machine = machines().find(({ kind }) => kind === 'pipes:pipe')!;
    const state = machine.load(new Map());
    let sealed = 0;
    for (const { message, now } of host.scriptOf(pipeArn(HOME, 'p'))) {
      machine.step(state, message, { now, crypto: nodeCrypto });
      const text = JSON.stringify([...machine.records(state)]) + JSON.stringify(machine.changes(state));
      for (const secret of ['one', 'two', 'three']) expect(text).not.toContain(btoa(`hunter2 ${secret}`));
      if (text.includes('$sealed')) sealed++;
    }
    expect(sealed).toBeGreaterThan(3);
  });

  it('its machines keep their contract', () => {
    let calls = 0;
    const { ask, host } = rig(() => (++calls % 3 === 0 ? done : broken));
    ask(SOURCES, 'CreateSource', { Source: STREAM, ShardCount: 2 });
    ask(directoryAddress(HOME), 'CreatePipe', pipe({ BatchSize: 2, OnPartialBatchItemFailure: 'AUTOMATIC_BISECT', MaximumRetryAttempts: 1, DeadLetterConfig: { Arn: DEAD } }, { KmsKeyIdentifier: 'mine', LogConfiguration: { Level: 'TRACE', IncludeExecutionData: ['ALL'], CloudwatchLogsLogDestination: { LogGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:l' } } }));
    for (const Data of 'abcdefgh') ask(STREAM, 'AppendRecord', { Data });
    ask(STREAM, 'PutRecords', { Records: [{ Data: 'x', PartitionKey: 'k' }] });
    ask(STREAM, 'CloseShard', { ShardId: 'shardId-000000000000', ChildShards: 1 });
    for (const action of ['StopPipe', 'StartPipe', 'DeletePipe', 'CreatePipe']) ask(directoryAddress(HOME), action, pipe({}));
    ask(SOURCES, 'DeleteSource', { Source: STREAM });
    ask(SOURCES, 'ListSources', {});
    for (const [address, kind] of host.machines) checkMachineContract({ machine: () => machines().find((candidate) => candidate.kind === kind)!, script: host.scriptOf(address), crypto: nodeCrypto });
    expect([...host.machines].map(([, kind]) => kind).sort()).toEqual(['pipes:directory', 'pipes:pipe', 'pipes:source', 'pipes:sources']);
  });
});
