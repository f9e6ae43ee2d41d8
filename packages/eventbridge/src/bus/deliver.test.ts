import type { DeliveryEntry, Failure, Json, JsonObject, Machine } from '@interstate/kernel';
import { createTinyHost, type Answer, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventBridge } from '../adapter.ts';
import { EVENTBRIDGE_LIMITS } from '../limits.ts';
import type { Target } from '../targets/target.ts';
import { BUS_KIND } from './bus-kind.ts';

const PLACE = { region: 'us-east-1', account: '123456789012' };
const BUS = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:123456789012:${resource}`;
const DEAD = arn('sqs', 'dead');

/** A target of every kind that a bus calls directly. */
const KINDS: readonly string[] = [
  arn('lambda', 'function:f'), arn('sqs', 'q'), arn('sns', 't'), arn('states', 'stateMachine:m'), arn('events', 'event-bus/other'), arn('events', 'api-destination/d/1'), arn('logs', 'log-group:/g'), arn('firehose', 'deliverystream/s'), arn('kinesis', 'stream/s'), arn('mine', 'thing'),
];

interface Bus {
  readonly host: TinyHost;
  readonly put: (...entries: readonly JsonObject[]) => Json;
  readonly entries: () => readonly DeliveryEntry[];
}

function busWith(targets: readonly Target[], answer: (request: JsonObject, to: string) => Answer, pattern = '{"source":["shop"]}'): Bus {
  const machines = (): readonly Machine[] => eventBridge(PLACE).machines;
  const host = createTinyHost({ machines, crypto: nodeCrypto, answer: (request, to) => answer(request as JsonObject, to), cut: true });
  host.spawn(BUS_KIND, BUS, { type: 'create', bus: { name: 'default', arn: BUS, creationTime: 0, modifiedTime: 0 }, seed: [1, 2, 3, 4], tags: [] });
  const ask = (action: string, input: JsonObject): Json => {
    const id = host.call(BUS, { action, input });
    host.run();
    const reply = host.replies.get(id)!;
    if (!reply.ok) throw new Error(`${action}: ${reply.error.Cause}`);
    return reply.value;
  };
  ask('PutRule', { Name: 'r', EventPattern: pattern });
  ask('PutTargets', { Rule: 'r', Targets: targets as unknown as Json });
  return { host, put: (...entries) => ask('PutEvents', { Entries: entries }), entries: () => host.journalOf(BUS) as readonly DeliveryEntry[] };
}

const EVENT = { Source: 'shop', DetailType: 't', Detail: '{"n":1}' };
const failing = (error: Failure): Answer => ({ outcome: { ok: false, error } });
const done: Answer = { outcome: { ok: true, value: {} } };

/** Attributes of a dead letter, as texts. */
function attributesOf(request: JsonObject): Record<string, string> {
  const attributes = (request['input'] as { MessageAttributes: Record<string, { StringValue: string }> }).MessageAttributes;
  return Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]));
}

describe('a delivery', () => {
  it.each(KINDS.map((target) => [target] as const))('to %s that fails at first is tried again, later and later, and named alike each time', (target) => {
    const times: number[] = [];
    const requests: string[] = [];
    const bus = busWith([{ Id: 'a', Arn: target }], (request) => {
      times.push(bus.host.now());
      requests.push(JSON.stringify(request).replace(/"timestamp":\d+/, ''));
      return times.length < 6 ? failing({ Error: 'ServiceUnavailable' }) : done;
    });
    bus.put(EVENT);
    expect(bus.entries().map(({ status, attempt }) => [status, attempt])).toEqual([...[1, 2, 3, 4, 5].map((attempt) => ['retrying', attempt]), ['delivered', 6]]);
    expect(new Set(requests).size).toBe(1);
    times.slice(1).forEach((time, index) => {
      const waited = time - times[index]!;
      expect(waited).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(waited).toBeLessThanOrEqual(1000 * 2 ** index);
    });
  });

  it.each([
    ['ThrottlingException', 'THROTTLING', true],
    ['TooManyRequestsException', 'THROTTLING', true],
    ['Timeout', 'TIMEOUT', true],
    ['ConnectionError', 'CONNECTION_FAILURE', true],
    ['TypeError', 'ERROR_FROM_TARGET', true],
    ['InternalFailure', 'ERROR_FROM_TARGET', true],
    ['AccessDeniedException', 'NO_PERMISSIONS', false],
    ['ForbiddenAddress', 'NO_PERMISSIONS', false],
    ['ResourceNotFoundException', 'NO_RESOURCE', false],
    ['AWS.SimpleQueueService.NonExistentQueue', 'NO_RESOURCE', false],
    ['StateMachineDoesNotExist', 'NO_RESOURCE', false],
    ['InvalidParameterValue', 'INVALID_PARAMETER', false],
    ['ValidationException', 'INVALID_PARAMETER', false],
  ])('that fails with %s for ever ends in the dead-letter queue as %s (another try may help: %s)', (name, code, retryable) => {
    for (const target of KINDS) {
      const letters: JsonObject[] = [];
      let attempts = 0;
      const bus = busWith([{ Id: 'a', Arn: target, RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: DEAD } }], (request, to) => {
        if (to === DEAD) {
          letters.push(request);
          return done;
        }
        attempts++;
        return failing({ Error: name, Cause: 'because' });
      });
      bus.put(EVENT);
      expect(attempts, target).toBe(retryable ? 3 : 1);
      expect(letters.map(attributesOf)).toEqual([
        {
          RULE_ARN: arn('events', 'rule/r'), TARGET_ARN: target, ERROR_CODE: code, ERROR_MESSAGE: `${name}: because`, RETRY_ATTEMPTS: String(attempts - 1),
          ...(retryable && { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' }),
        },
      ]);
      expect(JSON.parse((letters[0]!['input'] as JsonObject)['MessageBody'] as string)).toMatchObject({ source: 'shop', detail: { n: 1 } });
      expect(bus.entries().at(-1)).toMatchObject({ status: 'deadLettered', error: code });
    }
  });

  it('gives up after a day or 185 retries, where the target says nothing', () => {
    let attempts = 0;
    const bus = busWith([{ Id: 'a', Arn: KINDS[0]! }], () => failing({ Error: 'ServiceUnavailable', Cause: String(++attempts) }));
    const begun = bus.host.now();
    bus.put(EVENT);
    expect(bus.entries().at(-1)).toMatchObject({ status: 'failed' });
    expect(attempts).toBeLessThanOrEqual(186);
    expect(attempts).toBeGreaterThan(120);
    expect(bus.host.now() - begun).toBeLessThanOrEqual(86_400_000);
  });

  it('ends with the age of its event', () => {
    const letters: JsonObject[] = [];
    const bus = busWith([{ Id: 'a', Arn: KINDS[0]!, RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: DEAD } }], (request, to) => {
      if (to !== DEAD) return failing({ Error: 'Timeout' });
      letters.push(request);
      return done;
    });
    bus.put(EVENT);
    expect(attributesOf(letters[0]!)).toMatchObject({ ERROR_CODE: 'TIMEOUT', EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
  });

  it('is made known where the dead-letter queue fails too, at once or in the end', () => {
    for (const error of ['ThrottlingException', 'QueueDoesNotExist']) {
      let asked = 0;
      const bus = busWith([{ Id: 'a', Arn: KINDS[0]!, DeadLetterConfig: { Arn: DEAD } }], (_request, to) => {
        if (to === DEAD) asked++;
        return failing({ Error: to === DEAD ? error : 'ResourceNotFoundException' });
      });
      bus.put(EVENT);
      expect(asked).toBe(error === 'QueueDoesNotExist' ? 1 : EVENTBRIDGE_LIMITS.retryAttempts + 1);
      expect(bus.entries()).toMatchObject([{ status: 'failed', error: 'NO_RESOURCE', reason: expect.stringContaining('dead-letter queue did not take it') as string }]);
    }
  });

  it.each([
    ['a template that is no JSON', { InputTransformer: { InputPathsMap: { d: '$.detail' }, InputTemplate: '{"d":"<d>"}' } }, KINDS[1]!, 'INVALID_JSON'],
    ['a text for a function', { InputTransformer: { InputTemplate: '"one"\n"two"' } }, KINDS[0]!, 'INVALID_JSON'],
    ['a part for a bus', { InputPath: '$.detail' }, KINDS[4]!, 'INVALID_JSON'],
  ])('of %s is dropped, which the journal tells', (_what, input, target, error) => {
    const bus = busWith([{ Id: 'a', Arn: target, ...input }], () => done);
    bus.put(EVENT);
    expect(bus.entries()).toMatchObject([{ status: 'failed', error, attempt: 1 }]);
  });

  it('of an answer that says the entry failed is a failure', () => {
    let asked = 0;
    const bus = busWith([{ Id: 'a', Arn: KINDS[4]! }], () => ({ outcome: { ok: true, value: ++asked < 2 ? { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] } : { FailedEntryCount: 0 } } }));
    bus.put(EVENT);
    expect(bus.entries().map(({ status }) => status)).toEqual(['retrying', 'delivered']);
  });

  it('of an API destination follows its status and Retry-After', () => {
    const times: number[] = [];
    const answers = [{ StatusCode: 503, RetryAfterMs: 30_000 }, { StatusCode: 429 }, { StatusCode: 401 }, { StatusCode: 404 }];
    const bus = busWith([{ Id: 'a', Arn: KINDS[5]! }], () => {
      times.push(bus.host.now());
      return { outcome: { ok: true, value: answers[times.length - 1]! } };
    });
    bus.put(EVENT);
    expect(times[1]! - times[0]!).toBe(30_000);
    expect(bus.entries().map(({ status, error }) => [status, error])).toEqual([['retrying', 'ERROR_FROM_TARGET'], ['retrying', 'THROTTLING'], ['retrying', 'NO_PERMISSIONS'], ['failed', 'ERROR_FROM_TARGET']]);
  });

  it('goes on where its rule is deleted meanwhile', () => {
    let asked = 0;
    const bus = busWith([{ Id: 'a', Arn: KINDS[1]! }], () => (++asked < 2 ? failing({ Error: 'Timeout' }) : done));
    bus.host.call(BUS, { action: 'PutEvents', input: { Entries: [EVENT] } });
    bus.host.call(BUS, { action: 'RemoveTargets', input: { Rule: 'r', Ids: ['a'] } });
    bus.host.call(BUS, { action: 'DeleteRule', input: { Name: 'r' } });
    bus.host.run();
    expect(bus.entries().map(({ status }) => status)).toEqual(['retrying', 'delivered']);
  });

  const outcome = fc.constantFrom('ok', 'ok', 'Timeout', 'ThrottlingException', 'TypeError', 'ResourceNotFoundException', 'AccessDeniedException', 'ValidationException');

  it('ends delivered, dead-lettered or known to have failed, whatever targets answer', () => {
    fc.assert(
      fc.property(
        fc.array(outcome, { minLength: 1, maxLength: 40 }),
        fc.array(fc.record({ kind: fc.nat(KINDS.length - 1), dead: fc.boolean(), retries: fc.nat(4) }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(3000),
        (outcomes, kinds, events, afterMs) => {
          let asked = 0;
          let letters = 0;
          let delivered = 0;
          const targets = kinds.map(({ kind, dead, retries }, index): Target => ({ Id: `t${index}`, Arn: KINDS[kind]!, RetryPolicy: { MaximumRetryAttempts: retries }, ...(dead && { DeadLetterConfig: { Arn: DEAD } }) }));
          const bus = busWith(targets, (_request, to) => {
            const next = outcomes[asked++ % outcomes.length]!;
            if (next === 'ok' && to === DEAD) letters++;
            else if (next === 'ok') delivered++;
            return { outcome: next === 'ok' ? { ok: true, value: {} } : { ok: false, error: { Error: next } }, afterMs };
          });
          bus.put(...Array.from({ length: events }, () => EVENT));
          const ends = bus.entries().filter(({ status }) => status !== 'retrying');
          const count = (status: string): number => ends.filter((entry) => entry.status === status).length;
          // Nothing lost, nothing twice, nothing left.
          expect(ends).toHaveLength(events * targets.length);
          expect(count('delivered')).toBe(delivered);
          expect(count('deadLettered')).toBe(letters);
          expect(new Set(ends.map(({ messageId, to, by }) => `${messageId} ${to} ${by}`)).size).toBe(events * new Set(targets.map(({ Arn }) => Arn)).size);
          const { records } = bus.host.stateOf(BUS) as { records: { all(): ReadonlyMap<string, Json> } };
          expect([...records.all().keys()].filter((key) => key.startsWith('delivery:'))).toEqual([]);
        },
      ),
      { numRuns: 25, seed: 20_260_101 },
    );
  });
});
