/** AWS's numbers for SQS. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html */
export interface SqsLimits {
  readonly nameCharacters: number;
  /** UTF-8 bytes of one message and of a batch: bodies with the names, types and values of attributes. */
  readonly messageBytes: number;
  readonly messageAttributes: number;
  readonly attributeNameCharacters: number;
  readonly attributeTypeCharacters: number;
  readonly batchEntries: number;
  readonly batchIdCharacters: number;
  readonly receivedMessages: number;
  readonly waitSeconds: number;
  readonly delaySeconds: number;
  /** The longest visibility timeout; also how long one receive of a message may last, extensions included. */
  readonly visibilitySeconds: number;
  readonly minRetentionSeconds: number;
  readonly maxRetentionSeconds: number;
  /** Messages received and not yet deleted: beyond, a standard queue answers OverLimit, a FIFO queue nothing. */
  readonly inFlightMessages: number;
  readonly deduplicationSeconds: number;
  /** How long a ReceiveRequestAttemptId gives the same messages again. */
  readonly attemptSeconds: number;
  /** Characters of MessageGroupId, MessageDeduplicationId and ReceiveRequestAttemptId. */
  readonly idCharacters: number;
  /**
   * Calls of a FIFO queue in a second: of each of SendMessage, ReceiveMessage and DeleteMessage; with a FifoThroughputLimit of
   * perMessageGroupId, sends to each group. AWS has 300; by default they are not counted, so that a moment of virtual time takes any number.
   */
  readonly fifoCallsPerSecond: number;
  readonly purgeSeconds: number;
  /** How long the name of a deleted queue stays taken; 0 lets it be used again at once. */
  readonly deletedQueueSeconds: number;
  readonly maxReceiveCount: number;
  readonly allowedSourceQueues: number;
  readonly tags: number;
  readonly pageResults: number;
  /** Move tasks of a queue that are remembered. */
  readonly moveTasks: number;
  readonly movesPerSecond: number;
  /** How long a move task may run. */
  readonly moveTaskSeconds: number;
  /** Fair queues: a tenant is noisy with more than this share of the messages in flight, and so many of its own … */
  readonly noisyShare: number;
  readonly noisyInFlight: number;
  /** … or with more than the share of the processing time of this window and the one before. */
  readonly noisyWindowSeconds: number;
}

export const SQS_LIMITS: SqsLimits = {
  nameCharacters: 80,
  messageBytes: 1_048_576,
  messageAttributes: 10,
  attributeNameCharacters: 256,
  attributeTypeCharacters: 256,
  batchEntries: 10,
  batchIdCharacters: 80,
  receivedMessages: 10,
  waitSeconds: 20,
  delaySeconds: 900,
  visibilitySeconds: 43_200,
  minRetentionSeconds: 60,
  maxRetentionSeconds: 1_209_600,
  inFlightMessages: 120_000,
  deduplicationSeconds: 300,
  attemptSeconds: 300,
  idCharacters: 128,
  fifoCallsPerSecond: Infinity,
  purgeSeconds: 60,
  deletedQueueSeconds: 60,
  maxReceiveCount: 1000,
  allowedSourceQueues: 10,
  tags: 50,
  pageResults: 1000,
  moveTasks: 10,
  movesPerSecond: 500,
  moveTaskSeconds: 129_600,
  noisyShare: 0.1,
  noisyInFlight: 30,
  noisyWindowSeconds: 60,
};
