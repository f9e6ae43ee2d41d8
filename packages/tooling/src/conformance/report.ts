import { formatTable } from '../table.ts';
import type { Miss, SuiteResult } from './suite.ts';

/** Misses of a suite by rule, the most first. */
export function groupByRule(misses: readonly Miss[]): [rule: string, misses: Miss[]][] {
  const groups = new Map<string, Miss[]>();
  for (const miss of misses) groups.set(miss.rule, [...(groups.get(miss.rule) ?? []), miss]);
  return [...groups].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
}

export function percent({ cases, passed }: SuiteResult): string {
  // Rounded down: 100 % means all of them.
  return cases === 0 ? '–' : `${(Math.floor((passed / cases) * 10_000) / 100).toFixed(2)} %`;
}

/** The table of all suites, then each suite's misses counted by rule. */
export function formatReport(results: readonly SuiteResult[]): string {
  const table = formatTable([
    ['suite', 'cases', 'passed', '', 'misses'],
    ...results.map((result) => [result.suite, String(result.cases), String(result.passed), percent(result), String(result.misses.length)]),
  ]);
  const byRule = results.flatMap(({ suite, misses }) =>
    misses.length === 0 ? [] : [`\n${suite}, misses by rule:`, ...groupByRule(misses).map(([rule, group]) => `  ${String(group.length).padStart(4)}  ${rule}`)],
  );
  return [table, ...byRule].join('\n');
}

/** Suites below their committed floor, as sentences. */
export function belowFloor(results: readonly SuiteResult[], floors: Readonly<Record<string, number>>): string[] {
  return Object.entries(floors).flatMap(([suite, floor]) => {
    const result = results.find((candidate) => candidate.suite === suite);
    return result !== undefined && result.passed < floor ? [`${suite}: ${result.passed} passed, below the floor of ${floor}`] : [];
  });
}
