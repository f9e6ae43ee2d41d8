export const DAY_MS = 86_400_000;

/** AWS's numbers for SNS. @see https://docs.aws.amazon.com/general/latest/gr/sns.html */
export interface SnsLimits {
  readonly topics: number;
  readonly fifoTopics: number;
  readonly subscriptionsPerTopic: number;
  readonly subscriptionsPerFifoTopic: number;
  /** Subscriptions of a topic that wait for their confirmation. */
  readonly pendingSubscriptions: number;
  /** Subscriptions of a topic that have a filter policy. */
  readonly filterPoliciesPerTopic: number;
  /** The same of all topics of an account in a region. Topics tell each other of it, so that what is made in the same moment may go beyond. */
  readonly filterPolicies: number;
  /** UTF-8 bytes of a message with its attributes, and of all messages of a batch together. */
  readonly messageBytes: number;
  readonly batchEntries: number;
  /**
   * Calls of Publish and PublishBatch that a FIFO topic takes in a second; with a FifoThroughputScope of MessageGroup, each group.
   * AWS has 300; by default they are not counted, so that a moment of virtual time takes any number.
   */
  readonly fifoPublishesPerSecond: number;
  readonly subjectCharacters: number;
  readonly tags: number;
  readonly platformApplications: number;
  readonly customUserDataBytes: number;
  /** Results of a page of ListTopics, ListSubscriptions, ListSubscriptionsByTopic and the lists of platform applications. */
  readonly pageResults: number;
  /** How long a confirmation token can be used; an unconfirmed subscription goes with it. */
  readonly confirmationDays: number;
  readonly deduplicationSeconds: number;
  /** Replays of a topic at once. */
  readonly replays: number;
  /** How long an HTTP endpoint has for its answer. */
  readonly httpTimeoutSeconds: number;
  readonly policyStatements: number;
  readonly sandboxPhoneNumbers: number;
  /** How long a one-time password of the SMS sandbox can be used. */
  readonly oneTimePasswordMinutes: number;
  /** A phone number can be opted in once in so many days. */
  readonly optInDays: number;
}

export const SNS_LIMITS: SnsLimits = {
  topics: 100_000,
  fifoTopics: 1000,
  subscriptionsPerTopic: 12_500_000,
  subscriptionsPerFifoTopic: 100,
  pendingSubscriptions: 5000,
  filterPoliciesPerTopic: 200,
  filterPolicies: 10_000,
  messageBytes: 262_144,
  batchEntries: 10,
  fifoPublishesPerSecond: Infinity,
  subjectCharacters: 100,
  tags: 50,
  platformApplications: 10_000,
  customUserDataBytes: 2048,
  pageResults: 100,
  confirmationDays: 3,
  deduplicationSeconds: 300,
  replays: 100,
  httpTimeoutSeconds: 15,
  policyStatements: 100,
  sandboxPhoneNumbers: 10,
  oneTimePasswordMinutes: 15,
  optInDays: 30,
};
