import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import floors from './floors.json' with { type: 'json' };
import { casesFolder } from './folder.ts';
import { belowFloor, formatReport } from './report.ts';
import type { HostKind, SuiteResult } from './suite.ts';
import { suites } from './suites.ts';
import { unsoundOf } from './unsound.ts';

/**
 * `npm run conformance -- [--cases <folder>] [--suite <id>] [--host memory|crash] [--misses] [--json]`.
 * Fails below the committed floors on the default folder only. Without a default folder it says so and succeeds.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { cases: { type: 'string' }, suite: { type: 'string' }, host: { type: 'string', default: 'memory' }, misses: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const { host, suite } = values;
  if (!isHostKind(host) || (suite !== undefined && !suites.some(({ id }) => id === suite))) {
    process.stderr.write(`--host is memory or crash; --suite is one of ${suites.map(({ id }) => id).join(', ')}.\n`);
    return 2;
  }
  const folder = casesFolder(values.cases);
  if (!existsSync(folder.path)) {
    process.stderr.write(`No conformance cases at ${folder.path}: nothing to run. Name a folder with --cases or CONFORMANCE_DIR.\n`);
    if (values.json === true) process.stdout.write('[]\n');
    return folder.isDefault ? 0 : 1;
  }
  const results = await runSuites(folder.path, host, suite);
  if (values.json === true) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else process.stdout.write(`${formatReport(results)}\n`);
  if (values.misses === true) for (const { suite, misses } of results) for (const { id, rule, reason } of misses) process.stdout.write(`\n${suite} ${id} (${rule})\n  ${reason}\n`);
  if (!folder.isDefault) return 0;
  const faults = belowFloor(results, floors);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}

function isHostKind(text: string): text is HostKind {
  return text === 'memory' || text === 'crash';
}

/** Runs every suite that the folder holds. */
export async function runSuites(path: string, host: HostKind, only?: string): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of suites.filter(({ id }) => only === undefined || id === only)) {
    const result = await suite.run(path, { host, unsound: new Set(unsoundOf(suite.id).map(({ id }) => id)) });
    if (result !== undefined) results.push(result);
  }
  return results;
}
