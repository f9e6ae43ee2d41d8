import { readdirSync, readFileSync } from 'node:fs';
import type { Adapter, DeliveryEntry, Outcome } from '@interstate/kernel';
import { SCHEDULER_MODEL, type SchedulerLimits } from '@interstate/eventbridge';
import type { KmsKeyState } from '@interstate/service-kit';
import { describe, expect, it } from 'vitest';
import { checkCall, documentedErrors, operationOf, type CallStep } from '../test/api-steps.ts';
import { createCloud } from './index.ts';

/** A call, time that passes, what lies in a queue (and is taken out), or what the delivery journal ends with. */
type Step =
  | CallStep
  | { readonly advanceSeconds: number }
  | { readonly queue: string; readonly bodies: readonly string[]; readonly attributes?: Readonly<Record<string, string>> }
  | { readonly deliveries: readonly Partial<DeliveryEntry>[] };

interface Case {
  readonly description: string;
  readonly limits?: Partial<SchedulerLimits>;
  readonly flexibleWindow?: 'start';
  /** How often the stream `busy` refuses before it takes a record. */
  readonly busy?: number;
  readonly steps: readonly Step[];
}

const folder = new URL('../../eventbridge/cases/', import.meta.url);
const suites = readdirSync(folder)
  .filter((file) => file.startsWith('scheduler-'))
  .map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[]] as const);

const BUSY: Outcome = { ok: false, error: { Error: 'ProvisionedThroughputExceededException', Cause: 'Busy.' } };

function busyStream(times: number): Adapter {
  let refusals = 0;
  return { service: 'test', tasks: [{ resource: 'arn:aws:kinesis:us-east-1:123456789012:stream/busy', connector: () => (refusals++ < times ? BUSY : { ok: true, value: {} }) }] };
}

async function run({ limits, flexibleWindow, busy = 0, steps }: Case): Promise<void> {
  const cloud = createCloud({
    clock: 'virtual',
    seed: 1,
    scheduler: { ...(limits && { limits }), ...(flexibleWindow && { flexibleWindow }) },
    // Keys are named after the state they are in.
    kmsKeyState: (key) => (key.endsWith('Disabled') ? 'Disabled' : 'Enabled') satisfies KmsKeyState,
    adapters: [busyStream(busy)],
  });
  for (const QueueName of ['work', 'dead']) await cloud.sqs.createQueue({ QueueName });
  const kept = new Map<string, unknown>();
  try {
    for (const [index, step] of steps.entries()) {
      if ('call' in step) await checkCall(cloud.scheduler, step, index, kept);
      else if ('advanceSeconds' in step) await cloud.advance(step.advanceSeconds * 1000);
      else if ('deliveries' in step) expect(cloud.deliveries()).toMatchObject(step.deliveries);
      else {
        const QueueUrl = `https://sqs.us-east-1.amazonaws.com/123456789012/${step.queue}`;
        const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 40_000, MessageAttributeNames: ['All'] });
        for (const { ReceiptHandle } of Messages) await cloud.sqs.deleteMessage({ QueueUrl, ReceiptHandle });
        expect(Messages.map(({ Body }) => Body).sort(), `step ${index + 1}`).toEqual([...step.bodies]);
        const expected = Object.fromEntries(Object.entries(step.attributes ?? {}).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
        if (step.attributes) expect(Messages[0]?.MessageAttributes).toMatchObject(expected);
      }
    }
  } finally {
    cloud.close();
  }
}

describe.each(suites)('%s', (_file, cases) => {
  it.each(cases.map((one) => [one.description, one] as const))('%s', (_description, one) => run(one));
});

describe('the cases', () => {
  const steps = suites.flatMap(([, cases]) => cases.flatMap(({ steps: all }) => all)).filter((step): step is CallStep => 'call' in step);
  const documented = documentedErrors('@aws-sdk/client-scheduler', 'SchedulerServiceException');

  it('call every operation', () => {
    const called = new Set(steps.map(({ call }) => operationOf(call)));
    expect([...called].sort()).toEqual(Object.keys(SCHEDULER_MODEL.operations).sort());
    expect(Object.keys(documented).sort()).toEqual(Object.keys(SCHEDULER_MODEL.operations).sort());
  });

  it('meet every error that the SDK documents for an operation', () => {
    const met = new Set(steps.flatMap(({ call, error }) => (error ? `${operationOf(call)} ${error.name}` : [])));
    const pairs = Object.entries(documented).flatMap(([operation, errors]) => errors.map((error) => `${operation} ${error}`));
    // This process is neither throttled nor does it break.
    const ours = pairs.filter((pair) => !/ (?:InternalServer|Throttling)Exception$/.test(pair));
    expect(ours.length).toBeGreaterThan(25);
    expect(ours.filter((pair) => !met.has(pair))).toEqual([
      // Two requests at once: a group takes one after the other.
      'DeleteSchedule ConflictException',
      // Nothing grows by these.
      'DeleteSchedule ServiceQuotaExceededException',
      'DeleteScheduleGroup ConflictException',
      'GetSchedule ServiceQuotaExceededException',
      'TagResource ConflictException',
      'UntagResource ConflictException',
      'UpdateSchedule ConflictException',
      'UpdateSchedule ServiceQuotaExceededException',
    ]);
  });

  it('meet every error there is', () => {
    const met = new Set(steps.flatMap(({ error }) => error?.name ?? []));
    // What a client asks that has operations the service has not.
    expect(Object.keys(SCHEDULER_MODEL.errors).filter((name) => !met.has(name))).toEqual(['UnknownOperationException']);
  });
});
