import { expect, it } from 'vitest';
import { addReports, formatTotals } from './totals.ts';

it('adds up reports, files that do not load included', () => {
  const totals = addReports([
    { numPassedTests: 10, numFailedTests: 1, testResults: [{ status: 'failed', assertionResults: [{}] }, { status: 'passed', assertionResults: [] }] },
    { numPassedTests: 2, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] },
  ]);
  expect(formatTotals(totals)).toBe('12 passed, 2 failed');
  expect(formatTotals(addReports([]))).toBe('0 passed, 0 failed');
});
