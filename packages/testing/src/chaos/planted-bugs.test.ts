import type { Json, JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import cases from '../../cases/planted-bugs.json' with { type: 'json' };
import type { TestCloud } from '../test-cloud.ts';
import { runFileTest } from '../test-file/run-file-test.ts';
import { readTestFile } from '../test-file/test-file.ts';
import { chaos, type ChaosReport } from './chaos.ts';

/** A small machine with a bug in it, the same without, and a test that tells them apart. */
interface PlantedBug {
  readonly name: string;
  readonly input: Json;
  /** What states' Tasks answer. Functions give back what they get. */
  readonly answers: Readonly<Record<string, Json>>;
  readonly bug: JsonObject;
  readonly fixed: JsonObject;
  /** As in a test file; `keyed`: what tells them apart is whether the Task passes an idempotency key. */
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
  if (keyed === true) return JSON.stringify(definition).match(/IdempotencyKey|MessageDeduplicationId/) !== null;
  const { tests } = readTestFile({ tests: { [name]: { input, ...plain } } });
  return (await runFileTest(tests[0]!, { definition, functions })).status === 'passed';
}

it('there are enough of them', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(25);
});

describe.each(bugs.map((bug) => [bug.name, bug] as const))('%s', { timeout: 60_000 }, (_name, bug) => {
  it('is caught by a test, which its fixed twin passes', async () => {
    expect([await runTest(bug, bug.bug), await runTest(bug, bug.fixed)]).toEqual([false, true]);
  });

  it(bug.told ? 'is quiet in its fixed twin' : 'is found by chaos, which leaves its fixed twin alone', async () => {
    const fixed = await shake(bug, bug.fixed);
    expect(fixed.findings.map(({ story }) => story)).toEqual([]);
    if (!bug.told) expect((await shake(bug, bug.bug)).findings.length).toBeGreaterThan(0);
  });
});
