import type { MapRunStart } from '@interstate/core';
import type { Outcome } from '@interstate/kernel';

/**
 * The failure of a Map run of which this many iterations failed; undefined where that is borne. A Map that names no tolerance
 * bears all of them here: what its iterations did is told by the mocked result.
 */
export function toleranceFailure(
  { toleratedFailureCount: count, toleratedFailurePercentage: percentage }: Pick<MapRunStart, 'toleratedFailureCount' | 'toleratedFailurePercentage'>,
  failed: number,
  iterations: number,
): Outcome | undefined {
  const isBorne = (count === null || failed <= count) && (percentage === null || failed * 100 <= percentage * iterations);
  if (isBorne) return undefined;
  return { ok: false, error: { Error: 'States.ExceedToleratedFailureThreshold', Cause: 'The specified tolerated failure threshold was exceeded' } };
}
