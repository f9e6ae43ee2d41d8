import type { Failure } from '@interstate/kernel';

/**
 * Errors of the Step Functions API: code → message template, HTTP status, documentation.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html
 */
export const STATES_ERRORS = {
  ActivityAlreadyExists: { message: "Activity Already Exists: '{arn}'", status: 400 },
  ActivityDoesNotExist: { message: "Activity Does Not Exist: '{arn}'", status: 400 },
  ExecutionAlreadyExists: { message: "Execution Already Exists: '{arn}'", status: 400 },
  ExecutionDoesNotExist: { message: "Execution Does Not Exist: '{arn}'", status: 400 },
  ExecutionNotRedrivable: { message: '{reason}', status: 400 },
  InvalidArn: { message: "Invalid Arn: '{reason}'", status: 400 },
  InvalidDefinition: { message: "Invalid State Machine Definition: '{reason}'", status: 400 },
  InvalidExecutionInput: { message: "Invalid State Machine Execution Input: '{reason}'", status: 400 },
  InvalidName: { message: "Invalid Name: '{name}'", status: 400 },
  InvalidOutput: { message: "Invalid Output: '{reason}'", status: 400 },
  InvalidToken: { message: "Invalid Token: '{reason}'", status: 400 },
  ResourceNotFound: { message: "Resource not found: '{arn}'", status: 400 },
  StateMachineAlreadyExists: { message: "State Machine Already Exists: '{arn}'", status: 400 },
  StateMachineDoesNotExist: { message: "State Machine Does Not Exist: '{arn}'", status: 400 },
  TaskDoesNotExist: { message: "Task does not exist", status: 400 },
  TaskTimedOut: { message: 'Task Timed Out: \'Provided task does not exist anymore\'', status: 400 },
  ValidationException: { message: '{reason}', status: 400 },
} as const;

export type StatesErrorCode = keyof typeof STATES_ERRORS;

/** A refused call. Raised by an action, turned into the call's outcome in one place. */
export class StatesError {
  constructor(
    readonly code: StatesErrorCode,
    readonly values: Readonly<Record<string, string>> = {},
  ) {}

  get message(): string {
    return STATES_ERRORS[this.code].message.replace(/\{(\w+)\}/g, (_, name: string) => this.values[name] ?? '');
  }

  toFailure(): Failure {
    return { Error: this.code, Cause: this.message };
  }
}
