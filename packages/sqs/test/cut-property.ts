import assert from 'node:assert/strict';
import type { JsonObject } from '@interstate/kernel';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { Service } from './service.ts';

/** A call, with the newest handle but so many where it takes one; or seconds that pass. */
type Act = { readonly action: string; readonly input: JsonObject; readonly handle?: number } | { readonly seconds: number };

const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Three queues whose dead letters may go round in circles, encrypted or not, deleted and made again. */
function acts(names: readonly string[], isFifo: boolean): fc.Arbitrary<readonly Act[]> {
  const name = some(...names);
  const QueueUrl = name.map(urlOf);
  const redrive = names.map((target) => ({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(target), maxReceiveCount: 1 }) }));
  const attributes: fc.Arbitrary<JsonObject> = some<JsonObject>({ DelaySeconds: '0' }, { DelaySeconds: '40' }, { MessageRetentionPeriod: '60' }, { VisibilityTimeout: '2' }, { SqsManagedSseEnabled: 'false' }, { KmsMasterKeyId: 'alias/k' }, { RedrivePolicy: '' }, ...redrive);
  const call = (action: string, input: fc.Arbitrary<JsonObject>): fc.Arbitrary<Act> => input.map((given) => ({ action, input: given }));
  const withHandle = (action: string, input: fc.Arbitrary<JsonObject>): fc.Arbitrary<Act> => fc.tuple(input, fc.nat({ max: 20 })).map(([given, handle]) => ({ action, input: given, handle }));
  const group = { MessageGroupId: some('g', 'h') };
  return fc.array(
    fc.oneof(
      { weight: 5, arbitrary: call('SendMessage', fc.record({ QueueUrl, MessageBody: some('x', 'y', 'z'), ...group, ...(!isFifo && { DelaySeconds: some(0, 5, 60) }) })) },
      { weight: 8, arbitrary: call('ReceiveMessage', fc.record({ QueueUrl, MaxNumberOfMessages: some(1, 3), VisibilityTimeout: some(0, 3, 30), WaitTimeSeconds: some(5, 20), ReceiveRequestAttemptId: some('r', 's') }, { requiredKeys: ['QueueUrl'] }) as fc.Arbitrary<JsonObject>) },
      { weight: 2, arbitrary: withHandle('DeleteMessage', fc.record({ QueueUrl })) },
      { weight: 2, arbitrary: withHandle('ChangeMessageVisibility', fc.record({ QueueUrl, VisibilityTimeout: some(0, 10) })) },
      { weight: 3, arbitrary: some(1, 5, 30, 61, 300).map((seconds) => ({ seconds })) },
      { weight: 3, arbitrary: call('SetQueueAttributes', fc.record({ QueueUrl, Attributes: attributes })) },
      { weight: 1, arbitrary: call('StartMessageMoveTask', fc.record({ SourceArn: name.map(arnOf), DestinationArn: name.map(arnOf), MaxNumberOfMessagesPerSecond: some(1, 2) })) },
      { weight: 1, arbitrary: call('DeleteQueue', fc.record({ QueueUrl })) },
      { weight: 1, arbitrary: name.map((QueueName) => creation(QueueName, isFifo)) },
    ),
    { minLength: 5, maxLength: 60 },
  );
}

function creation(QueueName: string, isFifo: boolean): Act & { readonly action: string } {
  return { action: 'CreateQueue', input: { QueueName, ...(isFifo && { Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } }) } };
}

/** All answers, in order, and what each queue holds in the end. @param cut machines leave memory after every act */
function run(names: readonly string[], isFifo: boolean, all: readonly Act[], cut: boolean): readonly string[] {
  const service = new Service({ crypto: nodeCrypto, limits: { deletedQueueSeconds: 0, moveTaskSeconds: 100 } });
  for (const act of [...names.map((each) => creation(each, isFifo)), ...all, { seconds: 1000 }]) {
    if ('seconds' in act) service.advance(act.seconds * 1000);
    else {
      const handles = [...JSON.stringify([...service.answers.values()]).matchAll(/"ReceiptHandle":"([^"]+)"/g)].map(([, handle]) => handle!);
      const ReceiptHandle = act.handle === undefined ? undefined : (handles.at(-1 - act.handle) ?? 'none');
      service.start(act.action, { ...act.input, ...(ReceiptHandle !== undefined && { ReceiptHandle }) });
    }
    if (cut) service.reload();
  }
  for (const each of names) service.start('GetQueueAttributes', { QueueUrl: urlOf(each), AttributeNames: ['All'] });
  return [...service.answers].map((answer) => JSON.stringify(answer));
}

/** Queues that leave memory after every step do what they would have done. */
export const cutProperty = fc.property(
  fc.boolean().chain((isFifo) => {
    const names = ['a', 'b', 'c'].map((each) => (isFifo ? `${each}.fifo` : each));
    return fc.record({ isFifo: fc.constant(isFifo), names: fc.constant(names), all: acts(names, isFifo) });
  }),
  ({ isFifo, names, all }) => assert.deepEqual(run(names, isFifo, all, true), run(names, isFifo, all, false)),
);
