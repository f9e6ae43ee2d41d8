/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** ISO 8601 with milliseconds and `Z`, as the Step Functions context object shows times. */
export function formatTimestamp(time: EpochMs): string {
  return new Date(time).toISOString();
}
