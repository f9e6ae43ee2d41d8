import { readFileSync } from 'node:fs';
import { RecordMap, type Effect, type Json, type JsonObject } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueQueue } from '../due-queue.ts';
import { firstConcurrency, nextConcurrency, provisionedScaling, scalingTo, USUAL_SCALING } from './concurrency.ts';
import { failedItems } from './partial-failure.ts';
import { batchItems, finishBatch, openBatches, pollAnswered, pollProblem, pollTimer, startPolling, stopPolling, type PollContext, type PollerOptions } from './queue-poller.ts';
import { polledQueue, sqsRecord } from './sqs-record.ts';

interface Case {
  readonly description: string;
  readonly answer: Json;
  readonly groups?: readonly string[];
  readonly failed: readonly string[];
}
const cases = JSON.parse(readFileSync(new URL('../../cases/partial-failure.json', import.meta.url), 'utf8')) as Case[];

describe('what failed of a batch', () => {
  for (const { description, answer, groups, failed } of cases) {
    it(description, () => {
      const items = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, ...(groups && { group: groups[index]! }) }));
      expect([...failedItems(answer, items)].map((index) => items[index]!.id)).toEqual(failed);
    });
  }

  it('is told of any answer', () => {
    fc.assert(fc.property(fc.jsonValue(), (answer) => failedItems(answer as Json, [{ id: 'a' }]).size <= 1));
  });
});

describe('concurrency', () => {
  it('rises by five every second while all of it is used, to 1,250, and falls when nothing is left', () => {
    let concurrency = nextConcurrency(firstConcurrency(USUAL_SCALING), 5, 0, USUAL_SCALING);
    expect(concurrency).toEqual({ limit: 5, risesAt: 1000 });
    expect(nextConcurrency(concurrency, 5, 999, USUAL_SCALING)).toBe(concurrency);
    expect(nextConcurrency(concurrency, 4, 500, USUAL_SCALING)).toEqual({ limit: 5, risesAt: null });
    let now = 0;
    while (concurrency.risesAt !== null) {
      now = concurrency.risesAt;
      concurrency = nextConcurrency(concurrency, concurrency.limit, now, USUAL_SCALING);
      concurrency = nextConcurrency(concurrency, concurrency.limit, now, USUAL_SCALING);
    }
    expect([concurrency.limit, now]).toEqual([1250, 249_000]);
    expect(nextConcurrency(concurrency, 0, now, USUAL_SCALING)).toEqual({ limit: 5, risesAt: null });
  });

  it('keeps to the bound it is given', () => {
    expect(nextConcurrency(firstConcurrency(scalingTo(2)), 2, 0, scalingTo(2))).toEqual({ limit: 2, risesAt: null });
    expect(firstConcurrency(provisionedScaling(2, 3))).toEqual({ limit: 20, risesAt: null });
    expect(nextConcurrency({ limit: 20, risesAt: 1000 }, 20, 1000, provisionedScaling(2, 3))).toEqual({ limit: 30, risesAt: null });
    expect(nextConcurrency({ limit: 5, risesAt: 1000 }, 5, 1000, scalingTo(7))).toEqual({ limit: 7, risesAt: null });
  });
});

describe('a polled queue', () => {
  it('is known by its ARN', () => {
    expect(polledQueue('arn:aws:sqs:eu-west-1:1:q.fifo')).toEqual({ arn: 'arn:aws:sqs:eu-west-1:1:q.fifo', url: 'https://sqs.eu-west-1.amazonaws.com/1/q.fifo', region: 'eu-west-1', fifo: true });
    for (const arn of ['', 'q', 'arn:aws:sns:eu-west-1:1:q', 'arn:aws:sqs:eu-west-1:1:', 'arn:aws:sqs:eu-west-1:1:a:b', `arn:aws:sqs:::${'x'.repeat(10_000_000)}`]) expect(polledQueue(arn)).toBeUndefined();
  });

  it('gives records whatever a message holds', () => {
    const queue = polledQueue('arn:aws:sqs:eu-west-1:1:q')!;
    const attributes = JSON.parse('{"__proto__":{"DataType":"String","StringValue":"x"},"b":{"DataType":"Binary","BinaryValue":"AA=="},"n":1}') as JsonObject;
    const { messageAttributes } = sqsRecord({ MessageId: 'm', Body: 'b', MessageAttributes: attributes }, queue) as { messageAttributes: JsonObject };
    expect(JSON.stringify(messageAttributes)).toBe(
      '{"__proto__":{"stringValue":"x","stringListValues":[],"binaryListValues":[],"dataType":"String"},"b":{"binaryValue":"AA==","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}}',
    );
  });
});

describe('a poller', () => {
  const queue = polledQueue('arn:aws:sqs:us-east-1:1:q')!;
  const base: PollerOptions = { queue, caller: { service: 'pipes.amazonaws.com', sourceArn: 'arn:x', account: '1' }, batchSize: 10, windowMs: 0, maximumBytes: 6_000_000 };

  function poller(given: Partial<PollerOptions> = {}) {
    const options = { ...base, ...given };
    const records = new RecordMap();
    const batches: (readonly JsonObject[])[] = [];
    const filtered: string[] = [];
    let now = 0;
    let sent = 0;
    const effects: Effect[] = [];
    const context = (): PollContext => ({ now, records, effects, dispatch: (batch, list) => void (batches[batch] = list), filtered: ({ id }) => void filtered.push(id) });
    const taken = (): Effect[] => effects.splice(0);
    const receives = (): { callId: string; max: number }[] =>
      taken().flatMap((effect) => {
        const { action, input } = (effect.type === 'call' ? effect.request : {}) as { action?: string; input?: { MaxNumberOfMessages: number } };
        return effect.type === 'call' && action === 'ReceiveMessage' ? [{ callId: effect.callId, max: input!.MaxNumberOfMessages }] : [];
      });
    return {
      records, batches, filtered, taken, receives,
      start: () => startPolling(context(), options),
      stop: () => stopPolling(context(), options),
      /** Answers a receive with so many messages. */
      brings: (callId: string, count: number, body = 'x') => {
        const Messages = Array.from({ length: count }, () => ({ MessageId: `m${++sent}`, ReceiptHandle: `h${sent}`, Body: body, Attributes: { ApproximateReceiveCount: '1' } }));
        return pollAnswered(context(), options, callId, { ok: true, value: { Messages } });
      },
      fails: (callId: string) => pollAnswered(context(), options, callId, { ok: false, error: { Error: 'QueueDoesNotExist', Cause: 'gone' } }),
      finish: (batch: number, failed: readonly number[] = []) => finishBatch(context(), options, batch, new Set(failed)),
      timer: (key: string, at: number) => {
        now = at;
        return pollTimer(context(), options, key);
      },
    };
  }

  it('has one receive standing while it is idle', () => {
    const { start, receives, brings } = poller();
    start();
    const [first, ...others] = receives();
    expect([first!.max, others]).toEqual([10, []]);
    start();
    expect(receives()).toEqual([]);
    brings(first!.callId, 1);
    expect(receives()).toHaveLength(1);
    expect(brings('work:1', 1)).toBe(false);
  });

  it('has no more batches in work than its concurrency, and deletes what was dealt with', () => {
    const { start, receives, brings, batches, finish, taken, records, timer } = poller({ scaling: scalingTo(2) });
    start();
    for (let index = 0; index < 2; index++) brings(receives()[0]!.callId, 3);
    expect(receives()).toEqual([]);
    expect([batches.length - 1, openBatches(records)]).toEqual([2, 2]);
    expect(timer('poll:rise', 60_000)).toBe(true);
    expect(receives()).toEqual([]);
    finish(1, [1]);
    const [remove, receive] = taken() as (Effect & { type: 'call' })[];
    expect(remove!.request).toMatchObject({ action: 'DeleteMessageBatch', input: { QueueUrl: queue.url, Entries: [{ Id: '0', ReceiptHandle: 'h1' }, { Id: '1', ReceiptHandle: 'h3' }] } });
    expect(receive!.request).toMatchObject({ action: 'ReceiveMessage' });
    finish(1);
    expect(taken()).toEqual([]);
    expect(batchItems(records, 1)).toBeUndefined();
  });

  it('gathers a batch until it is full or its window ends', () => {
    const { start, receives, brings, batches, taken, timer } = poller({ batchSize: 25, windowMs: 5000 });
    start();
    brings(receives()[0]!.callId, 10);
    const [timerSet] = taken().filter(({ type }) => type === 'timer');
    expect(timerSet).toEqual({ type: 'timer', key: 'poll:window', at: 5000 });
    brings('receive:2', 10);
    const [third] = receives();
    expect(third!.max).toBe(5);
    expect(batches).toEqual([]);
    brings(third!.callId, 5);
    expect(batches[1]).toHaveLength(25);
    expect(taken().map(({ type }) => type)).toContain('clearTimer');
    brings('receive:4', 1);
    timer('poll:window', 9000);
    expect(batches[2]).toHaveLength(1);
  });

  it('cuts batches at the bytes a target takes', () => {
    const { start, brings, batches, finish } = poller({ maximumBytes: 2_500, scaling: scalingTo(2) });
    start();
    brings('receive:1', 5, 'y'.repeat(800));
    expect([batches.length - 1, batches[1]!.length, batches[2]!.length]).toEqual([2, 2, 2]);
    finish(1);
    expect(batches[3]).toHaveLength(1);
  });

  it('deletes what a filter does not want', () => {
    const { start, brings, batches, filtered, taken } = poller({ matches: ({ messageId }) => messageId === 'm2' });
    start();
    taken();
    brings('receive:1', 3);
    expect(batches[1]).toHaveLength(1);
    expect(filtered).toEqual(['m1', 'm3']);
    expect(taken()[0]).toMatchObject({ request: { action: 'DeleteMessageBatch', input: { Entries: [{ ReceiptHandle: 'h1' }, { ReceiptHandle: 'h3' }] } } });
  });

  it('looks again later where the queue cannot be asked, and keeps no run alive for it', () => {
    const { start, fails, taken, records, timer, receives } = poller();
    start();
    taken();
    fails('receive:1');
    expect(taken()).toEqual([{ type: 'timer', key: 'poll:pause', at: 20_000, housekeeping: true }]);
    expect(pollProblem(records)).toBe('QueueDoesNotExist: gone');
    timer('poll:pause', 20_000);
    expect(receives()).toHaveLength(1);
  });

  it('stops: the receive is withdrawn, what is gathered goes to work, a late answer is nothing', () => {
    const { start, stop, brings, taken, batches, receives } = poller({ batchSize: 20, windowMs: 5000 });
    start();
    brings('receive:1', 2);
    taken();
    stop();
    expect(taken()).toContainEqual({ type: 'cancel', callId: 'receive:2' });
    expect(batches[1]).toHaveLength(2);
    expect(brings('receive:2', 1)).toBe(true);
    expect([batches.length, receives()]).toEqual([2, []]);
  });
});

describe('a due queue', () => {
  it('gives what is due in order of time and name', () => {
    const entry = fc.tuple(fc.nat(20), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(entry), fc.nat(20), (entries, now) => {
        const queue = new DueQueue();
        for (const [at, name] of entries) queue.add(at, name);
        const sorted = [...entries].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : x > y ? 1 : 0));
        const taken: string[] = [];
        for (let name = queue.take(now); name !== undefined; name = queue.take(now)) taken.push(name);
        expect(taken).toEqual(sorted.filter(([at]) => at <= now).map(([, name]) => name));
        expect(queue.nextAt).toBe(sorted.find(([at]) => at > now)?.[0]);
      }),
    );
  });
});
