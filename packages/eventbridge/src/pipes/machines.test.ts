import type { ApiRequest, Json, JsonObject, Outcome } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, noCrypto, type TinyHost } from '@interstate/kernel/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pipes } from './adapter.ts';
import { DIRECTORY_KIND, directoryAddress, pipeArn } from './directory.ts';
import { PIPES_MODEL } from './model.ts';

const HOME = { region: 'us-east-1', account: '123456789012' };
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const SOURCE = 'arn:aws:sqs:us-east-1:123456789012:in';
const OUT = 'arn:aws:sqs:us-east-1:123456789012:out';
const machines = () => pipes(HOME).machines;

/** A queue that has so many messages, and everything else a pipe asks. */
function service(messages: number): { readonly host: TinyHost; readonly ask: (action: string, input: Json) => Outcome | undefined } {
  let left = messages;
  let calls = 0;
  const host = createTinyHost({
    machines,
    crypto: noCrypto,
    answer(request, to) {
      const { action, input } = request as unknown as ApiRequest;
      if (action === 'ReceiveMessage') {
        if (left === 0) return undefined;
        const count = Math.min(left, input['MaxNumberOfMessages'] as number, 3);
        const Messages = Array.from({ length: count }, () => ({ MessageId: `m${left--}`, ReceiptHandle: `h${left}`, Body: JSON.stringify({ n: left }), Attributes: { ApproximateReceiveCount: '1' } }));
        return { outcome: { ok: true, value: { Messages } }, afterMs: 10 };
      }
      if (action === 'Invoke') return { outcome: { ok: true, value: { StatusCode: 200, Payload: ++calls % 3 === 0 ? [] : (input['Payload'] ?? null) } }, afterMs: 20 };
      if (to === OUT) return { outcome: ++calls % 4 === 0 ? { ok: false, error: { Error: 'Busy', Cause: 'Busy.' } } : { ok: true, value: { Failed: calls % 2 === 0 ? [{ Id: '0' }] : [] } }, afterMs: 5 };
      return { outcome: { ok: true, value: {} } };
    },
  });
  host.spawn(DIRECTORY_KIND, directoryAddress(HOME), { type: 'open', seed: [1, 2, 3, 4] });
  host.run();
  const ask = (action: string, input: Json): Outcome | undefined => {
    const id = host.call(directoryAddress(HOME), { action, input });
    host.run(300);
    return host.replies.get(id);
  };
  return { host, ask };
}

const pipe = (Name: string, more: JsonObject = {}): JsonObject => ({ Name, Source: SOURCE, Target: OUT, RoleArn, ...more });
const enriched: JsonObject = { Enrichment: 'arn:aws:lambda:us-east-1:123456789012:function:f', EnrichmentParameters: { InputTemplate: '{"n":<$.body.n>}' }, SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"n":[{"numeric":[">",2]}]}}' }] } } };

function checkAll(host: TinyHost): void {
  for (const [address, kind] of host.machines) {
    checkMachineContract({ machine: () => machines().find((candidate) => candidate.kind === kind)!, script: host.scriptOf(address), crypto: noCrypto });
  }
}

describe('the machines of Pipes', () => {
  it('keep their contract over a scenario of all they do', () => {
    const { host, ask } = service(25);
    ask('CreatePipe', pipe('p', enriched));
    ask('CreatePipe', pipe('q', { SourceParameters: { SqsQueueParameters: { MaximumBatchingWindowInSeconds: 2 } }, Tags: { a: 'b' } }));
    ask('UpdatePipe', pipe('q', { TargetParameters: { InputTemplate: 'n <$.body.n>' } }));
    for (const action of ['StopPipe', 'StartPipe', 'DescribePipe', 'ListPipes', 'DeletePipe', 'DescribePipe']) ask(action, { Name: 'q' });
    expect(ask('CreatePipe', pipe('q'))).toMatchObject({ ok: true, value: { CurrentState: 'CREATING' } });
    host.run();
    const statuses = new Set((host.journalOf(pipeArn(HOME, 'p')) as readonly { readonly status: string }[]).map(({ status }) => status));
    expect(statuses).toEqual(new Set(['delivered', 'retrying', 'filtered']));
    checkAll(host);
  });

  it('whatever is asked of them, in any order', () => {
    const action = fc.tuple(fc.constantFrom('CreatePipe', 'UpdatePipe', 'StartPipe', 'StopPipe', 'DeletePipe', 'ListPipes'), fc.constantFrom('p', 'q'), fc.constantFrom<JsonObject>({}, enriched, { DesiredState: 'STOPPED' }));
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), (actions) => {
        const { host, ask } = service(10);
        for (const [name, Name, more] of actions) expect(ask(name, pipe(Name, more))).toBeDefined();
        checkAll(host);
      }),
      { numRuns: 30, seed: 20_260_107 },
    );
  });

  it('hostile requests get an answer', () => {
    const { ask } = service(0);
    const names = fc.constantFrom('Name', 'Source', 'Target', 'SourceParameters', 'TargetParameters', 'Enrichment', 'NextToken', 'resourceArn', 'tags', 'tagKeys', '__proto__');
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(PIPES_MODEL.operations), 'toString'), fc.dictionary(names, fc.jsonValue()), (action, input) => {
        expect(typeof ask(action, JSON.parse(JSON.stringify(input)) as Json)?.ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
    let deep: Json = 'x';
    for (let depth = 0; depth < 10_000; depth++) deep = { EcsTaskParameters: deep };
    expect(ask('CreatePipe', pipe('p', { TargetParameters: deep }))).toMatchObject({ ok: false });
    expect(ask('CreatePipe', pipe('p', { Source: 'x'.repeat(10_000_000) }))).toMatchObject({ ok: false });
    for (const Name of ['constructor', '__proto__']) {
      expect(ask('DescribePipe', { Name })).toMatchObject({ ok: false, error: { Error: 'NotFoundException' } });
      expect(ask('CreatePipe', pipe(Name, { Target: 'arn:aws:constructor:us-east-1:1:x' }))).toMatchObject({ ok: false, error: { Error: 'ValidationException' } });
    }
  });
});
