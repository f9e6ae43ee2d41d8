/** AWS's numbers for the Step Functions API. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export interface StatesLimits {
  /** Characters of names of state machines, executions and activities. */
  readonly nameCharacters: number;
  /** UTF-8 bytes of an execution's input and of a task token's output. */
  readonly inputBytes: number;
  readonly definitionCharacters: number;
  readonly taskTokenCharacters: number;
  /** How long GetActivityTask waits for work. */
  readonly activityPollSeconds: number;
  /** Workers that may wait on one activity at once. */
  readonly activityPollers: number;
  /** Child executions of a Map run at once. */
  readonly mapRunConcurrency: number;
  readonly stateMachines: number;
  readonly activities: number;
  /** Open executions of an account. */
  readonly openExecutions: number;
  readonly versions: number;
  readonly aliases: number;
  readonly tags: number;
  /** Results of a page where the request does not say. */
  readonly pageResults: number;
  /** How long a page token can be used. */
  readonly pageTokenHours: number;
  /** How long an ended Standard execution, its history and its name are kept. */
  readonly retentionDays: number;
  /** How long an ended Express execution can still be looked at by the application that runs it. */
  readonly expressRetentionMinutes: number;
}

export const STATES_LIMITS: StatesLimits = {
  nameCharacters: 80,
  inputBytes: 262_144,
  definitionCharacters: 1_048_576,
  taskTokenCharacters: 2048,
  activityPollSeconds: 60,
  activityPollers: 1000,
  mapRunConcurrency: 10_000,
  stateMachines: 100_000,
  activities: 100_000,
  openExecutions: 1_000_000,
  versions: 1000,
  aliases: 100,
  tags: 50,
  pageResults: 100,
  pageTokenHours: 24,
  retentionDays: 90,
  expressRetentionMinutes: 5,
};
