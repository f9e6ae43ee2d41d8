import type { Json, JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { applyBehaviours, readBehaviours } from '../test-file/behaviour.ts';
import { testCloud } from '../test-cloud.ts';
import jsonata from './cases/jsonata.json' with { type: 'json' };
import jsonpath from './cases/jsonpath.json' with { type: 'json' };
import nested from './cases/nested.json' with { type: 'json' };
import { METRIC_OF, METRICS, reportCoverage, type Metric } from './coverage-report.ts';
import { createCoverage, type Coverage } from './coverage.ts';

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
