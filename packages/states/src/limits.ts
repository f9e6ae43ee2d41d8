/** AWS's numbers for the Step Functions API. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const STATES_LIMITS = {
  nameCharacters: 80,
  inputBytes: 262_144,
  definitionCharacters: 1_048_576,
  taskTokenCharacters: 2048,
  /** How long GetActivityTask waits for work. */
  activityPollSeconds: 60,
  /** Entries of a list where maxResults does not say. */
  pageItems: 100,
  /** Child executions of a Map run at once. */
  mapRunConcurrency: 10_000,
} as const;
