import { mappingMetrics, type CreateEventSourceMappingInput, type Handler } from '@interstate/lambda';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud, type CloudOptions } from './index.ts';

interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string; readonly attributes: Readonly<Record<string, string>> }[];
}

const ARN = 'arn:aws:sqs:us-east-1:123456789012:';
const START = Date.UTC(2026, 0, 1);

const clouds: Cloud[] = [];
afterEach(() => clouds.splice(0).forEach((cloud) => cloud.close()));

async function mapped(handler: Handler<SqsEvent>, mapping: Partial<CreateEventSourceMappingInput> = {}, attributes: Record<string, string> = {}, options: CloudOptions = {}) {
  const cloud = createCloud({ clock: 'virtual', seed: 1, ...options });
  clouds.push(cloud);
  const fifo = attributes['FifoQueue'] === 'true' ? '.fifo' : '';
  const { QueueUrl: deadUrl } = await cloud.sqs.createQueue({ QueueName: `dead${fifo}`, ...(fifo && { Attributes: { FifoQueue: 'true' } }) });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${ARN}dead${fifo}`, maxReceiveCount: 3 });
  const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: `q${fifo}`, Attributes: { RedrivePolicy, ...attributes } });
  cloud.lambda.register('f', handler);
  const { UUID, EventSourceMappingArn: arn } = await cloud.lambda.createEventSourceMapping({ EventSourceArn: `${ARN}q${fifo}`, FunctionName: 'f', ...mapping });
  let sent = 0;
  return {
    cloud, UUID, arn, QueueUrl,
    send: (...bodies: string[]) => Promise.all(bodies.map((MessageBody) => cloud.sqs.sendMessage({ QueueUrl, MessageBody, ...(fifo && { MessageGroupId: MessageBody[0]!, MessageDeduplicationId: String(++sent) }) }))),
    left: async () => (await cloud.sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes!,
    dead: async () => {
      const bodies: string[] = [];
      for (;;) {
        const { Messages = [] } = await cloud.sqs.receiveMessage({ QueueUrl: deadUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 });
        if (Messages.length === 0) return bodies.sort();
        bodies.push(...Messages.map(({ Body }) => Body!));
      }
    },
  };
}

describe('an event source mapping', () => {
  it('hands batches to the function and deletes what it has dealt with; idle, it keeps no run alive', async () => {
    const batches: string[][] = [];
    const { cloud, send, left, UUID } = await mapped(({ Records }) => void batches.push(Records.map(({ body }) => body)), { BatchSize: 2, Enabled: false });
    await send('a', 'b', 'c', 'd', 'e');
    await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: true });
    await cloud.runUntilIdle();
    expect(cloud.now()).toBe(START);
    expect(batches.flat().sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(batches.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(await left()).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
  });

  it('gives a message again after its visibility timeout, and leaves it to the dead-letter queue in the end', async () => {
    const times: number[] = [];
    const { cloud, send, dead, arn, UUID } = await mapped(() => {
      times.push((cloud.now() - START) / 1000);
      throw new TypeError('poison');
    });
    await send('x');
    await cloud.runUntilIdle();
    expect(times).toEqual([0, 30, 60]);
    expect(await dead()).toEqual(['x']);
    expect(cloud.deliveries(arn).map(({ attempt, status, error, reason }) => [attempt, status, error, reason])).toEqual([1, 2, 3].map((attempt) => [attempt, 'retrying', 'TypeError', 'poison']));
    expect(await cloud.lambda.getEventSourceMapping({ UUID })).toMatchObject({ LastProcessingResult: 'PROBLEM: Function call failed' });
  });

  it('takes the word of a function for what failed', async () => {
    const seen: string[] = [];
    const report = ({ Records }: SqsEvent) => {
      seen.push(...Records.map(({ body, attributes }) => body + attributes['ApproximateReceiveCount']));
      return { batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
    const { cloud, send, dead } = await mapped(report, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await send('good', 'bad', 'fine');
    await cloud.runUntilIdle();
    expect(seen.sort()).toEqual(['bad1', 'bad2', 'bad3', 'fine1', 'good1']);
    expect(await dead()).toEqual(['bad']);
  });

  it('does not, where the mapping does not say so', async () => {
    let calls = 0;
    const { cloud, send, dead } = await mapped(({ Records }) => (calls++, { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) }));
    await send('a');
    await cloud.runUntilIdle();
    expect([calls, await dead()]).toEqual([1, []]);
  });

  it('gathers a batch for as long as its window', async () => {
    const batches: [number, number][] = [];
    const { cloud, send } = await mapped(({ Records }) => void batches.push([(cloud.now() - START) / 1000, Records.length]), { BatchSize: 25, MaximumBatchingWindowInSeconds: 20 });
    await send('a');
    await cloud.advance(10_000);
    await send('b');
    await cloud.runUntilIdle();
    expect(batches).toEqual([[20, 2]]);
    await send(...Array.from({ length: 30 }, (_, index) => String(index)));
    await cloud.advance(0);
    expect(batches[1]).toEqual([20, 25]);
    await cloud.runUntilIdle();
    expect(batches[2]).toEqual([40, 5]);
  });

  it('deletes what no filter wants', async () => {
    const seen: string[] = [];
    const Filters = [{ Pattern: '{"body":{"kind":["order"],"total":[{"numeric":[">",10]}]}}' }, { Pattern: '{"body":["plain"]}' }];
    const { cloud, send, left, arn } = await mapped(({ Records }) => void seen.push(...Records.map(({ body }) => body)), { FilterCriteria: { Filters } });
    await send('{"kind":"order","total":11}', '{"kind":"order","total":9}', 'plain', 'other', '[1]', '{');
    await cloud.runUntilIdle();
    expect(seen.sort()).toEqual(['plain', '{"kind":"order","total":11}']);
    expect(await left()).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
    expect(cloud.deliveries(arn).filter(({ status }) => status === 'filtered')).toHaveLength(4);
  });

  it('keeps to its concurrency', async () => {
    let running = 0;
    let most = 0;
    const slow = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    };
    const { cloud, send } = await mapped(slow, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } });
    await send(...Array.from({ length: 20 }, (_, index) => String(index)));
    await cloud.runUntilIdle();
    expect([most, running]).toEqual([3, 0]);
  });

  it('begins with five batches at once, and has more of them each second that these are not enough', async () => {
    const times: number[] = [];
    // A handler that waits for the cloud lets time pass.
    const slow = async (): Promise<void> => {
      times.push((cloud.now() - START) / 1000);
      await cloud.sqs.receiveMessage({ QueueUrl: empty, WaitTimeSeconds: 10 });
    };
    const { cloud, send, UUID } = await mapped(slow, { BatchSize: 1, Enabled: false });
    const { QueueUrl: empty } = await cloud.sqs.createQueue({ QueueName: 'empty' });
    await send(...Array.from({ length: 12 }, (_, index) => String(index)));
    await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: true });
    await cloud.runUntilIdle();
    expect(times).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2]);
    expect(cloud.now() - START).toBe(12_000);
  });

  it('has pollers of its own ready, of ten batches each', async () => {
    let running = 0;
    let most = 0;
    const slow = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    };
    const { cloud, send, UUID } = await mapped(slow, { BatchSize: 1, ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 3 }, Enabled: false });
    await send(...Array.from({ length: 50 }, (_, index) => String(index)));
    await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: true });
    await cloud.runUntilIdle();
    expect([most, running]).toEqual([20, 0]);
  });

  it('counts what comes of messages, where it is asked to', async () => {
    const report = ({ Records }: SqsEvent) => ({ batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) });
    const { cloud, send, arn } = await mapped(report, { FunctionResponseTypes: ['ReportBatchItemFailures'], MetricsConfig: { Metrics: ['EventCount'] }, FilterCriteria: { Filters: [{ Pattern: '{"body":[{"anything-but":["none"]}]}' }] } });
    await send('good', 'bad', 'fine', 'none');
    await cloud.runUntilIdle();
    // The bad one is received three times.
    const metrics = { PolledEventCount: 6, FilteredOutEventCount: 1, InvokedEventCount: 5, FailedInvokeEventCount: 3, DroppedEventCount: 0, OnFailureDestinationDeliveredEventCount: 0, DeletedEventCount: 2 };
    expect(mappingMetrics(cloud.host.stateOf(arn!))).toEqual(metrics);
  });

  it('has tags', async () => {
    const { cloud, arn: Resource } = await mapped(() => {}, { Tags: { team: 'a', old: '1' } });
    await cloud.lambda.tagResource({ Resource, Tags: { team: 'b' } });
    await cloud.lambda.untagResource({ Resource, TagKeys: ['old'] });
    expect((await cloud.lambda.listTags({ Resource })).Tags).toEqual({ team: 'b' });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, '']));
    await expect(cloud.lambda.tagResource({ Resource, Tags: many })).rejects.toMatchObject({ message: 'A mapping has 50 tags at most, not 51.' });
    await expect(cloud.lambda.listTags({ Resource: `${Resource}2` })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(cloud.lambda.listTags({ Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('keeps the order of a FIFO group, whatever fails', async () => {
    const done: string[] = [];
    const failing = new Set(['a2']);
    const report = ({ Records }: SqsEvent) => {
      const at = Records.findIndex(({ body }) => failing.delete(body));
      const ended = at < 0 ? Records : Records.slice(0, at);
      done.push(...ended.map(({ body }) => body));
      return { batchItemFailures: at < 0 ? [] : [{ itemIdentifier: Records[at]!.messageId }] };
    };
    const { cloud, send } = await mapped(report, { FunctionResponseTypes: ['ReportBatchItemFailures'] }, { FifoQueue: 'true' });
    await send('a1', 'a2', 'a3', 'b1', 'a4', 'b2');
    await cloud.runUntilIdle();
    const once = (group: string): string[] => [...new Set(done.filter((body) => body[0] === group))];
    expect([once('a'), once('b')]).toEqual([['a1', 'a2', 'a3', 'a4'], ['b1', 'b2']]);
  });

  it('waits where the function is throttled or gone, and goes on when it is back', async () => {
    const seen: string[] = [];
    const { cloud, send } = await mapped(({ Records }) => void seen.push(...Records.map(({ body }) => body)), {}, {}, { warn: () => {} });
    const handler: Handler<SqsEvent> = ({ Records }) => void seen.push(...Records.map(({ body }) => body));
    cloud.lambda.register('f', handler, { reservedConcurrency: 0 });
    await send('a');
    await cloud.advance(1000);
    cloud.lambda.unregister('f');
    await cloud.advance(31_000);
    expect(seen).toEqual([]);
    cloud.lambda.register('f', handler);
    await cloud.runUntilIdle();
    expect(seen).toEqual(['a']);
  });

  it('waits for a queue that was deleted to come back', async () => {
    const seen: string[] = [];
    const { cloud, send, QueueUrl, UUID } = await mapped(({ Records }) => void seen.push(...Records.map(({ body }) => body)));
    await cloud.sqs.deleteQueue({ QueueUrl });
    await cloud.runUntilIdle();
    expect((await cloud.lambda.getEventSourceMapping({ UUID })).LastProcessingResult).toContain('PROBLEM: ');
    await cloud.advance(61_000);
    await cloud.sqs.createQueue({ QueueName: 'q' });
    await send('a');
    await cloud.advance(20_000);
    expect(seen).toEqual(['a']);
  });

  it('rests while it is disabled, and is gone when it is deleted', async () => {
    const seen: string[] = [];
    const { cloud, send, UUID } = await mapped(({ Records }) => void seen.push(...Records.map(({ body }) => body)));
    await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: false });
    await send('a');
    await cloud.runUntilIdle();
    expect(seen).toEqual([]);
    expect(await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: true })).toMatchObject({ State: 'Enabling' });
    await cloud.runUntilIdle();
    expect(seen).toEqual(['a']);
    await cloud.lambda.deleteEventSourceMapping({ UUID });
    await send('b');
    await cloud.runUntilIdle();
    expect([seen, (await cloud.lambda.listEventSourceMappings({})).EventSourceMappings]).toEqual([['a'], []]);
  });

  it('is going until its last batch has ended, and takes no change then', async () => {
    let release = (): void => {};
    const { cloud, send, UUID } = await mapped(() => new Promise<void>((resolve) => (release = resolve)));
    await send('a');
    await cloud.lambda.deleteEventSourceMapping({ UUID });
    expect(await cloud.lambda.getEventSourceMapping({ UUID })).toMatchObject({ State: 'Deleting' });
    await expect(cloud.lambda.updateEventSourceMapping({ UUID, BatchSize: 1 })).rejects.toMatchObject({ name: 'ResourceInUseException' });
    release();
    await cloud.runUntilIdle();
    await expect(cloud.lambda.getEventSourceMapping({ UUID })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  for (const type of ['STANDARD', 'EXPRESS'] as const) {
    it(`starts a ${type} state machine with a batch`, async () => {
      const cloud = createCloud({ clock: 'virtual', seed: 1, functions: { note: (record: { body: string }) => void seen.push(record.body) } });
      const seen: string[] = [];
      clouds.push(cloud);
      const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'q' });
      const note = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:note', End: true };
      const definition = { StartAt: 'All', States: { All: { Type: 'Map', ItemsPath: '$.Records', ItemProcessor: { StartAt: 'One', States: { One: note } }, End: true } } };
      const { stateMachineArn } = await cloud.sfn.createStateMachine({ name: 'm', definition: JSON.stringify(definition), roleArn: 'arn:aws:iam::123456789012:role/r', type });
      await cloud.lambda.createEventSourceMapping({ EventSourceArn: `${ARN}q`, FunctionName: stateMachineArn! });
      for (const MessageBody of ['a', 'b', 'c']) await cloud.sqs.sendMessage({ QueueUrl, MessageBody });
      await cloud.runUntilIdle();
      expect(seen.sort()).toEqual(['a', 'b', 'c']);
      expect((await cloud.sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
    });
  }

  it('brings every message to its end: dealt with, or in the dead-letter queue', async () => {
    const step = fc.record({ bodies: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }), pauseSeconds: fc.nat(40) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 4 }), fc.array(fc.constantFrom('ok', 'throw', 'some', 'nonsense'), { minLength: 1, maxLength: 8 }), fc.boolean(), fc.constantFrom(1, 3, 25), async (steps, moods, isFifo, size) => {
        let call = 0;
        const done = new Set<string>();
        const handler: Handler<SqsEvent> = ({ Records }) => {
          const mood = moods[call++ % moods.length]!;
          if (mood === 'throw') throw new Error('no');
          if (mood === 'nonsense') return { batchItemFailures: [{}] };
          const good = mood === 'some' ? Records.slice(0, 1) : Records;
          for (const { messageId } of good) done.add(messageId);
          return { batchItemFailures: Records.slice(good.length).map(({ messageId }) => ({ itemIdentifier: messageId })) };
        };
        const BatchSize = isFifo ? Math.min(size, 10) : size;
        const mapping = { BatchSize, FunctionResponseTypes: ['ReportBatchItemFailures' as const], ...(BatchSize > 10 && { MaximumBatchingWindowInSeconds: 3 }) };
        const { cloud, send, left } = await mapped(handler, mapping, isFifo ? { FifoQueue: 'true' } : {});
        const sent: string[] = [];
        for (const { bodies, pauseSeconds } of steps) {
          for (const { MessageId } of await send(...bodies)) sent.push(MessageId!);
          await cloud.advance(pauseSeconds * 1000);
        }
        await cloud.runUntilIdle();
        const deadUrl = (await cloud.sqs.getQueueUrl({ QueueName: isFifo ? 'dead.fifo' : 'dead' })).QueueUrl;
        const dead = Number((await cloud.sqs.getQueueAttributes({ QueueUrl: deadUrl, AttributeNames: ['All'] })).Attributes!['ApproximateNumberOfMessages']);
        expect(await left()).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
        expect(done.size + dead).toBeGreaterThanOrEqual(sent.length);
        expect(sent.filter((id) => !done.has(id)).length).toBeLessThanOrEqual(dead);
        cloud.close();
      }),
      { numRuns: 25 },
    );
  });
});
