import * as sdk from '@aws-sdk/client-pipes';
import { PIPES_MODEL, recordSource, type Pipes, type RecordSource } from '@interstate/eventbridge';
import { MemoryStore } from '@interstate/runtime';
import { camelName } from '@interstate/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { documentedErrors } from '../test/api-steps.ts';
import { createCloud, type Cloud, type CloudOptions } from './index.ts';

// Of a method's overloads the last is looked at: arguments, options, and a callback that gets the output.
type SdkMethod<M> = M extends (args: infer Input, options: infer _Options, callback: (error: infer _Error, data?: infer Output) => void) => void ? (args: Input) => Promise<NonNullable<Output>> : never;
type Commands = keyof typeof sdk;
type SdkOperation = { [K in keyof sdk.Pipes]-?: K extends string ? (`${Capitalize<K>}Command` extends Commands ? K : never) : never }[keyof sdk.Pipes];
type SdkMethods = { readonly [K in SdkOperation]: SdkMethod<sdk.Pipes[K]> };

// What the compiler checks: our client stands where the SDK's methods are wanted, and no operation is missing.
const stands = (pipes: Pipes): SdkMethods => pipes;
const same: SdkOperation extends keyof Pipes ? (keyof Pipes extends SdkOperation ? true : never) : never = true;

const RoleArn = 'arn:aws:iam::123456789012:role/pipes';
const ACCOUNT = 'us-east-1:123456789012';
const SOURCE = `arn:aws:sqs:${ACCOUNT}:orders`;
const OUT = `arn:aws:sqs:${ACCOUNT}:out`;
const FUNCTION = `arn:aws:lambda:${ACCOUNT}:function:f`;
const url = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

async function withQueues(options: CloudOptions = {}): Promise<Cloud> {
  const cloud = createCloud({ clock: 'virtual', seed: 1, ...options });
  clouds.push(cloud);
  for (const QueueName of ['orders', 'out']) await cloud.sqs.createQueue({ QueueName, Attributes: { VisibilityTimeout: '30' } });
  return cloud;
}

async function send(cloud: Cloud, ...bodies: readonly unknown[]): Promise<void> {
  for (const body of bodies) await cloud.sqs.sendMessage({ QueueUrl: url('orders'), MessageBody: typeof body === 'string' ? body : JSON.stringify(body) });
}

async function received(cloud: Cloud, name = 'out'): Promise<readonly string[]> {
  const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl: url(name), MaxNumberOfMessages: 10 });
  return Messages.map(({ Body }) => Body!).sort();
}

const left = async (cloud: Cloud, name = 'orders'): Promise<number> => {
  const { Attributes } = await cloud.sqs.getQueueAttributes({ QueueUrl: url(name), AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] });
  return Number(Attributes!['ApproximateNumberOfMessages']) + Number(Attributes!['ApproximateNumberOfMessagesNotVisible']);
};

const pipe = (more: Partial<Parameters<Pipes['createPipe']>[0]> = {}) => ({ Name: 'p', Source: SOURCE, Target: OUT, RoleArn, ...more });

describe('cloud.pipes', () => {
  it('stands where the methods of Pipes are wanted, and knows every operation', async () => {
    expect(same).toBe(true);
    const pipes = stands((await withQueues()).pipes);
    expect(await pipes.listPipes({})).toMatchObject({ Pipes: [], $metadata: { httpStatusCode: 200 } });
    expect(Object.keys(documentedErrors('@aws-sdk/client-pipes', 'PipesServiceException')).sort()).toEqual(Object.keys(PIPES_MODEL.operations).sort());
    for (const name of Object.keys(PIPES_MODEL.operations)) expect(pipes, name).toHaveProperty(camelName(name));
  });

  it('brings records to the target, one event for each', async () => {
    const cloud = await withQueues();
    expect(await cloud.pipes.createPipe(pipe({ TargetParameters: { InputTemplate: '{"order":<$.body.id>,"by":"<aws.pipes.pipe-name>","body":<$.body>}' } }))).toMatchObject({ Arn: `arn:aws:pipes:${ACCOUNT}:pipe/p`, CurrentState: 'CREATING', DesiredState: 'RUNNING' });
    await send(cloud, { id: 7 }, { id: 'x' });
    await cloud.runUntilIdle();
    expect(await received(cloud)).toEqual(['{"order":"x","by":"p","body":{"id":"x"}}', '{"order":7,"by":"p","body":{"id":7}}']);
    expect(await left(cloud)).toBe(0);
    expect(cloud.deliveries(`arn:aws:pipes:${ACCOUNT}:pipe/p`)).toMatchObject([{ status: 'delivered', attempt: 1, to: OUT }, { status: 'delivered' }]);
    expect(await cloud.pipes.describePipe({ Name: 'p' })).toMatchObject({ CurrentState: 'RUNNING', Source: SOURCE, SourceParameters: { SqsQueueParameters: { BatchSize: 10 } } });
  });

  it('filters: what does not match is removed', async () => {
    const cloud = await withQueues();
    await cloud.pipes.createPipe(pipe({ SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"total":[{"numeric":[">",100]}]}}' }] } }, TargetParameters: { InputTemplate: '<$.body.total>' } }));
    await send(cloud, { total: 50 }, { total: 150 }, 'no JSON');
    await cloud.runUntilIdle();
    expect(await received(cloud)).toEqual(['150']);
    expect(await left(cloud)).toBe(0);
    expect(cloud.deliveries(`arn:aws:pipes:${ACCOUNT}:pipe/p`).map(({ status }) => status).sort()).toEqual(['delivered', 'filtered', 'filtered']);
  });

  it('enriches by a function; what it gives goes on, nothing goes nowhere', async () => {
    const seen: unknown[] = [];
    const f = async (events: readonly { readonly n: number }[]) => {
      seen.push(events);
      return events.flatMap(({ n }) => (n > 1 ? [{ n, twice: 2 * n }] : []));
    };
    const cloud = await withQueues({ functions: { f } });
    await cloud.pipes.createPipe(pipe({ SourceParameters: { SqsQueueParameters: { BatchSize: 1 } }, Enrichment: FUNCTION, EnrichmentParameters: { InputTemplate: '{"n":<$.body.n>}' }, TargetParameters: { InputTemplate: 'twice <$.n> is <$.twice>' } }));
    await send(cloud, { n: 1 }, { n: 2 });
    await cloud.runUntilIdle();
    expect(seen).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    expect(await received(cloud)).toEqual(['twice 2 is 4']);
    expect(await left(cloud)).toBe(0);
  });

  it('enriches by an Express state machine, and starts a Standard one', async () => {
    const cloud = await withQueues();
    const create = async (name: string, type: 'EXPRESS' | 'STANDARD', definition: object): Promise<string> => (await cloud.sfn.createStateMachine({ name, type, definition: JSON.stringify(definition), roleArn: RoleArn })).stateMachineArn!;
    const enrich = await create('enrich', 'EXPRESS', { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', Output: '{% [$states.input.{"id": $parse(body).id, "seen": true}] %}', End: true } } });
    const work = await create('work', 'STANDARD', { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
    await cloud.pipes.createPipe(pipe({ Enrichment: enrich, Target: work, TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } } }));
    await send(cloud, { id: 1 });
    await cloud.runUntilIdle();
    const { executions } = await cloud.sfn.listExecutions({ stateMachineArn: work });
    expect(await cloud.sfn.describeExecution({ executionArn: executions![0]!.executionArn! })).toMatchObject({ status: 'SUCCEEDED', input: '[{"id":1,"seen":true}]' });
  });

  it('a target that fails: the records come again, and go where the queue sends them', async () => {
    let fails = 2;
    const cloud = await withQueues({ functions: { f: async () => { if (fails-- > 0) throw new Error('not yet'); } } });
    await cloud.pipes.createPipe(pipe({ Target: FUNCTION }));
    await send(cloud, 'a');
    const began = cloud.now();
    await cloud.runUntilIdle();
    expect(cloud.now() - began).toBe(60_000);
    expect(cloud.deliveries(`arn:aws:pipes:${ACCOUNT}:pipe/p`).map(({ status, attempt, reason }) => [status, attempt, reason])).toEqual([['retrying', 1, 'not yet'], ['retrying', 2, 'not yet'], ['delivered', 3, undefined]]);
    expect(await left(cloud)).toBe(0);
  });

  it('of a batch only what the target names comes again', async () => {
    const batches: string[][] = [];
    const f = async (records: readonly { readonly body: string; readonly messageId: string }[]) => {
      batches.push(records.map(({ body }) => body));
      return { batchItemFailures: batches.length === 1 ? [{ itemIdentifier: records.find(({ body }) => body === 'b')!.messageId }] : [] };
    };
    const cloud = await withQueues({ functions: { f } });
    await cloud.pipes.createPipe(pipe({ Target: FUNCTION, SourceParameters: { SqsQueueParameters: { MaximumBatchingWindowInSeconds: 5 } } }));
    await send(cloud, 'a', 'b', 'c');
    await cloud.runUntilIdle();
    expect(batches).toEqual([['a', 'b', 'c'], ['b']]);
    expect(await left(cloud)).toBe(0);
  });

  it('a target that refuses some entries gets those again', async () => {
    const asked: unknown[] = [];
    const answer = (Failed: object[]) => ({ ok: true as const, value: { Successful: [], Failed } as never });
    const topic = { service: 'test', tasks: [{ resource: `arn:aws:sns:${ACCOUNT}:t`, connector: ({ request }: { request: unknown }) => (asked.push((request as { input: { PublishBatchRequestEntries: object[] } }).input.PublishBatchRequestEntries.length), answer(asked.length === 1 ? [{ Id: '1' }] : [])) }] };
    const cloud = await withQueues({ adapters: [topic] });
    await cloud.pipes.createPipe(pipe({ Target: `arn:aws:sns:${ACCOUNT}:t`, SourceParameters: { SqsQueueParameters: { MaximumBatchingWindowInSeconds: 1 } } }));
    await send(cloud, 'a', 'b');
    await cloud.runUntilIdle();
    expect(asked).toEqual([2, 1]);
    expect(await left(cloud)).toBe(0);
  });

  it('parameters are paths into the record', async () => {
    const cloud = await withQueues();
    const stream = `arn:aws:kinesis:${ACCOUNT}:stream/s`;
    await cloud.pipes.createPipe(pipe({ Target: stream, TargetParameters: { InputTemplate: '<$.body.id>', KinesisStreamParameters: { PartitionKey: '$.body.customer' } } }));
    await send(cloud, { id: 1, customer: 'c1' });
    await cloud.runUntilIdle();
    expect(cloud.sinks.records(stream)).toMatchObject([{ data: '1', partitionKey: 'c1' }]);
  });

  it('reaches event buses, delivery streams and log groups', async () => {
    const cloud = await withQueues();
    const firehose = `arn:aws:firehose:${ACCOUNT}:deliverystream/d`;
    const logs = `arn:aws:logs:${ACCOUNT}:log-group:/pipes/p`;
    await cloud.eventBridge.putRule({ Name: 'r', EventPattern: '{"source":["shop"],"detail-type":["order"]}' });
    await cloud.eventBridge.putTargets({ Rule: 'r', Targets: [{ Id: 'q', Arn: OUT, InputPath: '$.detail' }] });
    for (const [Name, Target, TargetParameters] of [['bus', `arn:aws:events:${ACCOUNT}:event-bus/default`, { InputTemplate: '{"id":<$.body.id>}', EventBridgeEventBusParameters: { Source: 'shop', DetailType: '$.body.kind' } }], ['stream', firehose, { InputTemplate: '<$.body.id>' }], ['logs', logs, { CloudWatchLogsParameters: { LogStreamName: 's' }, InputTemplate: '<$.body.id>' }]] as const) {
      await cloud.pipes.createPipe(pipe({ Name, Target, TargetParameters }));
      await send(cloud, { id: Name, kind: 'order' });
      await cloud.runUntilIdle();
      await cloud.pipes.deletePipe({ Name });
    }
    expect(await received(cloud)).toEqual(['{"id":"bus"}']);
    expect(cloud.sinks.records(firehose)).toMatchObject([{ data: 'stream' }]);
    expect(cloud.sinks.records(logs)).toMatchObject([{ data: 'logs', logStreamName: 's' }]);
  });

  it('log objects go into a bucket; one that is not there is told of in the journal', async () => {
    const cloud = createCloud({ clock: 'virtual', seed: 1, startTime: '2026-01-01T07:00:00Z', functions: { f: () => null }, s3: { buckets: { logs: {} } } });
    clouds.push(cloud);
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q' });
    const pipe = (Name: string, S3LogDestination: object) => cloud.pipes.createPipe({ Name, Source: `arn:aws:sqs:${ACCOUNT}:q`, Target: `arn:aws:lambda:${ACCOUNT}:function:f`, RoleArn: 'arn:aws:iam::123456789012:role/r', LogConfiguration: { Level: 'INFO', S3LogDestination: { BucketOwner: '123456789012', BucketName: 'logs', ...S3LogDestination } } });
    await pipe('p', { Prefix: 'pipes/', OutputFormat: 'json' });
    await cloud.sqs.sendMessage({ QueueUrl, MessageBody: 'a' });
    await cloud.runUntilIdle();
    const { Contents = [] } = await cloud.s3.listObjectsV2({ Bucket: 'logs' });
    for (const { Key } of Contents) expect(Key).toMatch(/^pipes\/AWSLogs\/123456789012\/vendedlogs\/pipes\/us-east-1\/p\/2026\/01\/01\/07\/p-\d+-\d+\.log$/);
    const texts = await Promise.all(Contents.map(async ({ Key }) => (await cloud.s3.getObject({ Bucket: 'logs', Key: Key! })).Body!.transformToString()));
    const lines = texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => (JSON.parse(line) as { messageType: string }).messageType);
    expect(lines).toEqual(['EXECUTION_STARTED', 'TARGET_STAGE_ENTERED', 'TARGET_STAGE_SUCCEEDED', 'EXECUTION_SUCCEEDED']);
    await cloud.pipes.deletePipe({ Name: 'p' });
    await pipe('r', { BucketName: 'none' });
    await cloud.sqs.sendMessage({ QueueUrl, MessageBody: 'b' });
    await cloud.runUntilIdle();
    expect(new Set(cloud.deliveries(`arn:aws:pipes:${ACCOUNT}:pipe/r`).map(({ status, error }) => `${status} ${error}`))).toEqual(new Set(['delivered undefined', 'failed NoSuchBucket']));
  });

  it('stops, starts, changes and goes', async () => {
    const cloud = await withQueues();
    const { pipes } = cloud;
    await pipes.createPipe(pipe({ DesiredState: 'STOPPED', Tags: { a: 'b' }, Description: 'd' }));
    await send(cloud, 'one');
    await cloud.advance(60_000);
    expect(await received(cloud)).toEqual([]);
    expect(await pipes.describePipe({ Name: 'p' })).toMatchObject({ CurrentState: 'STOPPED', DesiredState: 'STOPPED', Description: 'd', Tags: { a: 'b' } });
    expect(await pipes.startPipe({ Name: 'p' })).toMatchObject({ CurrentState: 'STARTING', DesiredState: 'RUNNING' });
    await cloud.runUntilIdle();
    expect(await received(cloud)).toHaveLength(1);
    await pipes.updatePipe({ Name: 'p', RoleArn, TargetParameters: { InputTemplate: 'new <$.body>' } });
    await send(cloud, 'two');
    await cloud.runUntilIdle();
    expect(await received(cloud)).toEqual(['new two']);
    expect(await pipes.stopPipe({ Name: 'p' })).toMatchObject({ CurrentState: 'STOPPING', DesiredState: 'STOPPED' });
    await send(cloud, 'three');
    await cloud.advance(1000);
    expect(await received(cloud)).toEqual([]);
    expect(await pipes.deletePipe({ Name: 'p' })).toMatchObject({ CurrentState: 'DELETING', DesiredState: 'DELETED' });
    await cloud.advance(0);
    await expect(pipes.describePipe({ Name: 'p' })).rejects.toMatchObject({ name: 'NotFoundException', message: 'Pipe p does not exist.', $metadata: { httpStatusCode: 404 } });
    await pipes.createPipe(pipe());
    await cloud.runUntilIdle();
    expect(await received(cloud)).toHaveLength(1);
  });

  it('refuses what it cannot do, and says why', async () => {
    const { pipes } = await withQueues();
    await pipes.createPipe(pipe());
    await expect(pipes.createPipe(pipe())).rejects.toMatchObject({ name: 'ConflictException' });
    for (const [more, text] of [
      [{ Source: `arn:aws:s3:::bucket` }, 'is none that a pipe can read: give the ARN of an SQS queue'],
      [{ Source: `arn:aws:kinesis:${ACCOUNT}:stream/s` }, 'SourceParameters must have KinesisStreamParameters'],
      [{ SourceParameters: { KinesisStreamParameters: { StartingPosition: 'LATEST' } } }, 'KinesisStreamParameters are not for the source'],
      [{ Source: `arn:aws:kinesis:${ACCOUNT}:stream/s`, SourceParameters: { KinesisStreamParameters: { StartingPosition: 'AT_TIMESTAMP' } } }, 'A StartingPositionTimestamp goes with'],
      [{ Source: `arn:aws:kinesis:${ACCOUNT}:stream/s`, SourceParameters: { KinesisStreamParameters: { StartingPosition: 'LATEST', MaximumRecordAgeInSeconds: 59 } } }, 'must be -1 or from 60 to 604800'],
      [{ Source: `arn:aws:kinesis:${ACCOUNT}:stream/s`, SourceParameters: { KinesisStreamParameters: { StartingPosition: 'LATEST', DeadLetterConfig: { Arn: `${OUT}.fifo` } } } }, 'DeadLetterConfig.Arn must be that of a standard SQS queue or SNS topic'],
      [{ LogConfiguration: { Level: 'INFO' } }, 'needs a destination'],
      [{ LogConfiguration: { Level: 'INFO', S3LogDestination: { BucketName: 'b', BucketOwner: '123456789012', OutputFormat: 'w3c' } } }, 'EventBridge supports the OutputFormat json only, not w3c.'],
      [{ TargetParameters: { LambdaFunctionParameters: {} } }, 'LambdaFunctionParameters are not for the target'],
      [{ Target: `arn:aws:ecs:${ACCOUNT}:cluster/c` }, 'is not modelled here.'],
      [{ Enrichment: `arn:aws:events:${ACCOUNT}:event-bus/a` }, 'functions, Express state machines, API destinations and API Gateway are.'],
      [{ SourceParameters: { SqsQueueParameters: { BatchSize: 11 } } }, 'needs a MaximumBatchingWindowInSeconds'],
      [{ SourceParameters: { SqsQueueParameters: { BatchSize: 11, MaximumBatchingWindowInSeconds: 1 } } }, 'the target takes 10 events at once'],
      [{ SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{' }] } } }, 'Invalid filter pattern'],
      [{ TargetParameters: { InputTemplate: '<aws.pipes.nonsense>' } }, 'invalid placeholder aws.pipes.nonsense'],
      [{ Target: `arn:aws:kinesis:${ACCOUNT}:stream/s` }, 'KinesisStreamParameters'],
      [{ SourceParameters: { SqsQueueParameters: { BatchSize: 0 } } }, 'validation error'],
      [{ Name: 'a b' }, 'validation error'],
    ] as const) {
      await expect(pipes.createPipe(pipe({ Name: 'q', ...more } as object)), text).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(text) as string });
    }
    for (const operation of ['describePipe', 'startPipe', 'stopPipe', 'deletePipe'] as const) await expect(pipes[operation]({ Name: 'none' })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(pipes.updatePipe({ Name: 'none', RoleArn })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(pipes.tagResource({ resourceArn: 'pipe/p', tags: {} })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(pipes.listPipes({ NextToken: 'x' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('a template that becomes no JSON: reported, and the record comes again', async () => {
    const cloud = await withQueues();
    await cloud.sqs.setQueueAttributes({ QueueUrl: url('orders'), Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: OUT, maxReceiveCount: 2 }) } });
    await cloud.pipes.createPipe(pipe({ Target: FUNCTION, TargetParameters: { InputTemplate: '{"a":"<$.body>"}' } }));
    await send(cloud, '"quoted"');
    await send(cloud, { b: 1 });
    await cloud.runUntilIdle();
    expect(cloud.deliveries(`arn:aws:pipes:${ACCOUNT}:pipe/p`).filter(({ error }) => error === 'InvalidInput').map(({ status }) => status)).toContain('retrying');
    expect(await received(cloud)).toContain('{"b":1}');
  });

  it('batches that fail before they are sent take no room', async () => {
    const cloud = await withQueues();
    await cloud.sqs.setQueueAttributes({ QueueUrl: url('orders'), Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: OUT, maxReceiveCount: 1 }) } });
    await cloud.pipes.createPipe(pipe({ Target: FUNCTION, SourceParameters: { SqsQueueParameters: { BatchSize: 1 } }, TargetParameters: { InputTemplate: '{"a":"<$.body>"}' } }));
    await send(cloud, ...Array.from({ length: 30 }, (_, n) => ({ n })));
    await cloud.runUntilIdle();
    expect(await left(cloud, 'out')).toBe(30);
  });

  it('a host that forgets its memory after every step and delivers twice loses nothing', async () => {
    const cloud = await withQueues({ store: new MemoryStore(), crashes: { deliveries: 2 } });
    await cloud.pipes.createPipe(pipe({ TargetParameters: { InputTemplate: '<$.body>' } }));
    await send(cloud, 'a', 'b', 'c');
    await cloud.runUntilIdle();
    expect(await received(cloud)).toEqual(['a', 'b', 'c']);
  });
});

describe('sources of records', () => {
  const STREAM = `arn:aws:kinesis:${ACCOUNT}:stream/s`;
  const fromStream = { Source: STREAM, SourceParameters: { KinesisStreamParameters: { StartingPosition: 'TRIM_HORIZON' } }, TargetParameters: { InputTemplate: '<$.data>' } } as const;

  it('in memory: what a pipe sends to a stream another reads, on a host that forgets and delivers twice', async () => {
    const cloud = await withQueues({ store: new MemoryStore(), crashes: { deliveries: 2 } });
    await cloud.sources.createSource({ Source: STREAM, ShardCount: 2 });
    await cloud.pipes.createPipe(pipe({ Target: STREAM, TargetParameters: { InputTemplate: '<$.body>', KinesisStreamParameters: { PartitionKey: '$.messageId' } } }));
    await cloud.pipes.createPipe(pipe({ Name: 'q', ...fromStream }));
    await send(cloud, 'a', 'b', 'c');
    await cloud.runUntilIdle();
    // Data that is no JSON stays in Base64.
    expect((await received(cloud)).map(atob)).toEqual(['a', 'b', 'c']);
    expect(await cloud.sources.listShards({ Source: STREAM })).toMatchObject({ Shards: [{ ShardId: 'shardId-000000000000' }, { ShardId: 'shardId-000000000001' }] });
    await expect(cloud.sources.appendRecord({ Source: STREAM, Data: 'x', Bytes: new Uint8Array([1]) })).rejects.toMatchObject({ name: 'ValidationException', message: 'A record has Data or Bytes, not both.' });
    await expect(cloud.sources.createSource({ Source: STREAM })).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(cloud.sources.createSource({ Source: SOURCE })).rejects.toMatchObject({ name: 'ValidationException' });
    await cloud.sources.deleteSource({ Source: STREAM });
    expect(await cloud.sources.listSources({})).toMatchObject({ Sources: [] });
  });

  it('two pipes share a topic by a consumer group: one goes on where the other was', async () => {
    const cloud = await withQueues();
    const Source = `arn:aws:kafka:${ACCOUNT}:cluster/c/1`;
    const topic = { Source, TopicName: 'orders' };
    const reader = (Name: string) => pipe({ Name, Source, SourceParameters: { ManagedStreamingKafkaParameters: { TopicName: 'orders', ConsumerGroupID: 'g' } }, TargetParameters: { InputTemplate: `${Name} <$.value.n>` } });
    await cloud.sources.createSource(topic);
    await cloud.pipes.createPipe(reader('a'));
    await cloud.sources.appendRecord({ ...topic, Data: '{"n":1}' });
    await cloud.runUntilIdle();
    await cloud.pipes.deletePipe({ Name: 'a' });
    await cloud.sources.appendRecord({ ...topic, Data: '{"n":2}' });
    await cloud.pipes.createPipe(reader('b'));
    await cloud.runUntilIdle();
    expect(await received(cloud)).toEqual(['a 1', 'b 2']);
  });

  it('of your own: shards, records, and reports of what is wrong with them', async () => {
    const asked: object[] = [];
    let isBroken = true;
    const mine: RecordSource = {
      listShards: ({ KnownShardIds }) => ({ Shards: KnownShardIds.length === 0 ? [{ ShardId: 'one' }] : [] }),
      getRecords(request) {
        asked.push(request);
        if (isBroken) {
          isBroken = false;
          throw new Error('The stream is being moved.');
        }
        const from = 'AfterSequenceNumber' in request ? Number(request.AfterSequenceNumber) : 0;
        return { Records: from < 3 ? [{ SequenceNumber: String(from + 1), Timestamp: Date.UTC(2026, 0, 1), Data: btoa(JSON.stringify(from + 1)) }] : [] };
      },
    };
    const cloud = await withQueues({ adapters: [recordSource(STREAM, mine)] });
    await cloud.pipes.createPipe(pipe(fromStream));
    await cloud.runUntilIdle();
    expect(await received(cloud)).toEqual(['1', '2', '3']);
    expect(asked.slice(0, 3)).toEqual([{ ShardId: 'one', Limit: 10, StartingPosition: 'TRIM_HORIZON' }, { ShardId: 'one', Limit: 10, StartingPosition: 'TRIM_HORIZON' }, { ShardId: 'one', Limit: 10, AfterSequenceNumber: '1' }]);
    for (const [Name, answer] of [['no-list', { Shards: 'x' }], ['no-id', { Shards: [{ ShardId: 5 }] }], ['nothing', null]] as const) {
      const Source = `arn:aws:kinesis:${ACCOUNT}:stream/${Name}`;
      const other = await withQueues({ adapters: [recordSource(Source, { ...mine, listShards: () => answer as never })] });
      await other.pipes.createPipe(pipe({ ...fromStream, Source }));
      await other.advance(0);
      expect(await other.pipes.describePipe({ Name: 'p' })).toMatchObject({ CurrentState: 'CREATE_FAILED', StateReason: expect.stringContaining("The source's answer cannot be used") as string });
    }
  });
});

describe('an attached PipesClient', () => {
  it('runs every operation, pages, and throws the exceptions of the SDK', async () => {
    const cloud = await withQueues();
    const client = cloud.attach(new sdk.Pipes({}));
    for (const Name of ['a', 'b', 'c']) await client.createPipe({ Name, Source: SOURCE, Target: OUT, RoleArn, DesiredState: 'STOPPED' });
    await cloud.advance(0);
    const resourceArn = `arn:aws:pipes:${ACCOUNT}:pipe/a`;
    await client.tagResource({ resourceArn, tags: { k: 'v', l: 'w' } });
    await client.untagResource({ resourceArn, tagKeys: ['l'] });
    expect((await client.listTagsForResource({ resourceArn })).tags).toEqual({ k: 'v' });
    await client.updatePipe({ Name: 'a', RoleArn, Description: 'new' });
    await cloud.advance(0);
    await client.startPipe({ Name: 'a' });
    await cloud.advance(0);
    expect(await client.describePipe({ Name: 'a' })).toMatchObject({ CurrentState: 'RUNNING', Description: 'new', CreationTime: new Date('2026-01-01T00:00:00Z') });
    const names: (string | undefined)[] = [];
    for await (const { Pipes: page = [] } of sdk.paginateListPipes({ client, pageSize: 2 }, {})) names.push(...page.map(({ Name }) => Name));
    expect(names).toEqual(['a', 'b', 'c']);
    expect((await client.listPipes({ DesiredState: 'RUNNING' })).Pipes).toMatchObject([{ Name: 'a', Source: SOURCE, Target: OUT }]);
    await client.stopPipe({ Name: 'a' });
    await cloud.advance(0);
    await client.deletePipe({ Name: 'a' });
    await cloud.advance(0);
    await expect(client.describePipe({ Name: 'a' })).rejects.toBeInstanceOf(sdk.NotFoundException);
    await expect(client.createPipe({ Name: 'b', Source: SOURCE, Target: OUT, RoleArn })).rejects.toBeInstanceOf(sdk.ConflictException);
    await expect(client.createPipe({ Name: 'd', Source: OUT, Target: 'x', RoleArn })).rejects.toBeInstanceOf(sdk.ValidationException);
  });
});
