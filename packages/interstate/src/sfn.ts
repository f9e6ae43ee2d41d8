import { isJsonObject, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import { ServiceError } from '@interstate/service-kit';
import { INPUT_SHAPES, STATES_ERRORS, type OperationName } from '@interstate/states';
import type { Sfn } from './sfn-types.ts';

/** The Step Functions client of a cloud, in the shape of the AWS SDK v3 aggregated client. */
export function createSfn(host: Host, directory: string): Sfn {
  let requests = 0;
  const toOutput = (outcome: Outcome): object => {
    const requestId = requestIdOf(++requests);
    if (!outcome.ok) throw toServiceError(outcome.error.Error, outcome.error.Cause, requestId);
    return withDates(outcome.value as JsonObject, { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 });
  };
  const methods = (Object.keys(INPUT_SHAPES) as OperationName[]).map((operation) => {
    const method = (input: object = NO_INPUT): Promise<object> => host.call(directory, { action: operation, input: input as JsonObject }).then(toOutput);
    return [operation[0]!.toLowerCase() + operation.slice(1), method] as const;
  });
  return Object.fromEntries(methods) as unknown as Sfn;
}

const NO_INPUT = {};

/** The error a client throws for a refused call. */
export function toServiceError(code = 'InternalFailure', message = '', requestId?: string): ServiceError {
  const httpStatusCode = Object.hasOwn(STATES_ERRORS, code) ? STATES_ERRORS[code as keyof typeof STATES_ERRORS].status : 500;
  return new ServiceError(code, message, { httpStatusCode, ...(requestId !== undefined && { requestId }), attempts: 1, totalRetryDelay: 0 });
}

/** Members that hold times. */
export const TIMES: ReadonlySet<string> = new Set(['creationDate', 'startDate', 'stopDate', 'updateDate', 'redriveDate', 'timestamp']);

/** The output with a Date wherever it holds a time. What it shares with the machine's own state is left as it is. */
function withDates(value: JsonObject, $metadata?: object): Record<string, unknown> {
  const copy: Record<string, unknown> = $metadata ? { $metadata, ...value } : { ...value };
  for (const key in value) {
    const member = value[key]!;
    if (typeof member === 'number') {
      if (TIMES.has(key)) copy[key] = new Date(member);
    } else if (Array.isArray(member)) copy[key] = member.map((item: Json) => (isJsonObject(item) ? withDates(item) : item));
  }
  return copy;
}

/** Looks like a UUID; numbered, so that the same calls give the same ids. */
function requestIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(1e12 + number).slice(1)}`;
}
