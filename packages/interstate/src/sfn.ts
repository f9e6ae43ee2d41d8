import { isJsonObject, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import { ServiceError } from '@interstate/service-kit';
import { INPUT_SHAPES, STATES_ERRORS, type OperationName } from '@interstate/states';
import type { Sfn } from './sfn-types.ts';

/** Calls an operation of the service by its name, input and output as the wire has them, but for times: milliseconds since 1970. */
export type StatesCall = (operation: OperationName, input: JsonObject) => Promise<Outcome>;

/** The Step Functions client of a cloud, in the shape of the AWS SDK v3 aggregated client. */
export function createSfn(host: Host, directory: string): Sfn {
  let requests = 0;
  const methods = (Object.keys(INPUT_SHAPES) as OperationName[]).map((operation) => {
    const method = async (input: object = {}): Promise<object> => {
      const outcome = await host.call(directory, { action: operation, input: input as JsonObject });
      const requestId = requestIdOf(++requests);
      if (!outcome.ok) throw toServiceError(outcome.error.Error, outcome.error.Cause, requestId);
      const output = withDates(outcome.value as JsonObject);
      output['$metadata'] = { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 };
      return output;
    };
    return [operation[0]!.toLowerCase() + operation.slice(1), method] as const;
  });
  return Object.fromEntries(methods) as unknown as Sfn;
}

/** The error a client throws for a refused call. */
export function toServiceError(code = 'InternalFailure', message = '', requestId?: string): ServiceError {
  const httpStatusCode = Object.hasOwn(STATES_ERRORS, code) ? STATES_ERRORS[code as keyof typeof STATES_ERRORS].status : 500;
  return new ServiceError(code, message, { httpStatusCode, ...(requestId !== undefined && { requestId }), attempts: 1, totalRetryDelay: 0 });
}

/** Members that hold times. */
export const TIMES: ReadonlySet<string> = new Set(['creationDate', 'startDate', 'stopDate', 'updateDate', 'redriveDate', 'timestamp']);

/** The output with a Date wherever it holds a time. What it shares with the machine's own state is left as it is. */
function withDates(value: JsonObject): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...value };
  for (const key in value) {
    const member = value[key]!;
    if (typeof member === 'number') {
      if (TIMES.has(key)) copy[key] = new Date(member);
    } else if (Array.isArray(member)) copy[key] = member.map((item: Json) => (isJsonObject(item) ? withDates(item) : item));
  }
  return copy;
}

function requestIdOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
