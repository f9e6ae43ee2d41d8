import type { MapRunStart } from '@interstate/core';

/**
 * Implements ToleratedFailureCount and ToleratedFailurePercentage: true where too many items have failed. Without either, the
 * first failure breaks the run. A percentage can be judged only once all items are known. @param total items in all, null while unknown
 */
export function isBroken(start: MapRunStart, failedItems: number, total: number | null): boolean {
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = start;
  if (failedItems === 0) return false;
  if (count === null && percentage === null) return true;
  if (count !== null && failedItems > count) return true;
  return percentage !== null && total !== null && (failedItems / total) * 100 > percentage;
}
