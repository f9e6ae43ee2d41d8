/** AWS's numbers; any of them can be relaxed by name. */
export interface EventBridgeLimits {
  /** Entries of one PutEvents or PutPartnerEvents call; the shape allows 10 and 20. Bytes of all its entries together (default 262,144). */
  readonly putEventsBytes: number;
  /** Characters of a DetailType. */
  readonly detailTypeLength: number;
  /** Depth to which a Detail may nest. */
  readonly detailDepth: number;
  readonly rulesPerBus: number;
  readonly targetsPerRule: number;
  /** Characters of a pattern of a rule or an archive. */
  readonly patternLength: number;
  readonly eventBuses: number;
  readonly endpoints: number;
  readonly partnerEventSources: number;
  readonly connections: number;
  readonly apiDestinations: number;
  readonly archivesPerBus: number;
  /** Replays that run at once. */
  readonly activeReplays: number;
  /** Bytes of a bus policy. */
  readonly policyBytes: number;
  readonly tagsPerResource: number;
  /** How often a delivery is tried again, and for how long, where its target says nothing. */
  readonly retryAttempts: number;
  readonly eventAgeSeconds: number;
  /** Wait before the first retry, doubled with each, to the most. Real waits are between half and all of it. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How long an API destination may take to answer. */
  readonly apiDestinationTimeoutMs: number;
  /** How many times in a row an event may bring about an event before that is taken for a loop and ended. */
  readonly loopLength: number;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const EVENTBRIDGE_LIMITS: EventBridgeLimits = {
  putEventsBytes: 262_144,
  detailTypeLength: 128,
  detailDepth: 1000,
  rulesPerBus: 300,
  targetsPerRule: 5,
  patternLength: 4096,
  eventBuses: 100,
  endpoints: 100,
  partnerEventSources: 1000,
  connections: 3000,
  apiDestinations: 3000,
  archivesPerBus: 10,
  activeReplays: 10,
  policyBytes: 10_240,
  tagsPerResource: 50,
  retryAttempts: 185,
  eventAgeSeconds: 86_400,
  firstRetryMs: 1000,
  longestRetryMs: 600_000,
  apiDestinationTimeoutMs: 5000,
  loopLength: 16,
};
