import { ServiceFault, type ErrorRow } from '@interstate/service-kit';

const row = (status: number, message: string, operation: string, more: Partial<ErrorRow> = {}): ErrorRow => ({ message, status, docs: `https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_${operation}.html#API_${operation}_Errors`, ...more });

/** Errors of the Pipes API: code → message template, HTTP status, documentation. */
export const PIPES_ERRORS = {
  ConflictException: row(409, '{reason}', 'CreatePipe'),
  NotFoundException: row(404, 'Pipe {name} does not exist.', 'DescribePipe'),
  ServiceQuotaExceededException: row(402, '{reason}', 'CreatePipe'),
  ValidationException: row(400, '{reason}', 'CreatePipe'),
  SerializationException: row(400, '{reason}', 'CreatePipe', { unmodelled: true }),
  UnknownOperationException: row(404, '{reason}', 'Welcome', { unmodelled: true }),
} as const satisfies Readonly<Record<string, ErrorRow>>;

export function invalid(reason: string): ServiceFault {
  return new ServiceFault('ValidationException', { reason });
}
