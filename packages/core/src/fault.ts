/** Errors of the interpreter itself: the `States.*` names that core raises (reference: error names in the Amazon States Language). */
export type FaultName =
  | 'States.Runtime'
  | 'States.IntrinsicFailure'
  | 'States.QueryEvaluationError'
  | 'States.DataLimitExceeded'
  | 'States.ResultPathMatchFailure'
  | 'States.ItemReaderFailed'
  | 'States.ExceedToleratedFailureThreshold';

/**
 * Carries a modelled failure out of a compiled expression. Thrown by evaluation only, caught in one place
 * (the interpreter's data flow), where it becomes data; it is no Error, so throwing it collects no stack.
 */
export class Fault {
  constructor(
    readonly error: FaultName,
    /** The text after `An error occurred while executing the state '…' (entered at the event id #…). `. */
    readonly cause: string,
    /** The field at fault as EvaluationFailed shows it (`Output/total`), JSONata only. */
    readonly location?: string,
    /** True where the expression itself evaluated, and the field could not use its value. */
    readonly late?: boolean,
  ) {}
}
