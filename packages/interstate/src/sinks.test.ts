import type { Json, Outcome } from '@interstate/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

const STREAM = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/s';
const DATA = 'arn:aws:kinesis:us-east-1:123456789012:stream/d';
const LOG = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/g';

let cloud: Cloud;
afterEach(() => cloud.close());
const call = (to: string, action: string, input: Json): Promise<Outcome> => cloud.host.call(to, { action, input });
const make = (): Cloud => createCloud({ clock: 'virtual', startTime: 1000, seed: 1 });

describe('cloud.sinks', () => {
  it('keeps what is sent to a delivery stream', async () => {
    cloud = make();
    const one = await call(STREAM, 'PutRecord', { DeliveryStreamName: 's', Record: { Data: 'a' } });
    expect(one).toMatchObject({ ok: true, value: { RecordId: expect.stringMatching(/^\d{56}$/) as string, Encrypted: false } });
    const batch = await call(STREAM, 'PutRecordBatch', { DeliveryStreamName: 's', Records: [{ Data: 'b' }, { Data: '' }] });
    expect(batch).toMatchObject({ ok: true, value: { FailedPutCount: 0, RequestResponses: [{}, {}] } });
    expect(cloud.sinks.records(STREAM)).toEqual(['a', 'b', ''].map((data) => ({ time: 1000, data })));
  });

  it('keeps what is sent to a data stream, with its key', async () => {
    cloud = make();
    const one = await call(DATA, 'PutRecord', { StreamName: 'd', Data: 'a', PartitionKey: 'p' });
    const batch = await call(DATA, 'PutRecords', { StreamName: 'd', Records: [{ Data: 'b', PartitionKey: 'q' }] });
    expect(batch).toMatchObject({ ok: true, value: { FailedRecordCount: 0, Records: [{ ShardId: 'shardId-000000000000' }] } });
    const [first, second] = [one, batch].map((outcome) => JSON.stringify(outcome).match(/\d{56}/)![0]);
    expect(first! < second!).toBe(true);
    expect(cloud.sinks.records(DATA)).toEqual([{ time: 1000, data: 'a', partitionKey: 'p' }, { time: 1000, data: 'b', partitionKey: 'q' }]);
  });

  it('keeps what is sent to a log group, by its own time', async () => {
    cloud = make();
    expect(await call(LOG, 'PutLogEvents', { logGroupName: '/aws/events/g', logStreamName: 'x', logEvents: [{ timestamp: 7, message: 'm' }] })).toEqual({ ok: true, value: {} });
    expect(cloud.sinks.records(LOG)).toEqual([{ time: 7, data: 'm', logStreamName: 'x' }]);
    expect(cloud.sinks.arns()).toEqual([LOG]);
    cloud.sinks.clear();
    expect(cloud.sinks.records(LOG)).toEqual([]);
  });

  it('keeps the last 10,000 records of the last 1,000 ARNs', async () => {
    cloud = make();
    for (let index = 0; index < 30; index++) await call(STREAM, 'PutRecordBatch', { Records: Array.from({ length: 500 }, (_, each) => ({ Data: String(index * 500 + each) })) });
    const records = cloud.sinks.records(STREAM);
    expect([records.length, records[0]!.data, records.at(-1)!.data]).toEqual([10_000, '5000', '14999']);
    for (let index = 0; index < 1000; index++) await call(`${STREAM}${index}`, 'PutRecord', { Record: { Data: 'x' } });
    expect(cloud.sinks.arns()).toHaveLength(1000);
    expect(cloud.sinks.records(STREAM)).toEqual([]);
  });

  const refused: readonly [string, string, Json, string][] = [
    [STREAM, 'PutRecords', {}, 'UnknownOperationException'],
    [STREAM, 'PutRecord', {}, 'ValidationException'],
    [STREAM, 'PutRecord', null, 'SerializationException'],
    [STREAM, 'PutRecord', { Record: { Data: 1 } }, 'SerializationException'],
    [STREAM, 'PutRecordBatch', { Records: [] }, 'ValidationException'],
    [DATA, 'PutRecord', { Data: 'a' }, 'ValidationException'],
    [LOG, 'PutLogEvents', { logStreamName: 'x', logEvents: [{ message: 'm' }] }, 'ValidationException'],
    [LOG, '__proto__', {}, 'UnknownOperationException'],
  ];
  for (const [to, action, input, code] of refused) {
    it(`refuses ${action} of ${JSON.stringify(input)}: ${code}`, async () => {
      cloud = make();
      expect(await call(to, action, input)).toMatchObject({ ok: false, error: { Error: code } });
      expect(cloud.sinks.arns()).toEqual([]);
    });
  }
});
