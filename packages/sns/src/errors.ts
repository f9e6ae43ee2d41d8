import { ServiceFault, type ErrorRow } from '@interstate/service-kit';

const page = (operation: string): string => `https://docs.aws.amazon.com/sns/latest/api/API_${operation}.html#API_${operation}_Errors`;
const row = (queryCode: string, status: number, operation: string, message = '{reason}'): ErrorRow => ({ message, status, queryCode, docs: page(operation) });

/** Errors of the SNS API, by the names clients know them by: message template, HTTP status, code on the wire. */
export const SNS_ERRORS = {
  AuthorizationErrorException: row('AuthorizationError', 403, 'Publish'),
  BatchEntryIdsNotDistinctException: row('BatchEntryIdsNotDistinct', 400, 'PublishBatch', 'Two or more batch entries in the request have the same Id.'),
  BatchRequestTooLongException: row('BatchRequestTooLong', 400, 'PublishBatch', 'The length of all the messages put together is more than the limit.'),
  EmptyBatchRequestException: row('EmptyBatchRequest', 400, 'PublishBatch', "The batch request doesn't contain any entries."),
  EndpointDisabledException: row('EndpointDisabled', 400, 'Publish', 'Endpoint is disabled'),
  FilterPolicyLimitExceededException: row('FilterPolicyLimitExceeded', 403, 'Subscribe', 'The number of filter policies in this {scope} exceeds the limit of {limit}.'),
  InvalidBatchEntryIdException: row('InvalidBatchEntryId', 400, 'PublishBatch', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.'),
  InvalidParameterException: row('InvalidParameter', 400, 'Publish', 'Invalid parameter: {reason}'),
  InvalidParameterValueException: row('ParameterValueInvalid', 400, 'Publish'),
  InvalidStateException: row('InvalidState', 400, 'DeleteTopic'),
  KMSAccessDeniedException: row('KMSAccessDenied', 400, 'Publish'),
  KMSDisabledException: row('KMSDisabled', 400, 'Publish'),
  KMSInvalidStateException: row('KMSInvalidState', 400, 'Publish'),
  KMSNotFoundException: row('KMSNotFound', 400, 'Publish'),
  KMSThrottlingException: { ...row('KMSThrottling', 400, 'Publish'), retryable: true },
  NotFoundException: row('NotFound', 404, 'GetTopicAttributes', '{resource} does not exist'),
  OptedOutException: row('OptedOut', 400, 'CreateSMSSandboxPhoneNumber', 'The phone number {phoneNumber} has opted out of receiving SMS messages.'),
  PlatformApplicationDisabledException: row('PlatformApplicationDisabled', 400, 'Publish', 'Platform application is disabled'),
  ReplayLimitExceededException: row('ReplayLimitExceeded', 403, 'Subscribe', 'The number of active replays in this topic exceeds the limit of {limit}.'),
  ResourceNotFoundException: row('ResourceNotFound', 404, 'TagResource', 'Resource does not exist'),
  SubscriptionLimitExceededException: row('SubscriptionLimitExceeded', 403, 'Subscribe', 'The number of subscriptions in this topic exceeds the limit of {limit}.'),
  TagLimitExceededException: row('TagLimitExceeded', 400, 'TagResource', 'Could not complete request: tag quota of per resource exceeded'),
  ThrottledException: { ...row('Throttled', 429, 'CreateSMSSandboxPhoneNumber'), retryable: true },
  TooManyEntriesInBatchRequestException: row('TooManyEntriesInBatchRequest', 400, 'PublishBatch', 'The batch request contains more entries than permissible.'),
  TopicLimitExceededException: row('TopicLimitExceeded', 403, 'CreateTopic', 'The number of topics in this account exceeds the limit of {limit}.'),
  UserErrorException: row('UserError', 400, 'CreateSMSSandboxPhoneNumber'),
  VerificationException: row('VerificationException', 400, 'VerifySMSSandboxPhoneNumber', 'The one-time password (OTP) for verification is invalid.'),
  ValidationException: row('ValidationException', 400, 'ListOriginationNumbers'),
  ValidationError: { ...row('ValidationError', 400, 'Publish'), unmodelled: true },
  UnknownOperationException: { ...row('InvalidAction', 400, 'Publish'), unmodelled: true },
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type SnsErrorCode = keyof typeof SNS_ERRORS;

/** A refused call. @param values fill the code's message */
export function snsFault(code: SnsErrorCode, values: Readonly<Record<string, string | number>> = {}): ServiceFault {
  return new ServiceFault(code, values);
}

/** `Invalid parameter: <reason>`, SNS's answer to most of what is wrong. */
export function invalid(reason: string): ServiceFault {
  return new ServiceFault('InvalidParameterException', { reason });
}

export function missing(resource: 'Topic' | 'Subscription' | 'Endpoint' | 'PlatformApplication'): ServiceFault {
  return new ServiceFault('NotFoundException', { resource });
}
