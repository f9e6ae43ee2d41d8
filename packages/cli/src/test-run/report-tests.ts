import type { Colors } from 'picocolors/types';
import { formatDuration, visible } from '../text.ts';
import { hasFailed, type TestFileReport } from './run-test-file.ts';

/** Tests counted over reports. A file that could not be run is one failed test. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function totalsOf(reports: readonly TestFileReport[]): TestTotals {
  const tests = reports.flatMap((report) => report.tests);
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  return { passed: count('passed'), failed: count('failed') + reports.filter(({ fault }) => fault !== undefined).length, skipped: count('skipped') };
}

/** A line for the file; what it is warned of; and for each failure what was otherwise. */
export function reportText(report: TestFileReport, color: Colors): string {
  const { file, tests, fault } = report;
  if (fault !== undefined) {
    const said = fault.startsWith(`${file}: `) ? fault.slice(file.length + 2) : fault;
    return `${color.red('✗')} ${visible(file)}\n${said.split('\n').map((line) => `    ${visible(line.trim())}\n`).join('')}`;
  }
  const failures = tests.filter(({ status }) => status === 'failed');
  const took = tests.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const skipped = tests.filter(({ status }) => status === 'skipped').length;
  const counts = [`${tests.length - failures.length - skipped} passed`, ...(failures.length > 0 ? [`${failures.length} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ');
  const head = `${hasFailed(report) ? color.red('✗') : color.green('✔')} ${visible(file)} ${color.dim(`${counts} in ${formatDuration(took)}`)}\n`;
  const warned = tests.flatMap(({ name, warnings }) => warnings.map((line) => `  ${color.yellow('warning')} ${visible(name)}: ${visible(line)}\n`)).join('');
  return head + warned + failures.map(({ name, faults }) => `  ${color.red('✗')} ${visible(name)}\n${faults.map((line) => `      ${visible(line)}\n`).join('')}`).join('');
}

export function summaryText(reports: readonly TestFileReport[], tookMs: number, color: Colors): string {
  const { passed, failed, skipped } = totalsOf(reports);
  const mark = failed === 0 ? color.green('✔') : color.red('✗');
  return `${mark} ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''} in ${reports.length} ${reports.length === 1 ? 'file' : 'files'}, ${formatDuration(tookMs)}\n`;
}
