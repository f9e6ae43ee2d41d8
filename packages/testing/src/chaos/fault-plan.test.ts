import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryFaultKind, Fault } from './fault.ts';
import { drawFaults, faultsAt, minimise, singleFaults } from './fault-plan.ts';
import { faultText } from './fault-text.ts';
import type { Opportunity } from './opportunity.ts';

const KINDS: readonly DeliveryFaultKind[] = ['duplicate', 'late', 'outOfOrder', 'redelivered', 'died', 'failing'];

const place = fc.record({
  type: fc.constant('handOver' as const),
  from: fc.constantFrom('outside', 'arn:aws:sqs:us-east-1:123456789012:q', ''),
  to: fc.constantFrom('arn:aws:lambda:us-east-1:123456789012:function:f', 'arn:', 'arn:aws:sqs:us-east-1:123456789012:'),
  action: fc.constantFrom('Invoke', 'SendMessageBatch', 'DeleteMessage', 'PutEvents', 'constructor', '__proto__'),
  input: fc.dictionary(fc.constantFrom('Payload', 'Entries', 'Records', 'MessageBody'), fc.jsonValue() as fc.Arbitrary<never>),
  kinds: fc.subarray([...KINDS], { minLength: 1 }),
  latestSeconds: fc.constantFrom(900, 86_400),
});
const attempt = fc.record({
  type: fc.constant('task' as const),
  stateName: fc.string(),
  executionArn: fc.string(),
  resource: fc.string(),
  retryCount: fc.nat(3),
  iteration: fc.constant([]),
  errors: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
  named: fc.array(fc.string(), { maxLength: 2 }),
  isLong: fc.boolean(),
});
const opportunities: fc.Arbitrary<readonly Opportunity[]> = fc.array(fc.oneof(place, attempt), { maxLength: 12 }).map((places) => places.map((each, at) => ({ ...each, at })));

describe('faults drawn from a seed', () => {
  it('are the same for the same seed, few, in order, and such as can be there', () => {
    fc.assert(
      fc.property(opportunities, fc.nat(), (places, seed) => {
        const faults = drawFaults(places, seed);
        expect(drawFaults(places, seed)).toEqual(faults);
        expect(faults.length).toBeLessThanOrEqual(4);
        expect(faults.map(({ at }) => at)).toEqual([...new Set(faults.map(({ at }) => at))].sort((a, b) => a - b));
        for (const { at, kind, error, delaySeconds } of faults) {
          const there = places[Math.min(at, places.length - 1)]!;
          expect(faultsAt(there).map((fault) => [fault.kind, fault.error])).toContainEqual([kind, error]);
          if (kind === 'late') expect(delaySeconds! >= 1 && delaySeconds! <= (there as { readonly latestSeconds: number }).latestSeconds).toBe(true);
        }
      }),
    );
  });
});

it('every fault can be told, whatever is handed on', () => {
  fc.assert(
    fc.property(opportunities, (places) => {
      for (const fault of places.flatMap(faultsAt)) expect(faultText(fault, places[fault.at]!)).not.toMatch(/undefined|NaN|\[object/);
    }),
  );
});

it('whoever fails for good is tried once', () => {
  const [there] = fc.sample(place, 1).map((each) => ({ ...each, kinds: ['failing', 'died'] as const, to: 'arn:aws:lambda:us-east-1:123456789012:function:f' }));
  const faults = singleFaults([0, 1, 2].map((at) => ({ ...there!, at })));
  expect(faults.map(({ at, kind }) => [at, kind])).toEqual([[0, 'failing'], [0, 'died'], [1, 'died'], [2, 'died']]);
});

it('of several faults the shortest run keeps those that it takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }).chain((count) => fc.tuple(fc.constant(count), fc.subarray([...Array(count).keys()], { minLength: 1 }))), async ([count, needed]) => {
      const faults = Array.from({ length: count }, (_, at): Fault => ({ at, kind: 'late' }));
      const shortest = await minimise(faults, async (fewer) => (needed.every((at) => fewer.some((fault) => fault.at === at)) ? fewer : undefined));
      expect((shortest ?? faults).map(({ at }) => at)).toEqual(needed);
    }),
  );
});
