import type { Shape, StructureShape } from '@interstate/service-kit';

type Members = StructureShape['members'];

// Only types and presence: ranges are worded by SQS in its own way, and checked where they matter.
const TEXT: Shape = { type: 'string' };
const NEEDED = { type: 'string', required: true } as const;
const INTEGER: Shape = { type: 'integer' };
const TEXTS: Shape = { type: 'list', member: TEXT };
const TEXT_MAP: Shape = { type: 'map', value: TEXT };

const structure = (members: Members): StructureShape => ({ type: 'structure', members });
const required = <T extends Shape>(shape: T): T & { readonly required: true } => ({ ...shape, required: true });

const ATTRIBUTES: Shape = {
  type: 'map',
  value: structure({ DataType: TEXT, StringValue: TEXT, BinaryValue: TEXT, StringListValues: TEXTS, BinaryListValues: TEXTS }),
};
const MESSAGE: Members = {
  MessageBody: NEEDED,
  DelaySeconds: INTEGER,
  MessageAttributes: ATTRIBUTES,
  MessageSystemAttributes: ATTRIBUTES,
  MessageDeduplicationId: TEXT,
  MessageGroupId: TEXT,
};
const onQueue = (members: Members = {}): StructureShape => structure({ QueueUrl: NEEDED, ...members });
const batch = (members: Members): StructureShape => onQueue({ Entries: required({ type: 'list', member: structure({ Id: NEEDED, ...members }) } as const) });

/** What each operation takes. */
export const INPUT_SHAPES = {
  AddPermission: onQueue({ Label: NEEDED, AWSAccountIds: required(TEXTS), Actions: required(TEXTS) }),
  CancelMessageMoveTask: structure({ TaskHandle: NEEDED }),
  ChangeMessageVisibility: onQueue({ ReceiptHandle: NEEDED, VisibilityTimeout: required(INTEGER) }),
  ChangeMessageVisibilityBatch: batch({ ReceiptHandle: NEEDED, VisibilityTimeout: INTEGER }),
  CreateQueue: structure({ QueueName: NEEDED, Attributes: TEXT_MAP, tags: TEXT_MAP }),
  DeleteMessage: onQueue({ ReceiptHandle: NEEDED }),
  DeleteMessageBatch: batch({ ReceiptHandle: NEEDED }),
  DeleteQueue: onQueue(),
  GetQueueAttributes: onQueue({ AttributeNames: TEXTS }),
  GetQueueUrl: structure({ QueueName: NEEDED, QueueOwnerAWSAccountId: TEXT }),
  ListDeadLetterSourceQueues: onQueue({ NextToken: TEXT, MaxResults: INTEGER }),
  ListMessageMoveTasks: structure({ SourceArn: NEEDED, MaxResults: INTEGER }),
  ListQueueTags: onQueue(),
  ListQueues: structure({ QueueNamePrefix: TEXT, NextToken: TEXT, MaxResults: INTEGER }),
  PurgeQueue: onQueue(),
  ReceiveMessage: onQueue({
    AttributeNames: TEXTS,
    MessageSystemAttributeNames: TEXTS,
    MessageAttributeNames: TEXTS,
    MaxNumberOfMessages: INTEGER,
    VisibilityTimeout: INTEGER,
    WaitTimeSeconds: INTEGER,
    ReceiveRequestAttemptId: TEXT,
  }),
  RemovePermission: onQueue({ Label: NEEDED }),
  SendMessage: onQueue(MESSAGE),
  SendMessageBatch: batch(MESSAGE),
  SetQueueAttributes: onQueue({ Attributes: required(TEXT_MAP) }),
  StartMessageMoveTask: structure({ SourceArn: NEEDED, DestinationArn: TEXT, MaxNumberOfMessagesPerSecond: INTEGER }),
  TagQueue: onQueue({ Tags: required(TEXT_MAP) }),
  UntagQueue: onQueue({ TagKeys: required(TEXTS) }),
} as const satisfies Readonly<Record<string, StructureShape>>;

export type SqsOperationName = keyof typeof INPUT_SHAPES;
