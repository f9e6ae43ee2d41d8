import type { Failure, Json } from '@interstate/kernel';

/** What is known of a failed call to a service. */
export interface FailedCall {
  readonly message: string;
  /** HTTP status; absent where no answer came. */
  readonly status?: number;
  readonly requestId?: string;
  readonly extendedRequestId?: string;
}

/** Cause of a failed optimized integration, as Step Functions words it: `<message> (Service: AWSLambda; Status Code: 404; …; Proxy: null)`. */
export function optimizedCause(service: string, code: string, call: FailedCall): string {
  const extended = call.extendedRequestId === undefined ? '' : `; S3 Extended Request ID: ${call.extendedRequestId}`;
  const { message, status = 400, requestId = null } = call;
  return `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}${extended}; Proxy: null)`;
}

/** Cause of a failed `aws-sdk:` integration: `<message> (Service: Sfn, Status Code: 400, Request ID: …) (SDK Attempt Count: 1)`. */
export function sdkCause(service: string, call: FailedCall, attempts = 1): string {
  const extended = call.extendedRequestId === undefined ? '' : `, Extended Request ID: ${call.extendedRequestId}`;
  const { message, status = 400, requestId = null } = call;
  return `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${requestId}${extended}) (SDK Attempt Count: ${attempts})`;
}

/** The fault of a Task whose effective input the service cannot be called with: `States.Runtime`, one text per fault. */
export function parameterFault(parameters: Json, faults: readonly string[]): Failure {
  return { Error: 'States.Runtime', Cause: `The Parameters '${jsonText(parameters)}' could not be used to start the Task: [${faults.join(', ')}]` };
}

function jsonText(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the platform can print.
    return '…';
  }
}

/** `FunctionName` is missing. */
export function missingField(name: string): string {
  return `The field '${name}' is required but was missing`;
}

/** `FunctionName` is no string, say. */
export function mistypedField(name: string, type: 'STRING' | 'INTEGER' | 'BOOLEAN'): string {
  return `The value for the field '${name}' must be a ${type}`;
}

/** `Headers` is no object of lists, say. */
export function misshapenField(name: string): string {
  return `The value of the field '${name}' has an invalid format`;
}
