import type { ErrorRow } from '@interstate/service-kit';

const DOCS = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';
const SIMPLE = 'AWS.SimpleQueueService.';

const row = (message: string, page: string, more: Partial<ErrorRow> = {}): ErrorRow => ({ message, status: 400, docs: `${DOCS}/${page}.html`, ...more });
/** A row whose code in the query protocol begins with the service's old name. */
const old = (message: string, operation: string, queryCode: string, more: Partial<ErrorRow> = {}): ErrorRow => row(message, `API_${operation}`, { queryCode: SIMPLE + queryCode, ...more });
const kms = (code: string): ErrorRow => row('{reason}', 'API_SendMessage', { queryCode: `KMS.${code}` });

/** Errors of the SQS API, by the name of their shape: message template, HTTP status, query code, documentation. */
export const SQS_ERRORS = {
  AccessDeniedException: row('{reason}', 'CommonErrors', { status: 403, queryCode: 'AccessDenied', unmodelled: true }),
  BatchEntryIdsNotDistinct: old('Id {id} repeated.', 'SendMessageBatch', 'BatchEntryIdsNotDistinct'),
  BatchRequestTooLong: old('Batch requests cannot be longer than {limit} bytes. You have sent {bytes} bytes.', 'SendMessageBatch', 'BatchRequestTooLong'),
  EmptyBatchRequest: old('There should be at least one {entry} in the request.', 'SendMessageBatch', 'EmptyBatchRequest'),
  InvalidAddress: row('The address {url} is not valid for this endpoint.', 'API_SendMessage', { status: 404, queryCode: 'InvalidAddress' }),
  InvalidAttributeName: row('Unknown Attribute {name}.', 'API_SetQueueAttributes', { queryCode: 'InvalidAttributeName' }),
  InvalidAttributeValue: row('Invalid value for the parameter {name}.{reason}', 'API_SetQueueAttributes', { queryCode: 'InvalidAttributeValue' }),
  InvalidBatchEntryId: old('A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most {limit} letters long.', 'SendMessageBatch', 'InvalidBatchEntryId'),
  InvalidMessageContents: row('Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF', 'API_SendMessage', { queryCode: 'InvalidMessageContents' }),
  InvalidParameterValueException: row('{reason}', 'CommonErrors', { queryCode: 'InvalidParameterValue', unmodelled: true }),
  KmsAccessDenied: kms('AccessDeniedException'),
  KmsDisabled: kms('DisabledException'),
  KmsInvalidState: kms('InvalidStateException'),
  KmsNotFound: kms('NotFoundException'),
  KmsThrottled: kms('ThrottlingException'),
  MessageNotInflight: old('The message referred to is not in flight.', 'ChangeMessageVisibility', 'MessageNotInflight'),
  MissingRequiredParameterException: row('The request must contain the parameter {name}.', 'CommonErrors', { queryCode: 'MissingParameter', unmodelled: true }),
  OverLimit: row('{reason}', 'API_ReceiveMessage', { status: 403, queryCode: 'OverLimit' }),
  PurgeQueueInProgress: old('Only one PurgeQueue operation on {name} is allowed every {seconds} seconds.', 'PurgeQueue', 'PurgeQueueInProgress', { status: 403 }),
  QueueDeletedRecently: old('You must wait {seconds} seconds after deleting a queue before you can create another with the same name.', 'CreateQueue', 'QueueDeletedRecently'),
  QueueDoesNotExist: old('The specified queue does not exist.', 'GetQueueUrl', 'NonExistentQueue'),
  QueueNameExists: row('A queue already exists with the same name and a different value for attribute {name}', 'API_CreateQueue', { queryCode: 'QueueAlreadyExists' }),
  ReceiptHandleIsInvalid: row('The input receipt handle is invalid.', 'API_DeleteMessage', { status: 404, queryCode: 'ReceiptHandleIsInvalid' }),
  RequestThrottled: row('Request is throttled.', 'API_SendMessage', { status: 403, queryCode: 'RequestThrottled', retryable: true }),
  ResourceNotFoundException: row('{reason}', 'API_StartMessageMoveTask', { status: 404, queryCode: 'ResourceNotFoundException' }),
  SerializationException: row('{reason}', 'CommonErrors', { unmodelled: true }),
  TooManyEntriesInBatchRequest: old('Maximum number of entries per request are {limit}. You have sent {count}.', 'SendMessageBatch', 'TooManyEntriesInBatchRequest'),
  UnknownOperationException: row('{reason}', 'CommonErrors', { status: 404, unmodelled: true }),
  UnsupportedOperation: old('{reason}', 'StartMessageMoveTask', 'UnsupportedOperation'),
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type SqsErrorCode = keyof typeof SQS_ERRORS;
