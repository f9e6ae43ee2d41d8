import type { Json, JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { applyBehaviours, readBehaviours } from '../test-file/behaviour.ts';
import { testCloud } from '../test-cloud.ts';
import jsonata from './cases/jsonata.json' with { type: 'json' };
import jsonpath from './cases/jsonpath.json' with { type: 'json' };
import nested from './cases/nested.json' with { type: 'json' };
import { METRIC_OF, METRICS, reportCoverage, type Metric } from './coverage-report.ts';
import { readCoverageData } from './coverage-data.ts';
import { createCoverage, type Coverage } from './coverage.ts';
import { printDefinition } from './printed-definition.ts';

/** Machines whose coverage was worked out by hand: all that can run, and how often it does. */
interface Case {
  readonly description: string;
  readonly given: { readonly definition: JsonObject; readonly runs: readonly { readonly input?: Json; readonly mocks?: JsonObject }[] };
  readonly then: Readonly<Partial<Record<Metric, Readonly<Record<string, number>>>>>;
}

describe.each(Object.entries({ jsonpath, jsonata, nested }) as unknown as [string, readonly Case[]][])('coverage: %s', (_language, cases) => {
  it.each(cases)('$description', async ({ given, then }) => {
    const coverage = createCoverage();
    await execute(given, coverage);
    const report = reportCoverage(coverage.data());
    expect(report.definitions.length).toBe(1);
    const found: Partial<Record<Metric, Record<string, number>>> = {};
    for (const { kind, pointer, count } of report.definitions[0]!.points) (found[METRIC_OF[kind]] ??= {})[pointer] = count;
    expect(found).toEqual(then);
    for (const metric of METRICS) {
      const counts = Object.values(then[metric] ?? {});
      expect(report.totals[metric]).toEqual({ covered: counts.filter((count) => count > 0).length, total: counts.length });
    }
  });
});

/** Each run in a cloud of its own. */
async function execute({ definition, runs }: Case['given'], coverage: Coverage): Promise<void> {
  if (runs.length === 0) await testCloud({ coverage }).states.create({ definition });
  for (const { input = {}, mocks = {} } of runs) {
    const cloud = testCloud({ coverage });
    for (const [target, behaviours] of Object.entries(mocks)) applyBehaviours(cloud.mock(target), readBehaviours(behaviours, target));
    await cloud.run(definition, input);
    cloud.close();
  }
}

describe('coverage of TestState', () => {
  const Charge = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', Catch: [{ ErrorEquals: ['Declined'], Next: 'Tell' }], End: true };
  const definition: JsonObject = { StartAt: 'Charge', States: { Charge, Tell: { Type: 'Pass', End: true } } };
  const roleArn = 'arn:aws:iam::123456789012:role/r';
  const countsOf = (coverage: Coverage, sources: Parameters<typeof reportCoverage>[1] = []): unknown =>
    reportCoverage(readCoverageData(JSON.parse(JSON.stringify(coverage.data()))), sources).definitions.map(({ points }) => Object.fromEntries(points.filter(({ count }) => count > 0).map(({ pointer, count }) => [pointer, count])));

  it('counts what a state of a machine runs, once, whether its Task is mocked or asked', async () => {
    const cloud = testCloud({ coverage: true, functions: { charge: () => 'paid' } });
    const test = { definition: JSON.stringify(definition), stateName: 'Charge', roleArn };
    expect((await cloud.sfn.testState(test)).output).toBe('"paid"');
    expect(countsOf(cloud.coverage!)).toEqual([{ '/States/Charge': 1 }]);
    await cloud.sfn.testState({ ...test, mock: { errorOutput: { error: 'Declined' } } });
    expect(countsOf(cloud.coverage!)).toEqual([{ '/States/Charge': 2, '/States/Charge/Catch/0': 1, '/States/Charge/Catch/0/Next': 1 }]);
    cloud.close();
  });

  it('counts a state given by itself wherever the same state stands, and nowhere else', async () => {
    const cloud = testCloud({ coverage: true });
    await cloud.sfn.testState({ definition: JSON.stringify(Charge), roleArn, mock: { errorOutput: { error: 'Declined' } } });
    expect(countsOf(cloud.coverage!)).toEqual([]);
    const source = { name: 'order', definition, ...printDefinition(definition) };
    const counts = { '/States/Charge': 1, '/States/Charge/Catch/0': 1, '/States/Charge/Catch/0/Next': 1 };
    expect(countsOf(cloud.coverage!, [source])).toEqual([counts]);
    await cloud.states.create({ definition });
    expect(countsOf(cloud.coverage!)).toEqual([counts]);
    cloud.close();
  });
});
