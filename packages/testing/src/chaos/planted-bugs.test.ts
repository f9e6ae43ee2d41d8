import type { Json, JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import cases from '../../cases/planted-bugs.json' with { type: 'json' };
import type { TestCloud } from '../test-cloud.ts';
import { runFileTest } from '../test-file/run-file-test.ts';
import { readTestFile } from '../test-file/test-file.ts';
import { chaos, type ChaosReport } from './chaos.ts';
import { runOnce } from './chaos-run.ts';
import type { Fault } from './fault.ts';
import { faultsAt } from './fault-plan.ts';
import { startedOnce } from './scenario.ts';
import { StateIndex } from './state-index.ts';

/** A small machine with a bug in it, the same without, and a test that tells them apart. */
interface PlantedBug {
  readonly name: string;
  readonly input: Json;
  /** What states' Tasks answer. Functions give back what they get. */
  readonly answers: Readonly<Record<string, Json>>;
  readonly bug: JsonObject;
  readonly fixed: JsonObject;
  /** As in a test file; `keyed`: what tells them apart is what happens where the first answer is lost, and the other side knows its keys. */
  readonly test: JsonObject;
  /** Nobody could know without being told: chaos is not asked. */
  readonly told?: boolean;
}

const bugs = cases as unknown as readonly PlantedBug[];
const echo = (event: unknown): unknown => event;
const functions = { charge: echo, pack: echo, reserve: echo, ask: echo, 'check-payment': echo };

function shake({ input, answers }: PlantedBug, definition: JsonObject): Promise<ChaosReport> {
  const prepare = (cloud: TestCloud): void => {
    for (const [state, answer] of Object.entries(answers)) cloud.mock(state).returns(answer);
  };
  return chaos({ definition, input, functions, prepare, seeds: { from: 1, to: 10 } });
}

async function runTest({ input, test, name }: PlantedBug, definition: JsonObject): Promise<boolean> {
  const { keyed, ...plain } = test;
  if (keyed === true) return (await effectsOf(definition, input, 'lost')) === (await effectsOf(definition, input, 'told'));
  const { tests } = readTestFile({ tests: { [name]: { input, ...plain } } });
  return (await runFileTest(tests[0]!, { definition, functions })).status === 'passed';
}

/** How often the other side does something: what comes again with a key it knows is without effect. @param answer the first one's fate */
async function effectsOf(definition: JsonObject, input: Json, answer: 'told' | 'lost'): Promise<number> {
  const run = (faults: readonly Fault[]) => {
    const keys = new Set<unknown>();
    let unkeyed = 0;
    const keep = ({ IdempotencyKey: key }: { readonly IdempotencyKey?: string }): null => {
      if (key === undefined) unkeyed++;
      else keys.add(key);
      return null;
    };
    const sideEffects = async ({ sqs }: TestCloud): Promise<number> => {
      const counts = await Promise.all(QUEUES.map(({ QueueName }) => sqs.getQueueAttributes({ QueueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${QueueName}`, AttributeNames: ['ApproximateNumberOfMessages'] })));
      return counts.reduce((sum, { Attributes }) => sum + Number(Attributes!['ApproximateNumberOfMessages']), unkeyed + keys.size);
    };
    const application = async (cloud: TestCloud) => {
      for (const queue of QUEUES) await cloud.sqs.createQueue(queue);
      return { ...(await startedOnce({ definition, input })(cloud)), outcome: () => sideEffects(cloud) };
    };
    return runOnce({ application, functions: { charge: keep, reserve: keep } }, faults, new StateIndex());
  };
  const told = await run([]);
  if (answer === 'told') return told.outcome as number;
  const lost = await run([faultsAt(told.opportunities[0]!).find(({ kind }) => kind === 'answerLost')!]);
  expect(lost.faults.length).toBe(1);
  expect(lost.execution?.status).toBe('SUCCEEDED');
  return lost.outcome as number;
}

const QUEUES = [{ QueueName: 'orders' }, { QueueName: 'orders.fifo', Attributes: { FifoQueue: 'true' } }];

it('there are enough of them', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(25);
});

describe.each(bugs.map((bug) => [bug.name, bug] as const))('%s', { timeout: 60_000 }, (_name, bug) => {
  if (bug.test['keyed'] === true) {
    it('does once more what it does where nothing goes wrong, and its fixed twin does not', async () => {
      const [told, lost] = [await effectsOf(bug.bug, bug.input, 'told'), await effectsOf(bug.bug, bug.input, 'lost')];
      expect([told > 0, lost - told]).toEqual([true, 1]);
      expect(await effectsOf(bug.fixed, bug.input, 'lost')).toBe(told);
    });
  }

  it('is caught by a test, which its fixed twin passes', async () => {
    expect([await runTest(bug, bug.bug), await runTest(bug, bug.fixed)]).toEqual([false, true]);
  });

  it(bug.told ? 'is quiet in its fixed twin' : 'is found by chaos, which leaves its fixed twin alone', async () => {
    const fixed = await shake(bug, bug.fixed);
    expect(fixed.findings.map(({ story }) => story)).toEqual([]);
    if (!bug.told) expect((await shake(bug, bug.bug)).findings.length).toBeGreaterThan(0);
  });
});
