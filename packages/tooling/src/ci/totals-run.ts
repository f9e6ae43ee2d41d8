import { existsSync, readFileSync } from 'node:fs';
import { addReports, formatTotals } from './totals.ts';

/** `npm run tool -- totals <vitest JSON report>…`: prints `N passed, N failed`. A report that is not there counts as one failure. */
export function run(files: readonly string[]): number {
  const there = files.filter((file) => existsSync(file));
  const totals = addReports(there.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof addReports>[0][number]));
  const failed = totals.failed + files.length - there.length;
  process.stdout.write(`${formatTotals({ ...totals, failed })}\n`);
  return failed === 0 ? 0 : 1;
}
