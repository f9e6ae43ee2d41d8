import { readFileSync } from 'node:fs';
import { mappingMetrics, type CreateEventSourceMappingInput, type Handler } from '@interstate/lambda';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

interface KinesisRecord {
  readonly eventID: string;
  readonly kinesis: { readonly data: string; readonly partitionKey: string; readonly sequenceNumber: string };
}
interface KinesisEvent {
  readonly Records: readonly KinesisRecord[];
  readonly window?: { readonly start: string; readonly end: string };
  readonly state?: { readonly seen?: string; readonly filling?: string };
  readonly shardId?: string;
  readonly isFinalInvokeForWindow?: boolean;
  readonly isWindowTerminatedEarly?: boolean;
}

const STREAM = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const START = Date.UTC(2026, 0, 1);
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures' as const] };
const TO_DEAD = { DestinationConfig: { OnFailure: { Destination: DEAD } } };

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

function virtualCloud(): Cloud {
  const cloud = createCloud({ clock: 'virtual', startTime: START, seed: 1, warn: () => {} });
  clouds.push(cloud);
  return cloud;
}

const textOf = ({ Records }: KinesisEvent): string => Records.map(({ kinesis }) => atob(kinesis.data)).join('');

/** A function that reads a stream. What is dead waits in a queue. */
async function mapped(handler: Handler<KinesisEvent>, mapping: Partial<CreateEventSourceMappingInput> = {}, ShardCount = 1) {
  const cloud = virtualCloud();
  const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'dead' });
  await cloud.sources.createSource({ Source: STREAM, ShardCount });
  cloud.lambda.register('f', handler);
  const create = () => cloud.lambda.createEventSourceMapping({ EventSourceArn: STREAM, FunctionName: 'f', StartingPosition: 'TRIM_HORIZON', ...mapping });
  const append = async (data: string, more: { PartitionKey?: string; Timestamp?: Date } = {}) => {
    for (const Data of data) await cloud.sources.appendRecord({ Source: STREAM, Data, ...more });
  };
  const dead = async () => {
    const found: Record<string, unknown>[] = [];
    for (;;) {
      const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 });
      if (Messages.length === 0) return found;
      found.push(...Messages.map(({ Body }) => JSON.parse(Body!) as Record<string, unknown>));
    }
  };
  return { cloud, create, append, dead };
}

describe('the event of a mapping', () => {
  const cases = JSON.parse(readFileSync(new URL('../../lambda/cases/mapped-events.json', import.meta.url), 'utf8')) as readonly { readonly description: string; readonly source: { readonly Source: string }; readonly append: readonly object[]; readonly mapping: object; readonly then: unknown }[];
  it.each(cases)('$description', async ({ source, append, mapping, then }) => {
    const cloud = virtualCloud();
    const events: unknown[] = [];
    cloud.lambda.register('f', (event) => void events.push(event));
    await cloud.sources.createSource(source);
    for (const record of append) await cloud.sources.appendRecord({ ...source, ...record });
    const isArn = source.Source.startsWith('arn:');
    await cloud.lambda.createEventSourceMapping({ FunctionName: 'f', ...(isArn && { EventSourceArn: source.Source }), ...mapping });
    await cloud.runUntilIdle();
    expect(events).toEqual(then);
  });
});

describe('a mapping that reads a stream', () => {
  it('is creating until the stream is known, then enabled; updated, disabled, deleted', async () => {
    const seen: string[] = [];
    const { cloud, create, append } = await mapped((event) => void seen.push(textOf(event)));
    const { UUID, State, LastProcessingResult } = await create();
    expect([State, LastProcessingResult]).toEqual(['Creating', 'No records processed']);
    const state = async () => (await cloud.lambda.getEventSourceMapping({ UUID })).State;
    await cloud.runUntilIdle();
    expect(await state()).toBe('Enabled');
    await append('a');
    await cloud.runUntilIdle();
    expect(await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: false })).toMatchObject({ State: 'Disabling' });
    await cloud.runUntilIdle();
    expect(await state()).toBe('Disabled');
    await append('b');
    await cloud.runUntilIdle();
    expect(await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: true, BatchSize: 1 })).toMatchObject({ State: 'Enabling', BatchSize: 1 });
    await append('c');
    await cloud.runUntilIdle();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(await cloud.lambda.getEventSourceMapping({ UUID })).toMatchObject({ State: 'Enabled', LastProcessingResult: 'OK' });
    expect(await cloud.lambda.deleteEventSourceMapping({ UUID })).toMatchObject({ State: 'Deleting' });
    await append('d');
    await cloud.runUntilIdle();
    expect([seen.length, (await cloud.lambda.listEventSourceMappings({ EventSourceArn: STREAM })).EventSourceMappings]).toEqual([3, []]);
  });

  it('refuses a stream that is not there, and a second mapping', async () => {
    const { cloud, create } = await mapped(() => {});
    const input = { FunctionName: 'f', StartingPosition: 'LATEST' as const };
    await expect(cloud.lambda.createEventSourceMapping({ ...input, EventSourceArn: `${STREAM}2` })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: `Stream not found: ${STREAM}2` });
    await expect(cloud.lambda.createEventSourceMapping({ ...input, EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1', Topics: ['orders'] })).rejects.toMatchObject({ message: expect.stringContaining('cannot be read') as string });
    const { UUID } = await create();
    await expect(create()).rejects.toMatchObject({ name: 'ResourceConflictException', message: `The event source arn (" ${STREAM} ") and function (" f ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}` });
    await expect(cloud.lambda.createEventSourceMapping({ ...input, EventSourceArn: STREAM, FunctionName: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' })).rejects.toMatchObject({ message: 'A state machine is started from queues only; make a pipe for other sources.' });
  });

  it('halves a batch until the poison is found, and tells the destination where it lies', async () => {
    const seen: string[] = [];
    const { cloud, create, append, dead } = await mapped(
      (event) => {
        seen.push(textOf(event));
        if (textOf(event).includes('c')) throw new TypeError('poison');
      },
      { BatchSize: 6, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...TO_DEAD },
    );
    await append('abcdef');
    const { EventSourceMappingArn: arn } = await create();
    await cloud.runUntilIdle();
    expect(seen).toEqual(['abcdef', 'abc', 'a', 'bc', 'b', 'c', 'c', 'def']);
    expect(await dead()).toEqual([
      {
        requestContext: { requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string, functionArn: FUNCTION, condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: '2026-01-01T00:00:01.000Z',
        KinesisBatchInfo: {
          shardId: 'shardId-000000000000',
          startSequenceNumber: '49000000000000000000000000000000000000000000000000000003',
          endSequenceNumber: '49000000000000000000000000000000000000000000000000000003',
          approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
          approximateArrivalOfLastRecord: '2026-01-01T00:00:00.000Z',
          batchSize: 1,
          streamArn: STREAM,
        },
      },
    ]);
    expect(cloud.deliveries(arn).filter(({ status }) => status === 'deadLettered')).toMatchObject([{ attempt: 2, error: 'TypeError', reason: 'poison' }]);
  });

  it('tells of a topic by partition and offset, after ten retries where nothing else is said', async () => {
    const cloud = virtualCloud();
    const Source = 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1';
    const TopicName = 'orders';
    let calls = 0;
    cloud.lambda.register('f', () => {
      calls++;
      throw new Error('no');
    });
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'dead' });
    await cloud.sources.createSource({ Source, TopicName });
    for (const Data of 'ab') await cloud.sources.appendRecord({ Source, TopicName, Data });
    await cloud.lambda.createEventSourceMapping({ EventSourceArn: Source, FunctionName: 'f', Topics: [TopicName], StartingPosition: 'TRIM_HORIZON', ...TO_DEAD });
    await cloud.runUntilIdle();
    expect(calls).toBe(11);
    const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl });
    expect(JSON.parse(Messages[0]!.Body!)).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 11 },
      KafkaBatchInfo: { batchSize: 2, eventSourceArn: Source, recordsInfo: { 'orders-0': { firstRecordOffset: '0', lastRecordOffset: '1', firstRecordTimestamp: '2026-01-01T00:00:00.000Z' } } },
    });
  });

  it.each(['sequenceNumber', 'eventID'] as const)('takes up again at the record that a function names by its %s', async (member) => {
    const seen: string[] = [];
    const { cloud, create, append } = await mapped((event) => {
      seen.push(textOf(event));
      const third = event.Records[2];
      return { batchItemFailures: seen.length === 1 && third ? [{ itemIdentifier: member === 'eventID' ? third.eventID : third.kinesis.sequenceNumber }] : [] };
    }, REPORTS);
    await append('abcd');
    await create();
    await cloud.runUntilIdle();
    expect(seen).toEqual(['abcd', 'cd']);
  });

  it('takes up a topic again where a function names partition and offset', async () => {
    const cloud = virtualCloud();
    const Source = 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1';
    const TopicName = 'orders';
    const seen: number[][] = [];
    cloud.lambda.register('f', ({ records }: { records: Record<string, { offset: number }[]> }) => {
      seen.push(records['orders-0']!.map(({ offset }) => offset));
      return { batchItemFailures: seen.length === 1 ? [{ itemIdentifier: { partition: 'orders-0', offset: 1 } }] : [] };
    });
    await cloud.sources.createSource({ Source, TopicName });
    for (const Data of 'abc') await cloud.sources.appendRecord({ Source, TopicName, Data });
    await cloud.lambda.createEventSourceMapping({ EventSourceArn: Source, FunctionName: 'f', Topics: [TopicName], StartingPosition: 'TRIM_HORIZON', ...REPORTS });
    await cloud.runUntilIdle();
    expect(seen).toEqual([[0, 1, 2], [1, 2]]);
  });

  it('waits where the function is throttled, and gives up what gets too old', async () => {
    const { cloud, create, append, dead } = await mapped(() => {}, { MaximumRecordAgeInSeconds: 60, ...TO_DEAD });
    cloud.lambda.register('f', () => {}, { reservedConcurrency: 0 });
    await append('a');
    const { EventSourceMappingArn: arn } = await create();
    await cloud.runUntilIdle();
    expect(cloud.deliveries(arn).at(-1)).toMatchObject({ status: 'deadLettered', error: 'RecordAgeExceeded' });
    expect(await dead()).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
  });

  it('counts what comes of records, where it is asked to', async () => {
    const { cloud, create, append } = await mapped(
      (event) => {
        if (textOf(event).includes('5')) throw new Error('no');
      },
      { BatchSize: 1, MaximumRetryAttempts: 1, ...TO_DEAD, FilterCriteria: { Filters: [{ Pattern: '{"data":[{"anything-but":["1"]}]}' }] }, MetricsConfig: { Metrics: ['EventCount'] } },
    );
    await append('123456');
    const { EventSourceMappingArn: arn, UUID } = await create();
    await cloud.runUntilIdle();
    const metrics = () => mappingMetrics(cloud.host.stateOf(arn!));
    const counted = { PolledEventCount: 6, FilteredOutEventCount: 1, InvokedEventCount: 6, FailedInvokeEventCount: 2, DroppedEventCount: 0, OnFailureDestinationDeliveredEventCount: 1, DeletedEventCount: 0 };
    expect(metrics()).toEqual(counted);
    await cloud.lambda.updateEventSourceMapping({ UUID, DestinationConfig: { OnFailure: {} } });
    await append('5');
    await cloud.runUntilIdle();
    expect(metrics()).toEqual({ ...counted, PolledEventCount: 7, InvokedEventCount: 8, FailedInvokeEventCount: 4, DroppedEventCount: 1 });
    await cloud.lambda.updateEventSourceMapping({ UUID, MetricsConfig: { Metrics: [] } });
    await cloud.runUntilIdle();
    expect(metrics()).toBeUndefined();
  });

  it('has no more batches of a topic in work than pollers, and passes over no partition', async () => {
    const cloud = virtualCloud();
    const Source = 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1';
    const TopicName = 'orders';
    let running = 0;
    let most = 0;
    const seen = new Set<string>();
    cloud.lambda.register('f', async ({ records }: { records: object }) => {
      most = Math.max(most, ++running);
      for (const partition of Object.keys(records)) seen.add(partition);
      await new Promise(setImmediate);
      running--;
    });
    await cloud.sources.createSource({ Source, TopicName, ShardCount: 5 });
    for (let index = 0; index < 20; index++) await cloud.sources.appendRecord({ Source, TopicName, Data: 'x' });
    await cloud.lambda.createEventSourceMapping({ EventSourceArn: Source, FunctionName: 'f', Topics: [TopicName], StartingPosition: 'TRIM_HORIZON', BatchSize: 1, ProvisionedPollerConfig: { MaximumPollers: 2 } });
    await cloud.runUntilIdle();
    expect([most, running, seen.size]).toEqual([2, 0, 5]);
  });

  it('says so where the destination is not there', async () => {
    const { cloud, create, append } = await mapped(() => Promise.reject(new Error('no')), { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: `${DEAD}2` } } });
    await append('a');
    const { EventSourceMappingArn: arn } = await create();
    await cloud.runUntilIdle();
    expect(cloud.deliveries(arn)).toMatchObject([{ status: 'failed', error: 'Error', reason: expect.stringContaining('The destination did not take it: QueueDoesNotExist') as string }]);
  });

  it('reads later shards after the earlier ones, and keys side by side in their order', async () => {
    const seen: string[] = [];
    const { cloud, create, append } = await mapped((event) => void seen.push(textOf(event)), { BatchSize: 1, ParallelizationFactor: 10 });
    for (const data of 'abcdefgh') await append(data, { PartitionKey: data < 'e' ? 'one' : 'two' });
    await cloud.sources.closeShard({ Source: STREAM, ShardId: 'shardId-000000000000', ChildShards: 1 });
    await append('z', { PartitionKey: 'one' });
    await create();
    await cloud.runUntilIdle();
    expect([seen.filter((text) => text < 'e').join(''), seen.filter((text) => text >= 'e').join('')]).toEqual(['abcd', 'efghz']);
    expect(seen.join('')).not.toBe('abcdefghz');
  });

  const outcome = fc.constantFrom('ok', 'ok', 'throw', 'first', 'last', 'nonsense');
  const scenario = fc.record({
    shards: fc.integer({ min: 1, max: 3 }),
    records: fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), wanted: fc.boolean(), pauseSeconds: fc.constantFrom(0, 0, 1, 20) }), { minLength: 1, maxLength: 20 }),
    outcomes: fc.array(outcome, { maxLength: 30 }),
    settings: fc.record({
      BatchSize: fc.integer({ min: 1, max: 8 }),
      MaximumBatchingWindowInSeconds: fc.constantFrom(0, 5),
      ParallelizationFactor: fc.constantFrom(1, 1, 3),
      TumblingWindowInSeconds: fc.constantFrom(0, 10),
      MaximumRetryAttempts: fc.constantFrom(-1, 0, 1, 3),
      MaximumRecordAgeInSeconds: fc.constantFrom(-1, 60),
      BisectBatchOnFunctionError: fc.boolean(),
    }),
    hasDestination: fc.boolean(),
  });

  it('whatever fails: every record is delivered, filtered, dead-lettered or reported, once; keys stay in order', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ shards, records, outcomes, settings, hasDestination }) => {
        const left = [...outcomes];
        const handled: KinesisRecord[] = [];
        const { TumblingWindowInSeconds: windowSeconds } = settings;
        const handler: Handler<KinesisEvent> = ({ Records, state }) => {
          const next = left.shift() ?? 'ok';
          if (next === 'throw') throw new Error('no');
          if (next === 'nonsense') return { state: {}, batchItemFailures: [{}] };
          const until = next === 'ok' || Records.length === 0 ? Records.length : next === 'first' ? 0 : Records.length - 1;
          handled.push(...Records.slice(0, until));
          return { state: state ?? {}, batchItemFailures: Records.slice(until, until + 1).map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })) };
        };
        const Filters = [{ Pattern: '{"data":{"wanted":[true]}}' }];
        const mapping = { ...settings, ...REPORTS, ...(windowSeconds > 0 && { ParallelizationFactor: 1 }), ...(hasDestination && TO_DEAD), FilterCriteria: { Filters } };
        const { cloud, create, dead } = await mapped(handler, mapping, shards);
        const { EventSourceMappingArn: arn } = await create();
        const names: string[] = [];
        for (const { key: PartitionKey, wanted, pauseSeconds } of records) {
          const { ShardId, SequenceNumber } = await cloud.sources.appendRecord({ Source: STREAM, Data: JSON.stringify({ wanted }), PartitionKey });
          names.push(`${ShardId}:${SequenceNumber}`);
          await cloud.advance(pauseSeconds * 1000);
        }
        await cloud.runUntilIdle();
        const ends = cloud.deliveries(arn).filter(({ status }) => status !== 'retrying');
        expect(ends.map(({ messageId }) => messageId).sort()).toEqual([...names].sort());
        for (const { messageId, status } of ends) expect(status === 'filtered', messageId).toBe(!records[names.indexOf(messageId)]!.wanted);
        const delivered = ends.filter(({ status }) => status === 'delivered').map(({ messageId }) => messageId);
        expect(handled.map(({ eventID }) => eventID).sort()).toEqual([...delivered].sort());
        const told = (await dead()).reduce((sum, record) => sum + (record['KinesisBatchInfo'] as { batchSize: number }).batchSize, 0);
        expect([told, hasDestination || told === 0]).toEqual([ends.filter(({ status }) => status === 'deadLettered').length, true]);
        for (const key of 'abc') {
          const order = handled.filter(({ kinesis }) => kinesis.partitionKey === key).map(({ eventID }) => names.indexOf(eventID));
          expect(order, key).toEqual([...order].sort((a, b) => a - b));
        }
        cloud.close();
      }),
      { numRuns: 60, seed: 20_261_129 },
    );
  });
});

describe('tumbling windows', () => {
  const windowed = { TumblingWindowInSeconds: 10 };
  /** What a function saw: the window's start in seconds, the state, the records, and how the window went on. */
  const note = (log: string[]): Handler<KinesisEvent> => (event) => {
    const { window, state = {}, isFinalInvokeForWindow: isFinal, isWindowTerminatedEarly: isEarly } = event;
    log.push(`${(Date.parse(window!.start) - START) / 1000} ${state.seen ?? ''}+${textOf(event)}${isFinal ? ' final' : ''}${isEarly ? ' early' : ''}`);
    return { state: { seen: (state.seen ?? '') + textOf(event) } };
  };

  it('hand the state on within a window, and end it when its time is over', async () => {
    const log: string[] = [];
    const { cloud, create, append } = await mapped(note(log), windowed);
    await create();
    await append('a');
    await cloud.advance(4_000);
    await append('bc');
    await cloud.advance(7_000);
    expect(log).toEqual(['0 +a', '0 a+b', '0 ab+c', '0 abc+ final']);
    await append('d');
    await cloud.runUntilIdle();
    expect(log.slice(4)).toEqual(['10 +d', '10 d+ final']);
    expect(cloud.now() - START).toBe(20_000);
  });

  it('keep records of two apart, and end where there are later ones', async () => {
    const log: string[] = [];
    const { cloud, create, append } = await mapped(note(log), { ...windowed, BatchSize: 3 });
    for (const [data, seconds] of [['abcd', -100], ['ef', -80]] as const) await append(data, { Timestamp: new Date(START + seconds * 1000) });
    await create();
    await cloud.runUntilIdle();
    expect(log).toEqual(['-100 +abc', '-100 abc+d final', '-80 +ef', '-80 ef+ final']);
  });

  it('tell which window it is', async () => {
    const events: KinesisEvent[] = [];
    const { cloud, create, append } = await mapped((event) => (events.push(event), { state: {} }), windowed);
    await append('a');
    await create();
    await cloud.advance(0);
    expect(events[0]).toMatchObject({ window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:00:10Z' }, state: {}, shardId: 'shardId-000000000000', eventSourceARN: STREAM, isFinalInvokeForWindow: false, isWindowTerminatedEarly: false });
  });

  it('try what failed with the state as it was, the end of a window too', async () => {
    const log: string[] = [];
    let fails = 0;
    const noted = note(log);
    const { cloud, create, append } = await mapped((event, context) => {
      const answer = noted(event, context, () => {}) as object;
      if (++fails === 1 || (event.isFinalInvokeForWindow && fails < 5)) throw new Error('no');
      return answer;
    }, windowed);
    await append('a');
    await create();
    await cloud.runUntilIdle();
    expect(log).toEqual(['0 +a', '0 +a', '0 a+ final', '0 a+ final', '0 a+ final']);
  });

  it('are over for a mapping that wants none any more, one whose end failed too', async () => {
    const seen: string[] = [];
    const { cloud, create, append } = await mapped((event) => {
      seen.push(`${textOf(event)}${event.window ? ' window' : ''}`);
      if (event.isFinalInvokeForWindow) throw new Error('no');
      return { state: {} };
    }, windowed);
    await append('a');
    const { UUID } = await create();
    await cloud.advance(10_000);
    await cloud.lambda.updateEventSourceMapping({ UUID, TumblingWindowInSeconds: 0 });
    await append('b');
    await cloud.runUntilIdle();
    expect(seen).toEqual(['a window', ' window', 'b']);
  });

  it('want a state in the answer', async () => {
    const { cloud, create, append } = await mapped(() => ({}), { ...windowed, MaximumRetryAttempts: 1 });
    await append('a');
    const { EventSourceMappingArn: arn } = await create();
    await cloud.runUntilIdle();
    expect(cloud.deliveries(arn).map(({ status, error }) => [status, error])).toEqual([['retrying', 'InvalidResponse'], ['failed', 'InvalidResponse']]);
  });

  it('end early where the state gets too large, and go on with a fresh one', async () => {
    const log: string[] = [];
    const { cloud, create, append } = await mapped(
      (event) => {
        log.push(`${event.state?.filling === undefined ? 'empty' : 'full'} ${textOf(event)}${event.isWindowTerminatedEarly ? ' early' : ''}${event.isFinalInvokeForWindow ? ' final' : ''}`);
        return { state: textOf(event) === 'a' ? { filling: 'x'.repeat(1_048_576) } : {} };
      },
      { ...windowed, BatchSize: 1 },
    );
    await append('ab');
    await create();
    await cloud.runUntilIdle();
    expect(log).toEqual(['empty a', 'full  early', 'empty b', 'empty  final']);
  });
});
