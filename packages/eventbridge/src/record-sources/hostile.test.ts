import type { ApiRequest, Json, JsonObject, Outcome } from '@interstate/kernel';
import { createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pipes } from '../pipes/adapter.ts';
import { DIRECTORY_KIND, directoryAddress } from '../pipes/directory.ts';
import { SOURCES_KIND } from './directory.ts';
import { MACHINE_SHAPES, SOURCE_SHAPES } from './model.ts';

const HOME = { region: 'us-east-1', account: '123456789012' };
const SOURCES = 'arn:aws:pipes:us-east-1:123456789012:sources';
const Source = 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1';
const TopicName = 'orders';

function hostWith(answer: (request: Json) => Outcome = () => ({ ok: true, value: {} })): { readonly host: TinyHost; readonly ask: (to: string, action: string, input: Json) => Outcome | undefined } {
  const host = createTinyHost({ machines: () => pipes(HOME).machines, crypto: nodeCrypto, answer: (request) => ({ outcome: answer(request) }) });
  host.spawn(SOURCES_KIND, SOURCES, { type: 'open', seed: [1, 2, 3, 4] });
  host.spawn(DIRECTORY_KIND, directoryAddress(HOME), { type: 'open', seed: [1, 2, 3, 4] });
  const ask = (to: string, action: string, input: Json): Outcome | undefined => {
    const id = host.call(to, { action, input });
    host.run(2000);
    return host.replies.get(id);
  };
  return { host, ask };
}

describe('sources of records', () => {
  it('answer whatever they are asked, or wait', () => {
    const { ask } = hostWith();
    expect(ask(SOURCES, 'CreateSource', { Source, TopicName })).toMatchObject({ ok: true });
    const names = fc.constantFrom(...new Set([SOURCE_SHAPES, MACHINE_SHAPES].flatMap((shapes) => Object.values(shapes).flatMap(({ members }) => Object.keys(members)))), '__proto__', 'constructor');
    const action = fc.constantFrom(...Object.keys(SOURCE_SHAPES), ...Object.keys(MACHINE_SHAPES), 'toString', '__proto__');
    fc.assert(
      fc.property(fc.constantFrom(SOURCES, Source), action, fc.dictionary(names, fc.jsonValue()), fc.boolean(), (to, name, input, isPlaced) => {
        const outcome = ask(to, name, { ...(JSON.parse(JSON.stringify(input)) as JsonObject), ...(isPlaced && { Source, TopicName }) });
        expect(outcome === undefined ? name : typeof outcome.ok).toMatch(outcome === undefined ? /^(?:GetRecords|ListShards)$/ : /^boolean$/);
      }),
      { numRuns: 500 },
    );
  });

  it('tell apart names that objects have, sequence numbers that are none, and addresses that are no source', () => {
    const { ask } = hostWith();
    ask(SOURCES, 'CreateSource', { Source, TopicName });
    for (const [input, text] of [
      [{ TopicName: 'constructor' }, "has no topic or queue 'constructor'"],
      [{ TopicName: '__proto__' }, "has no topic or queue '__proto__'"],
      [{ TopicName, ShardId: '__proto__' }, "There is no shard '__proto__'"],
    ] as const) expect(ask(Source, 'AppendRecord', { Source, Data: 'x', ...input })).toMatchObject({ ok: false, error: { Error: 'ResourceNotFoundException', Cause: expect.stringContaining(text) as string } });
    for (const AfterSequenceNumber of ['x', '9'.repeat(400), '-', '1e999']) expect(ask(Source, 'GetRecords', { TopicName, ShardId: '0', Limit: 1, AfterSequenceNumber })).toMatchObject({ ok: false, error: { Error: 'ValidationException' } });
    for (const bad of ['smk://', 'smk://host', 'smk://a b:1', 'arn:aws:kinesis:us-east-1:1:s', 'arn:aws:sqs:us-east-1:1:q', 'x'.repeat(1600)]) expect(ask(SOURCES, 'CreateSource', { Source: bad })).toMatchObject({ ok: false, error: { Error: 'ValidationException' } });
  });

  it('of others may answer anything: the pipe says what is wrong, and goes on', () => {
    const page = fc.record({ Records: fc.array(fc.record({ SequenceNumber: fc.oneof(fc.string(), fc.integer()), Timestamp: fc.oneof(fc.integer(), fc.string()), Data: fc.string() }, { requiredKeys: [] })), AfterSequenceNumber: fc.string(), Closed: fc.boolean() }, { requiredKeys: [] });
    const list = fc.record({ Shards: fc.array(fc.record({ ShardId: fc.oneof(fc.string(), fc.integer()), ParentShardIds: fc.array(fc.string()) }, { requiredKeys: [] })) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(fc.oneof(page, fc.jsonValue()), { maxLength: 6 }), fc.array(fc.oneof(list, fc.jsonValue()), { maxLength: 3 }), (pages, lists) => {
        const next = (values: readonly unknown[], count: number): Outcome => ({ ok: true, value: JSON.parse(JSON.stringify(values[count] ?? null)) as Json });
        let reads = 0;
        let looks = 0;
        const { ask } = hostWith((request) => {
          const { action } = request as unknown as ApiRequest;
          if (action === 'GetRecords') return next(pages, reads++);
          return action === 'ListShards' ? next(lists, looks++) : { ok: true, value: { StatusCode: 200, Payload: null } };
        });
        const SourceParameters = { KinesisStreamParameters: { StartingPosition: 'TRIM_HORIZON' } };
        ask(directoryAddress(HOME), 'CreatePipe', { Name: 'p', Source: 'arn:aws:kinesis:us-east-1:123456789012:stream/s', SourceParameters, Target: 'arn:aws:lambda:us-east-1:123456789012:function:f', RoleArn: 'arn:aws:iam::123456789012:role/r' });
        const described = ask(directoryAddress(HOME), 'DescribePipe', { Name: 'p' }) as unknown as { value: { CurrentState: string } };
        expect(['RUNNING', 'CREATE_FAILED']).toContain(described.value.CurrentState);
      }),
      { numRuns: 200 },
    );
  });
});
