import type { ApiRequest, JsonObject, Outcome } from '@interstate/kernel';
import { camelName } from './member-case.ts';
import { inputFromSdk, outputToSdk } from './sdk-values.ts';
import { ServiceError } from './service-error.ts';
import type { ModelledService, ServiceModel } from './service-model.ts';

/** Asks a machine. @param waits the answer may wait for time to pass */
export type CallMachine = (to: string, request: ApiRequest, waits: boolean) => Promise<Outcome>;

/**
 * A client of a modelled service in the shape of the AWS SDK v3 aggregated client: a method per operation, times as `Date`,
 * bytes as `Uint8Array`, `$metadata` on results, errors with the SDK's `name`, `$fault` and `$metadata`.
 */
export function createModelClient({ model, addressOf }: ModelledService, call: CallMachine): Record<string, (input?: object) => Promise<object>> {
  let requests = 0;
  const toOutput = (outcome: Outcome): object => {
    const requestId = requestIdOf(++requests);
    if (!outcome.ok) throw toServiceError(model, outcome.error.Error, outcome.error.Cause, requestId);
    return outputToSdk(outcome.value as JsonObject, model, { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 });
  };
  const methods = Object.keys(model.operations).map((action) => {
    const waits = model.waits?.has(action) ?? false;
    const method = (given: object = {}): Promise<object> => {
      const input = inputFromSdk(given);
      return call(addressOf(action, input), { action, input }, waits).then(toOutput);
    };
    return [camelName(action), method] as const;
  });
  return Object.fromEntries(methods);
}

/** The error a client throws for a refused call. */
export function toServiceError({ errors }: ServiceModel, code = 'InternalFailure', message = '', requestId?: string): ServiceError {
  const row = Object.hasOwn(errors, code) ? errors[code] : undefined;
  return new ServiceError(code, message, {
    httpStatusCode: row?.status ?? 500,
    ...(requestId !== undefined && { requestId }),
    attempts: 1,
    totalRetryDelay: 0,
    retryable: row?.retryable ?? false,
    ...(row?.queryCode !== undefined && { queryCode: row.queryCode }),
    ...(row?.unmodelled === true && { unmodelled: true }),
  });
}

const FIRST_ID = '00000000-0000-4000-8000-000000000000';

/** Looks like a UUID; numbered, so that the same calls give the same ids. */
export function requestIdOf(number: number): string {
  const digits = String(number);
  return FIRST_ID.slice(0, -digits.length) + digits;
}
