import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTSIDE, type Envelope } from './envelope.ts';
import { SeededQueue } from './seeded-queue.ts';

const MACHINES = ['a', 'b', 'c', 'd'];

interface Sent extends Envelope {
  /** Everything that may have led to this message: by number. */
  readonly past: ReadonlySet<number>;
}

/** Machines that answer whatever they take with messages to others, as a plan says; gives what was taken, in order. */
function run(seed: number, plan: readonly (readonly number[])[]): Sent[] {
  const queue = new SeededQueue(seed);
  const known = new Map(MACHINES.map((name) => [name, new Set<number>()]));
  const taken: Sent[] = [];
  let sequence = 0;
  const send = (from: string, to: string, past: ReadonlySet<number>): void => {
    const sent: Sent = { from, to, sequence: ++sequence, message: { type: 'continue' }, past: new Set(past) };
    known.get(from)?.add(sequence);
    queue.push(sent);
  };
  for (const to of MACHINES) send(OUTSIDE, to, new Set());
  while (!queue.isEmpty) {
    const envelope = queue.take() as Sent;
    taken.push(envelope);
    const past = known.get(envelope.to)!;
    for (const number of [...envelope.past, envelope.sequence]) past.add(number);
    for (const to of plan[taken.length % plan.length] ?? []) if (sequence < 100) send(envelope.to, MACHINES[to]!, past);
  }
  return taken;
}

const plans = fc.array(fc.array(fc.nat({ max: MACHINES.length - 1 }), { maxLength: 3 }), { minLength: 1, maxLength: 20 });

test('every message is taken once, and none before one to the same receiver that may have led to it', () => {
  fc.assert(
    fc.property(fc.nat(), plans, (seed, plan) => {
      const taken = run(seed, plan);
      const position = new Map(taken.map(({ sequence }, index) => [sequence, index]));
      expect(position.size).toBe(taken.length);
      const overtaken = taken.flatMap(({ from, to, sequence, past }, index) =>
        taken.filter((other) => other.to === to && (past.has(other.sequence) || (other.from === from && other.sequence < sequence)) && position.get(other.sequence)! >= index),
      );
      expect(overtaken).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('the same seed gives the same order, other seeds others', () => {
  const plan = [[1, 2, 3], [0, 2], [], [3, 1]];
  const order = (seed: number): string => run(seed, plan).map(({ sequence }) => sequence).join();
  expect(order(1)).toBe(order(1));
  expect(new Set([1, 2, 3, 4, 5, 6].map(order)).size).toBeGreaterThan(3);
});
