import type { RunRecord } from './run-state.ts';

/**
 * Implements ToleratedFailureCount and ToleratedFailurePercentage: true where too many items have failed. Without either, the
 * first failure breaks the run. A percentage can be judged only once all items are known.
 */
export function exceedsTolerance(run: Pick<RunRecord, 'toleratedFailureCount' | 'toleratedFailurePercentage' | 'exhausted' | 'nextItem'>, failedItems: number): boolean {
  const { toleratedFailureCount: most, toleratedFailurePercentage: percentage } = run;
  if (failedItems === 0) return false;
  if (most === null && percentage === null) return true;
  if (most !== null && failedItems > most) return true;
  return percentage !== null && run.exhausted && (failedItems / run.nextItem) * 100 > percentage;
}
