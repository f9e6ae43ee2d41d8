/** Limits of EventBridge Scheduler, relaxable by name. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html */
export const SCHEDULER_LIMITS = {
  /** Schedules of one group. (AWS counts those of an account.) */
  schedules: 1_000_000,
  scheduleGroups: 500,
  tags: 50,
  /** How far in the past a StartDate may lie, in seconds. */
  startDateAgeSeconds: 300,
  /** Wait before the first retry, doubled with each, to the most. Real waits are between half and all of it. */
  firstRetryMs: 1000,
  longestRetryMs: 600_000,
} as const;

export type SchedulerLimits = { readonly [Name in keyof typeof SCHEDULER_LIMITS]: number };

/** Seconds an invocation is tried for, and how often after the first attempt, where the RetryPolicy does not say. */
export const DEFAULT_RETRY_POLICY = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } as const;
