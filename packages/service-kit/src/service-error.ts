import type { Failure } from '@interstate/kernel';

/** What an AWS SDK v3 result or error says about the exchange behind it. */
export interface ResponseMetadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly extendedRequestId?: string;
  readonly attempts?: number;
  readonly totalRetryDelay?: number;
}

/** One kind of error of a service. `message` is a template: `{name}` stands for a value. */
export interface ErrorRow {
  readonly message: string;
  /** HTTP status, 400…599. */
  readonly status: number;
  /** True where the SDKs try again. Default false. */
  readonly retryable?: boolean;
  /** The code of the service's older query protocol, which SDK clients show as `Code`, where it is another. */
  readonly queryCode?: string;
  /** The service's published model has no such error: clients know it as their base exception alone. Default false. */
  readonly unmodelled?: true;
  /** Page of the service's documentation. */
  readonly docs: string;
}

/** A service's errors: code → row. */
export type ErrorTable = Readonly<Record<string, ErrorRow>>;

/** What an error is made with, beside name and message. */
export type ErrorMetadata = ResponseMetadata & Pick<ErrorRow, 'retryable' | 'queryCode' | 'unmodelled'>;

const TAG = Symbol.for('@interstate/service-kit/service-error');

/** An error of a service, in the shape AWS SDK v3 clients throw: `name` is the error code. */
export class ServiceError extends Error {
  override readonly name: string;
  /** Whose mistake it was: `client` for HTTP status 4xx, else `server`. */
  readonly $fault: 'client' | 'server';
  readonly $metadata: ResponseMetadata;
  readonly $retryable?: { readonly throttling: boolean };
  /** Query protocol: the older error code, and whose mistake it was. */
  readonly Code?: string;
  readonly Type?: 'Sender' | 'Receiver';
  /** False for errors that the service's published model does not describe. */
  readonly isModelled: boolean;
  readonly [TAG] = true;

  constructor(name: string, message: string, metadata: ErrorMetadata = {}) {
    super(message);
    const { retryable = false, queryCode, unmodelled = false, ...$metadata } = metadata;
    this.name = name;
    this.$fault = ($metadata.httpStatusCode ?? 400) < 500 ? 'client' : 'server';
    this.$metadata = $metadata;
    this.isModelled = !unmodelled;
    if (queryCode !== undefined) {
      this.Code = queryCode;
      this.Type = this.$fault === 'client' ? 'Sender' : 'Receiver';
    }
    if (retryable) this.$retryable = { throttling: name.includes('Throttl') || name.includes('TooManyRequests') };
  }
}

/** True for service errors of any copy of this package. */
export function isServiceError(value: unknown): value is ServiceError {
  return typeof value === 'object' && value !== null && (value as { [TAG]?: unknown })[TAG] === true;
}

/** The error `code` of a table, its message filled in with `values`. */
export function createServiceError<Table extends ErrorTable>(
  table: Table,
  code: keyof Table & string,
  values: Readonly<Record<string, string | number>> = {},
  metadata: ResponseMetadata = {},
): ServiceError {
  const row: ErrorRow = table[code]!;
  return new ServiceError(code, fillMessage(row.message, values), {
    httpStatusCode: row.status,
    retryable: row.retryable ?? false,
    ...metadata,
  });
}

/** The same error as data, for a reply. */
export function serviceFailure<Table extends ErrorTable>(
  table: Table,
  code: keyof Table & string,
  values: Readonly<Record<string, string | number>> = {},
): Failure {
  return { Error: code, Cause: fillMessage(table[code]!.message, values) };
}

/** Puts values into a template: `{name}` becomes `values.name`; names without a value stay as they are. */
export function fillMessage(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (text, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : text));
}
