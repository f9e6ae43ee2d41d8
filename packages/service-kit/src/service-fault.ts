import type { Failure } from '@interstate/kernel';
import { fillMessage, type ErrorTable } from './service-error.ts';

/**
 * A refused call. Raised by an action, turned into the call's outcome in one place ({@link createOperations}).
 * @param code a row of the service's error table; @param values fill the row's message
 */
export class ServiceFault {
  constructor(
    readonly code: string,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {}

  /** The fault as a failed outcome holds it: error code and message. */
  toFailure(errors: ErrorTable): Failure {
    return { Error: this.code, Cause: fillMessage(errors[this.code]?.message ?? '{reason}', this.values) };
  }
}
