import { reasonOf } from './reasons.ts';
import { groupByRule, percent } from './report.ts';
import type { Miss, SuiteResult } from './suite.ts';
import { unsoundOf } from './unsound.ts';

const WHAT: Readonly<Record<string, string>> = {
  api: 'Calls of the API recorded from AWS, in their order: every answer, refusals included',
  'executions-history': 'Executions recorded from AWS with their history: status, output, error, cause and every event, its details and ids',
  'executions-output': 'Executions recorded from AWS by their outcome alone',
  'input-transformer': 'What AWS sent to the targets of rules by InputPath, Input and InputTransformer',
  'invalid-definitions': 'Definitions that AWS judged: code and message, or every diagnostic',
  'invalid-definitions-unvalidated': 'Definitions known to be refused, though not from AWS: that we refuse them',
  jsonata: "The official JSONata test suite, without `$eval` and time limits",
  'jsonata-default-operators': 'JSONata `?:` and `??`, of which nobody knows whether AWS has them',
  jsonpath: 'What Jayway json-path answers: kind and value, and the message of missing paths',
  'executions-replayed': 'The same executions run again by the replay of recorded histories',
  'modelled-tasks': 'Tasks recorded from AWS on SQS, SNS and EventBridge, with the models behind them',
  'test-state': 'States tested alone: what TestState answered, at every inspection level, with and without mocks',
  'schedule-expressions': 'When schedule expressions fire next, and which are refused',
  'event-patterns': 'Which event patterns match which events, and which are refused in which words',
  'sns-filter-policies': 'Which messages an SNS filter policy lets through, and which policies are refused in which words',
};

/** The page that says how close to AWS we are, from the results of a conformance run. */
export function formatFidelity(results: readonly SuiteResult[]): string {
  return `${[
    '# How close to AWS',
    '',
    'Written by `npm run fidelity` from the conformance run; do not edit. `npm run conformance` prints the same figures.',
    '',
    '| suite | what is compared | cases | passed | |',
    '|---|---|---:|---:|---:|',
    ...results.map((result) => `| \`${result.suite}\` | ${WHAT[result.suite] ?? ''} | ${result.cases} | ${result.passed} | ${percent(result)} |`),
    ...results.flatMap(formatSuite),
  ].join('\n')}\n`;
}

function formatSuite({ suite, misses }: SuiteResult): string[] {
  const unsound = unsoundOf(suite);
  if (misses.length === 0 && unsound.length === 0) return [];
  return [
    '',
    `## ${suite}`,
    ...groupByRule(misses).flatMap(([rule, group]) => ['', `### ${rule} (${group.length})`, '', ...group.map((miss) => formatMiss(suite, miss))]),
    ...(unsound.length === 0 ? [] : ['', '### Set aside', '', 'Recordings that contradict themselves or others:', '', ...unsound.map(({ id, contradiction }) => `- \`${id}\`: ${contradiction}`)]),
  ];
}

function formatMiss(suite: string, miss: Miss): string {
  return `- \`${miss.id}\`: ${reasonOf(suite, miss) ?? '**unexplained**'}`;
}
