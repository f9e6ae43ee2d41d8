import type { Failure } from '@interstate/kernel';
import { isServiceError, optimizedCause, sdkCause, type FailedCall } from '@interstate/service-kit';
import { errorPrefix, exceptionName } from './service-name.ts';

/** How an optimized integration names the errors of its service. */
export interface OptimizedNames {
  /** `SQS` in `SQS.AmazonSQSException`. */
  readonly prefix: string;
  /** `AmazonSQS` in `(Service: AmazonSQS; …)`, and in the name for errors the service does not describe. */
  readonly exceptionService: string;
  /** The latter where it is built otherwise. */
  readonly fallback?: string;
}

interface ServiceException extends Error {
  /** The code on the wire, where that is another than the name. */
  readonly Code?: unknown;
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string; readonly extendedRequestId?: string; readonly attempts?: number };
}

/** The failure of an `aws-sdk:` Task whose call threw. */
export function sdkFailure(serviceId: string, thrown: unknown): Failure {
  const prefix = errorPrefix(serviceId);
  if (!isServiceException(thrown)) return { Error: `${prefix}.SdkClientException`, Cause: clientCause(thrown) };
  const name = isDescribed(thrown) ? exceptionName(thrown.name) : `${prefix}Exception`;
  return { Error: `${prefix}.${name}`, Cause: sdkCause(prefix, failedCall(thrown), thrown.$metadata.attempts ?? 1) };
}

/** The failure of an optimized integration whose call threw. */
export function optimizedFailure(names: OptimizedNames, thrown: unknown): Failure {
  if (!isServiceException(thrown)) return { Error: `${names.prefix}.SdkClientException`, Cause: clientCause(thrown) };
  const code = thrown.name;
  const described = code.endsWith('Exception') ? code : `${code}Exception`;
  const name = isDescribed(thrown) ? described : (names.fallback ?? `${names.exceptionService}Exception`);
  const codeOnWire = typeof thrown.Code === 'string' ? thrown.Code : code;
  return { Error: `${names.prefix}.${name}`, Cause: optimizedCause(names.exceptionService, codeOnWire, failedCall(thrown)) };
}

/** True for an error that says "there is no such thing". */
export function isNotFound(thrown: unknown): boolean {
  return isServiceException(thrown) && (thrown.$metadata.httpStatusCode === 404 || /NotFound|NoSuch|DoesNotExist/.test(thrown.name));
}

function isServiceException(thrown: unknown): thrown is ServiceException {
  return thrown instanceof Error && typeof (thrown as Partial<ServiceException>).$metadata === 'object' && '$fault' in thrown;
}

/**
 * True where the service's model has this error. The SDK throws those as classes of their own below `<Service>ServiceException`
 * (three steps above Error), all others as `<Service>ServiceException` itself (two steps). Our own models' errors say so.
 */
function isDescribed(thrown: Error): boolean {
  if (isServiceError(thrown)) return thrown.isModelled;
  let steps = 0;
  for (let each: unknown = Object.getPrototypeOf(thrown); each !== null && each !== Error.prototype; each = Object.getPrototypeOf(each)) steps++;
  return steps !== 2;
}

function failedCall({ message, $metadata }: ServiceException): FailedCall {
  return {
    message,
    ...($metadata.httpStatusCode !== undefined && { status: $metadata.httpStatusCode }),
    ...($metadata.requestId !== undefined && { requestId: $metadata.requestId }),
    ...($metadata.extendedRequestId !== undefined && { extendedRequestId: $metadata.extendedRequestId }),
  };
}

function clientCause(thrown: unknown): string {
  const { code, hostname, message } = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as { code?: unknown; hostname?: unknown; message?: unknown };
  if (code === 'ENOTFOUND' && typeof hostname === 'string') return `Unable to execute HTTP request: ${hostname}: Name or service not known`;
  return `Unable to execute HTTP request: ${String(message)}`;
}
