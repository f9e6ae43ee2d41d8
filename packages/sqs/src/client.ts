/** What every result carries beside its own members. */
export interface SqsResult {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number; readonly totalRetryDelay?: number };
}

type Texts = Readonly<Record<string, string>>;

/** The value of a message attribute: `String`, `Number` or `Binary`, perhaps with a custom suffix. */
export interface SqsAttributeValue {
  DataType: string | undefined;
  StringValue?: string | undefined;
  BinaryValue?: Uint8Array | undefined;
  StringListValues?: string[] | undefined;
  BinaryListValues?: Uint8Array[] | undefined;
}

type Attributes = Readonly<Record<string, SqsAttributeValue>>;

/** What a message is sent with. */
export interface SqsMessageInput {
  readonly MessageBody: string | undefined;
  /** 0…900, default the queue's; FIFO queues take their own only. */
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Attributes | undefined;
  /** `AWSTraceHeader`. */
  readonly MessageSystemAttributes?: Attributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  /** FIFO: messages of a group are delivered in order. Standard: the tenant of fair queues. */
  readonly MessageGroupId?: string | undefined;
}

export interface SqsSent {
  MessageId?: string | undefined;
  MD5OfMessageBody?: string | undefined;
  MD5OfMessageAttributes?: string | undefined;
  MD5OfMessageSystemAttributes?: string | undefined;
  /** FIFO: twenty digits, rising. */
  SequenceNumber?: string | undefined;
}

/** A message as it is received. */
export interface SqsMessage {
  MessageId?: string | undefined;
  ReceiptHandle?: string | undefined;
  MD5OfBody?: string | undefined;
  Body?: string | undefined;
  Attributes?: Record<string, string> | undefined;
  MD5OfMessageAttributes?: string | undefined;
  MessageAttributes?: Record<string, SqsAttributeValue> | undefined;
}

interface Failed {
  Id: string | undefined;
  SenderFault: boolean | undefined;
  Code: string | undefined;
  Message?: string | undefined;
}

interface OnQueue {
  readonly QueueUrl: string | undefined;
}

interface Page {
  readonly NextToken?: string | undefined;
  /** 1…1000. */
  readonly MaxResults?: number | undefined;
}

type Batch<Entry> = OnQueue & { readonly Entries: readonly (Entry & { readonly Id: string | undefined })[] | undefined };

interface BatchResult<Entry = object> {
  Successful: (Entry & { Id: string | undefined })[] | undefined;
  Failed: Failed[] | undefined;
}

interface OfHandle {
  readonly ReceiptHandle: string | undefined;
}

export interface SqsMoveTask {
  TaskHandle?: string | undefined;
  Status?: string | undefined;
  SourceArn?: string | undefined;
  DestinationArn?: string | undefined;
  MaxNumberOfMessagesPerSecond?: number | undefined;
  ApproximateNumberOfMessagesMoved?: number | undefined;
  ApproximateNumberOfMessagesToMove?: number | undefined;
  FailureReason?: string | undefined;
  /** Milliseconds since 1970. */
  StartedTimestamp?: number | undefined;
}

/** Operation → what it takes and gives. */
export interface SqsOperations {
  addPermission: [OnQueue & { readonly Label: string | undefined; readonly AWSAccountIds: readonly string[] | undefined; readonly Actions: readonly string[] | undefined }, object];
  cancelMessageMoveTask: [{ readonly TaskHandle: string | undefined }, { ApproximateNumberOfMessagesMoved?: number | undefined }];
  changeMessageVisibility: [OnQueue & OfHandle & { readonly VisibilityTimeout: number | undefined }, object];
  changeMessageVisibilityBatch: [Batch<OfHandle & { readonly VisibilityTimeout?: number | undefined }>, BatchResult];
  createQueue: [{ readonly QueueName: string | undefined; readonly Attributes?: Texts | undefined; readonly tags?: Texts | undefined }, { QueueUrl?: string | undefined }];
  deleteMessage: [OnQueue & OfHandle, object];
  deleteMessageBatch: [Batch<OfHandle>, BatchResult];
  deleteQueue: [OnQueue, object];
  getQueueAttributes: [OnQueue & { readonly AttributeNames?: readonly string[] | undefined }, { Attributes?: Record<string, string> | undefined }];
  getQueueUrl: [{ readonly QueueName: string | undefined; readonly QueueOwnerAWSAccountId?: string | undefined }, { QueueUrl?: string | undefined }];
  listDeadLetterSourceQueues: [OnQueue & Page, { queueUrls: string[] | undefined; NextToken?: string | undefined }];
  listMessageMoveTasks: [{ readonly SourceArn: string | undefined; readonly MaxResults?: number | undefined }, { Results?: SqsMoveTask[] | undefined }];
  listQueueTags: [OnQueue, { Tags?: Record<string, string> | undefined }];
  listQueues: [Page & { readonly QueueNamePrefix?: string | undefined }, { QueueUrls?: string[] | undefined; NextToken?: string | undefined }];
  purgeQueue: [OnQueue, object];
  receiveMessage: [
    OnQueue & {
      readonly AttributeNames?: readonly string[] | undefined;
      readonly MessageSystemAttributeNames?: readonly string[] | undefined;
      readonly MessageAttributeNames?: readonly string[] | undefined;
      /** 1…10, default 1. */
      readonly MaxNumberOfMessages?: number | undefined;
      /** 0…43200, default the queue's. */
      readonly VisibilityTimeout?: number | undefined;
      /** 0…20, default the queue's. */
      readonly WaitTimeSeconds?: number | undefined;
      readonly ReceiveRequestAttemptId?: string | undefined;
    },
    { Messages?: SqsMessage[] | undefined },
  ];
  removePermission: [OnQueue & { readonly Label: string | undefined }, object];
  sendMessage: [OnQueue & SqsMessageInput, SqsSent];
  sendMessageBatch: [Batch<SqsMessageInput>, BatchResult<Omit<SqsSent, 'MessageId' | 'MD5OfMessageBody'> & { MessageId: string | undefined; MD5OfMessageBody: string | undefined }>];
  setQueueAttributes: [OnQueue & { readonly Attributes: Texts | undefined }, object];
  startMessageMoveTask: [{ readonly SourceArn: string | undefined; readonly DestinationArn?: string | undefined; readonly MaxNumberOfMessagesPerSecond?: number | undefined }, { TaskHandle?: string | undefined }];
  tagQueue: [OnQueue & { readonly Tags: Texts | undefined }, object];
  untagQueue: [OnQueue & { readonly TagKeys: readonly string[] | undefined }, object];
}

/** Amazon SQS in the shape of `new SQS({})` of the AWS SDK. Each method throws the service's errors, by name. */
export type Sqs = { readonly [Name in keyof SqsOperations]: (input: SqsOperations[Name][0]) => Promise<SqsOperations[Name][1] & SqsResult> };
