import { ServiceFault, type ErrorTable } from '@interstate/service-kit';

const DOCS = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html';

/** Errors of the EventBridge API. Most texts say a thing of their own, so the row takes it whole. */
export const EVENTBRIDGE_ERRORS = {
  AccessDeniedException: { message: '{reason}', status: 400, docs: DOCS },
  ConcurrentModificationException: { message: '{reason}', status: 400, docs: DOCS },
  IllegalStatusException: { message: '{reason}', status: 400, docs: DOCS },
  InternalException: { message: '{reason}', status: 500, retryable: true, docs: DOCS },
  InvalidEventPatternException: { message: '{reason}', status: 400, docs: DOCS },
  InvalidStateException: { message: '{reason}', status: 400, docs: DOCS },
  LimitExceededException: { message: 'The requested resource exceeds the maximum number allowed.', status: 400, docs: DOCS },
  ManagedRuleException: { message: '{reason}', status: 400, docs: DOCS },
  OperationDisabledException: { message: '{reason}', status: 400, docs: DOCS },
  PolicyLengthExceededException: { message: 'The policy is longer than {limit} bytes.', status: 400, docs: DOCS },
  ResourceAlreadyExistsException: { message: '{reason}', status: 400, docs: DOCS },
  ResourceNotFoundException: { message: '{reason}', status: 400, docs: DOCS },
  ThrottlingException: { message: 'Rate exceeded', status: 400, retryable: true, docs: DOCS },
  ValidationException: { message: '{reason}', status: 400, unmodelled: true, docs: DOCS },
  SerializationException: { message: '{reason}', status: 400, unmodelled: true, docs: DOCS },
  UnknownOperationException: { message: '{reason}', status: 400, unmodelled: true, docs: DOCS },
} as const satisfies ErrorTable;

export function invalid(reason: string): ServiceFault {
  return new ServiceFault('ValidationException', { reason });
}

/** `Parameter Source is not valid. Reason: …` */
export function invalidParameter(name: string, reason: string): ServiceFault {
  return invalid(`Parameter ${name} is not valid. Reason: ${reason}`);
}

export function notFound(reason: string): ServiceFault {
  return new ServiceFault('ResourceNotFoundException', { reason });
}

export function exists(reason: string): ServiceFault {
  return new ServiceFault('ResourceAlreadyExistsException', { reason });
}
