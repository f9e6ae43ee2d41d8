import type { ErrorRow } from '@interstate/service-kit';

const row = (status: number, message: string, operation: string, more: Partial<ErrorRow> = {}): ErrorRow => ({ message, status, docs: `https://docs.aws.amazon.com/scheduler/latest/APIReference/API_${operation}.html#API_${operation}_Errors`, ...more });

/** Errors of the Scheduler API: code → message template, HTTP status, documentation. */
export const SCHEDULER_ERRORS = {
  ConflictException: row(409, '{reason}', 'CreateSchedule'),
  ResourceNotFoundException: row(404, '{kind} {name} does not exist.', 'GetSchedule'),
  ServiceQuotaExceededException: row(402, '{reason}', 'CreateSchedule'),
  ValidationException: row(400, '{reason}', 'CreateSchedule'),
  SerializationException: row(400, '{reason}', 'CreateSchedule', { unmodelled: true }),
  UnknownOperationException: row(404, '{reason}', 'Welcome', { unmodelled: true }),
} as const satisfies Readonly<Record<string, ErrorRow>>;
