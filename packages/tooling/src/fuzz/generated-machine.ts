import type { Json, JsonObject } from '@interstate/kernel';
import fc from 'fast-check';
import { machineWriter, type GeneratedMachine, type Plan } from './machine-writer.ts';

/** Values a payload may hold: small, and some of them meant to trip. */
export const payloadValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 12 }) },
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'bär', '𝒳', '2026-01-01T00:00:00Z', '{% 1 %}', '$.a', '*', '\\') },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom<Json>([], {}, [1, [2]], { a: { b: 1 } }, 0.5, 9007199254740991) },
);

const language = fc.constantFrom('JSONPath' as const, 'JSONata' as const);
const seconds = fc.integer({ min: 0, max: 4 });
const errorName = fc.constantFrom('Card.Declined', 'Custom', 'States.TaskFailed', 'States.ALL', 'States.Timeout', 'States.HeartbeatTimeout', 'States.Runtime');

const outcome = fc.oneof(
  { weight: 5, arbitrary: fc.record({ value: payloadValue, afterMs: fc.constantFrom(0, 0, 0, 500, 1000, 3000) }) },
  { weight: 4, arbitrary: fc.record({ error: fc.constantFrom('Card.Declined', 'Custom', 'States.TaskFailed'), afterMs: fc.constantFrom(0, 0, 1000) }) },
  { weight: 1, arbitrary: fc.constant({ never: true as const }) },
);

const retry = fc.array(
  fc.record({
    error: errorName,
    interval: fc.integer({ min: 1, max: 3 }),
    attempts: fc.integer({ min: 0, max: 2 }),
    rate: fc.constantFrom(1, 1.5, 2),
    maxDelay: fc.option(fc.integer({ min: 4, max: 6 }), { nil: undefined }),
    jitter: fc.boolean(),
  }),
  { maxLength: 2 },
);
const catching = fc.option(fc.record({ error: errorName, assign: fc.boolean() }), { nil: undefined, freq: 1 });

const { group } = fc.letrec<{ group: readonly Plan[]; state: Plan }>((tie) => ({
  group: fc.array(tie('state'), { minLength: 1, maxLength: 4 }),
  state: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'states', depthSize: 'small' },
    fc.record({ type: fc.constant('Pass' as const), language, how: fc.nat(5), value: payloadValue }),
    fc.record({
      type: fc.constant('Task' as const),
      language,
      resource: fc.constantFrom('function' as const, 'function' as const, 'service' as const, 'callback' as const),
      outcomes: fc.array(outcome, { minLength: 1, maxLength: 3 }),
      retry,
      catching,
      timeout: fc.option(fc.integer({ min: 2, max: 5 }), { nil: undefined }),
      heartbeat: fc.boolean(),
      how: fc.nat(2),
    }),
    fc.record({ type: fc.constant('Wait' as const), language, how: fc.nat(2), seconds }),
    fc.record({ type: fc.constant('Fail' as const), language, how: fc.nat(2), unlikely: fc.nat(3) }),
    fc.record({ type: fc.constant('Succeed' as const), language, unlikely: fc.nat(3) }),
    fc.record({ type: fc.constant('Choice' as const), language, how: fc.nat(3), value: payloadValue }),
    fc.record({ type: fc.constant('Loop' as const), language, times: fc.integer({ min: 1, max: 3 }), variable: fc.boolean(), body: tie('group') }),
    fc.record({ type: fc.constant('Parallel' as const), language, branches: fc.array(tie('group'), { minLength: 1, maxLength: 3 }), retry, catching }),
    fc.record({
      type: fc.constant('Map' as const),
      language,
      items: fc.array(payloadValue, { maxLength: 4 }),
      concurrency: fc.integer({ min: 0, max: 3 }),
      selector: fc.boolean(),
      distributed: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
      tolerated: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      processor: tie('group'),
      retry,
      catching,
    }),
  ) as fc.Arbitrary<Plan>,
}));

/** State machines of every state type, in both query languages, nested, with what their Tasks will answer; and an input. */
export const generatedMachine: fc.Arbitrary<GeneratedMachine> = fc
  .record({
    root: language,
    group,
    timeoutSeconds: fc.option(fc.integer({ min: 3, max: 30 }), { nil: undefined, freq: 5 }),
    input: fc.record({ n: fc.integer({ min: 0, max: 5 }), s: payloadValue, items: fc.array(payloadValue, { maxLength: 3 }) }) as fc.Arbitrary<JsonObject>,
  })
  .map((plan) => machineWriter(plan));
