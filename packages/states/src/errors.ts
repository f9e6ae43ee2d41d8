import type { Failure } from '@interstate/kernel';
import { fillMessage, type ErrorRow } from '@interstate/service-kit';

const page = (operation: string): string => `https://docs.aws.amazon.com/step-functions/latest/apireference/API_${operation}.html#API_${operation}_Errors`;
const row = (message: string, operation: string): ErrorRow => ({ message, status: 400, docs: page(operation) });

/** Errors of the Step Functions API: code → message template, HTTP status, documentation. */
export const STATES_ERRORS = {
  ActivityAlreadyExists: row("Activity Already Exists: '{arn}'", 'CreateActivity'),
  ActivityDoesNotExist: row("Activity Does Not Exist: '{arn}'", 'GetActivityTask'),
  ActivityLimitExceeded: row('The maximum number of activities has been reached.', 'CreateActivity'),
  ActivityWorkerLimitExceeded: row('The maximum number of workers concurrently polling for activity tasks has been reached.', 'GetActivityTask'),
  ConflictException: row('{reason}', 'PublishStateMachineVersion'),
  ExecutionAlreadyExists: row("Execution Already Exists: '{arn}'", 'StartExecution'),
  ExecutionDoesNotExist: row("Execution Does Not Exist: '{arn}'", 'DescribeExecution'),
  ExecutionLimitExceeded: row('The maximum number of running executions has been reached.', 'StartExecution'),
  ExecutionNotRedrivable: row("Execution Not Redrivable: '{reason}'", 'RedriveExecution'),
  InvalidArn: row("Invalid Arn: '{reason}'", 'DescribeExecution'),
  InvalidDefinition: row('{reason}', 'CreateStateMachine'),
  InvalidEncryptionConfiguration: row("Invalid Encryption Configuration: '{reason}'", 'CreateStateMachine'),
  InvalidExecutionInput: row("Invalid State Machine Execution Input: '{reason}'", 'StartExecution'),
  InvalidLoggingConfiguration: row('Invalid Logging Configuration: {reason}', 'CreateStateMachine'),
  InvalidName: row("Invalid Name: '{name}'", 'CreateStateMachine'),
  InvalidOutput: row("Invalid Output: '{reason}'", 'SendTaskSuccess'),
  InvalidToken: row("Invalid Token: '{reason}'", 'SendTaskSuccess'),
  InvalidTracingConfiguration: row("Invalid Tracing Configuration: '{reason}'", 'CreateStateMachine'),
  KmsAccessDeniedException: row('{reason}', 'CreateStateMachine'),
  KmsInvalidStateException: row('{reason}', 'DescribeExecution'),
  KmsThrottlingException: row('{reason}', 'CreateStateMachine'),
  MissingRequiredParameter: row('{reason}', 'UpdateStateMachine'),
  ResourceNotFound: row('{reason}', 'TagResource'),
  SerializationException: row('{reason}', 'CreateStateMachine'),
  ServiceQuotaExceededException: row('{reason}', 'PublishStateMachineVersion'),
  StateMachineAlreadyExists: row("State Machine Already Exists: '{arn}'", 'CreateStateMachine'),
  StateMachineDeleting: row("State Machine is being deleted: '{arn}'", 'StartExecution'),
  StateMachineDoesNotExist: row("State Machine Does Not Exist: '{arn}'", 'StartExecution'),
  StateMachineLimitExceeded: row('The maximum number of state machines has been reached.', 'CreateStateMachine'),
  StateMachineTypeNotSupported: row('This operation is not supported by this type of state machine', 'StartSyncExecution'),
  TaskDoesNotExist: row("Task Does Not Exist: 'Provided task does not exist'", 'SendTaskSuccess'),
  TaskTimedOut: row("Task Timed Out: 'Provided task does not exist anymore'", 'SendTaskSuccess'),
  TooManyTags: row("Too Many Tags: '{arn}'", 'TagResource'),
  UnknownOperationException: row("The operation '{name}' is not offered.", 'StartExecution'),
  ValidationException: row('{reason}', 'StartExecution'),
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type StatesErrorCode = keyof typeof STATES_ERRORS;

/** A refused call. Raised by an action, turned into the call's outcome in one place. */
export class StatesError {
  constructor(
    readonly code: StatesErrorCode,
    readonly values: Readonly<Record<string, string>> = {},
  ) {}

  get message(): string {
    return fillMessage(STATES_ERRORS[this.code].message, this.values);
  }

  toFailure(): Failure {
    return { Error: this.code, Cause: this.message };
  }
}
