import { readdirSync, readFileSync } from 'node:fs';
import type { Adapter, ApiRequest, HttpRequest, Outcome } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

interface Case {
  readonly description: string;
  readonly sources?: readonly Parameters<Cloud['sources']['createSource']>[0][];
  readonly queues?: readonly Parameters<Cloud['sqs']['createQueue']>[0][];
  /** Connections and API destinations: `{{name}}` stands for the ARN of what was made before. */
  readonly calls?: readonly { readonly call: 'createConnection' | 'createApiDestination'; readonly input: { readonly Name: string } }[];
  /** What answers at an address: one after the other, the last from then on. `null` never comes. */
  readonly answers?: Readonly<Record<string, readonly (Outcome | null)[]>>;
  readonly pipe: object;
  readonly append?: readonly Parameters<Cloud['sources']['appendRecord']>[0][];
  readonly send?: readonly Parameters<Cloud['sqs']['sendMessage']>[0][];
  readonly then: {
    /** What was asked at an address, in part. */
    readonly asked?: Readonly<Record<string, readonly object[]>>;
    /** Bodies in a queue. JSON texts are compared as what they hold, in part. */
    readonly received?: Readonly<Record<string, readonly (string | object)[]>>;
    readonly sinks?: Readonly<Record<string, readonly object[]>>;
    /** Status, attempt and error of the journal's entries. */
    readonly journal: readonly (readonly [status: string, attempt: number, error?: string])[];
    readonly pipe?: object;
    readonly seconds?: number;
  };
}

const folder = new URL('../../eventbridge/cases/pipes/', import.meta.url);
const suites = readdirSync(folder).map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[]] as const);

const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** Answers at addresses, and what was asked there. */
function answering(answers: NonNullable<Case['answers']>): { readonly adapter: Adapter; readonly asked: Map<string, unknown[]> } {
  const asked = new Map<string, unknown[]>();
  const connectors = Object.entries(answers).map(([address, outcomes]) => {
    const seen: unknown[] = [];
    asked.set(address, seen);
    const connector: NonNullable<Adapter['connectors']>[string] = (call) => {
      const { request } = call;
      seen.push('url' in (request as unknown as HttpRequest) ? request : { action: (request as unknown as ApiRequest).action, input: (request as unknown as ApiRequest).input });
      const outcome = outcomes[Math.min(seen.length, outcomes.length) - 1]!;
      if (outcome) return outcome;
      call.release();
      return new Promise(() => {});
    };
    return [address, connector] as const;
  });
  return { adapter: { service: 'test', connectors: Object.fromEntries(connectors) }, asked };
}

async function received(cloud: Cloud, QueueName: string): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  const { QueueUrl } = await cloud.sqs.getQueueUrl({ QueueName });
  for (;;) {
    const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 });
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => json(Body)));
  }
}

async function run({ sources = [], queues = [], calls = [], answers = {}, pipe, append = [], send = [], then }: Case): Promise<void> {
  const { adapter, asked } = answering(answers);
  const cloud = createCloud({ clock: 'virtual', seed: 1, adapters: [adapter] });
  try {
    for (const source of sources) await cloud.sources.createSource(source);
    for (const queue of queues) await cloud.sqs.createQueue(queue);
    const arns = new Map<string, string>();
    const filled = (value: object): never => JSON.parse(JSON.stringify(value).replace(/\{\{(\w+)\}\}/g, (_, name: string) => arns.get(name)!)) as never;
    for (const { call, input } of calls) {
      const { ConnectionArn, ApiDestinationArn = ConnectionArn } = (await cloud.eventBridge[call](filled(input))) as { ConnectionArn?: string; ApiDestinationArn?: string };
      arns.set(input.Name, ApiDestinationArn!);
    }
    await cloud.pipes.createPipe(filled({ Name: 'p', RoleArn: 'arn:aws:iam::123456789012:role/r', ...pipe }));
    await cloud.advance(0);
    for (const record of append) await cloud.sources.appendRecord(record);
    for (const message of send) await cloud.sqs.sendMessage(message);
    const began = cloud.now();
    await cloud.runUntilIdle();
    if (then.seconds !== undefined) expect((cloud.now() - began) / 1000).toBe(then.seconds);
    const entries = cloud.deliveries('arn:aws:pipes:us-east-1:123456789012:pipe/p');
    expect(entries.map(({ status, attempt, error }) => (error === undefined ? [status, attempt] : [status, attempt, error]))).toEqual(then.journal);
    for (const [address, requests] of Object.entries(then.asked ?? {})) {
      expect(asked.get(address), address).toHaveLength(requests.length);
      expect(asked.get(address), address).toMatchObject(requests);
    }
    for (const [queue, bodies] of Object.entries(then.received ?? {})) {
      const found = await received(cloud, queue);
      expect(found, queue).toHaveLength(bodies.length);
      expect(found, queue).toMatchObject(bodies);
    }
    for (const [arn, records] of Object.entries(then.sinks ?? {})) {
      const found = cloud.sinks.records(arn).map((record) => ({ ...record, data: json(record.data) }));
      expect(found, arn).toHaveLength(records.length);
      expect(found, arn).toMatchObject(records);
    }
    if (then.pipe) expect(await cloud.pipes.describePipe({ Name: 'p' })).toMatchObject(then.pipe);
  } finally {
    cloud.close();
  }
}

describe.each(suites)('pipes: %s', (_file, cases) => {
  it.each(cases.map((one) => [one.description, one] as const))('%s', (_description, one) => run(one));
});

/** Every kind of target, with what it takes to be asked. */
const TARGETS: readonly (readonly [arn: string, parameters: object])[] = [
  ['arn:aws:lambda:us-east-1:123456789012:function:f', {}],
  ['arn:aws:lambda:us-east-1:123456789012:function:f', { LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' } }],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:m', {}],
  ['arn:aws:states:us-east-1:123456789012:stateMachine:m', { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } }],
  ['arn:aws:sqs:us-east-1:123456789012:out', {}],
  ['arn:aws:sqs:us-east-1:123456789012:out.fifo', { SqsQueueParameters: { MessageGroupId: 'g' } }],
  ['arn:aws:sns:us-east-1:123456789012:t', {}],
  ['arn:aws:events:us-east-1:123456789012:event-bus/other', {}],
  ['arn:aws:events:us-east-1:123456789012:api-destination/a/1', {}],
  ['arn:aws:kinesis:us-east-1:123456789012:stream/out', { KinesisStreamParameters: { PartitionKey: 'k' } }],
  ['arn:aws:firehose:us-east-1:123456789012:deliverystream/d', {}],
  ['arn:aws:logs:us-east-1:123456789012:log-group:l', {}],
  ['arn:aws:ecs:us-east-1:123456789012:cluster/c', { EcsTaskParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/t:1' } }],
];
const WAYS: Readonly<Record<string, Outcome | null>> = {
  throws: { ok: false, error: { Error: 'InternalFailure', Cause: 'broken' } },
  'does not answer': null,
  throttles: { ok: false, error: { Error: 'ThrottlingException', Cause: 'Rate exceeded' } },
  'is gone': { ok: false, error: { Error: 'ResourceNotFoundException', Cause: 'It does not exist.' } },
  'is forbidden': { ok: false, error: { Error: 'AccessDeniedException', Cause: 'Not authorized.' } },
};
const faults = TARGETS.flatMap(([arn, parameters]) => Object.entries(WAYS).map(([way, outcome]) => [arn, Object.keys(parameters)[0] ?? '', way, parameters, outcome] as const));
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';

describe('a target that fails', () => {
  it.each(faults)('%s %s %s: a stream goes on when the dead-letter queue knows; a queue keeps its message', async (arn, _name, way, TargetParameters, outcome) => {
    const error = way === 'does not answer' ? 'Timeout' : (outcome as { error: { Error: string } }).error.Error;
    const source = 'arn:aws:kinesis:us-east-1:123456789012:stream/in';
    const target = { answers: { [arn]: [outcome] }, pipe: { Target: arn, TargetParameters } };
    await run({
      description: '',
      ...target,
      sources: [{ Source: source }],
      queues: [{ QueueName: 'dead' }],
      pipe: { ...target.pipe, Source: source, SourceParameters: { KinesisStreamParameters: { StartingPosition: 'LATEST', MaximumRetryAttempts: 1, DeadLetterConfig: { Arn: DEAD } } } },
      append: [{ Source: source, Data: 'a' }],
      then: { journal: [['retrying', 1, error], ['deadLettered', 2, error]], received: { dead: [{ context: { condition: 'RetryAttemptsExhausted' }, KinesisBatchInfo: { batchSize: 1 } }] } },
    });
    await run({
      description: '',
      ...target,
      queues: [{ QueueName: 'dead' }, { QueueName: 'in', Attributes: { VisibilityTimeout: '400', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD, maxReceiveCount: 2 }) } }],
      pipe: { ...target.pipe, Source: 'arn:aws:sqs:us-east-1:123456789012:in' },
      send: [{ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/in', MessageBody: 'a' }],
      then: { journal: [['retrying', 1, error], ['retrying', 2, error]], received: { dead: ['a'] } },
    });
  });
});
