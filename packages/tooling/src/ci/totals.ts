/** What a vitest JSON report says in sum. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Adds up reports. A test file that failed before it had any test (it does not load) counts as one failure. */
export function addReports(reports: readonly Report[]): Totals {
  let passed = 0;
  let failed = 0;
  for (const report of reports) {
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    failed += report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  }
  return { passed, failed };
}

export function formatTotals({ passed, failed }: Totals): string {
  return `${passed} passed, ${failed} failed`;
}
