import type { ErrorRow, ErrorTable } from '@interstate/service-kit';

/** Errors of the Lambda API as it is offered here. */
export const LAMBDA_ERRORS = {
  InvalidParameterValueException: row('{reason}', 400),
  ResourceNotFoundException: row('{reason}', 404),
  ResourceConflictException: row('{reason}', 409),
  ResourceInUseException: row('{reason}', 400),
  InvalidRequestContentException: row('{reason}', 400),
  RequestTooLargeException: row('{bytes} byte payload is too large for the {type} invocation type (limit {limit} bytes)', 413),
  TooManyRequestsException: { ...row('Rate Exceeded.', 429), retryable: true },
  RecursiveInvocationException: row("Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.", 400),
  ValidationException: { ...row('{reason}', 400), unmodelled: true },
  SerializationException: { ...row('{reason}', 400), unmodelled: true },
  UnknownOperationException: { ...row('{reason}', 404), unmodelled: true },
} as const satisfies ErrorTable;

function row(message: string, status: number): ErrorRow {
  return { message, status, docs: 'https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html' };
}
