import { locationOf, pointerOf, type Place } from './place.ts';

/**
 * What kind of fault: the codes of ValidateStateMachineDefinition, and those it gives without listing them.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
export type DiagnosticCode =
  | 'INVALID_JSON_DESCRIPTION'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'TOO_DEEPLY_NESTED'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_STATE_NAME'
  | 'DUPLICATE_LABEL_NAME'
  | 'INVALID_LABEL_NAME'
  | 'MISSING_END_STATE'
  | 'MISSING_TRANSITION_TARGET'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION'
  | 'INVALID_VARIABLE_NAME'
  | 'RESERVED_VARIABLE_NAME'
  | WarningCode;

/** The last three are Interstate's own. */
export type WarningCode = 'NO_DOLLAR' | 'NO_PATH' | 'PASS_RESULT_IS_STATIC' | 'UNKNOWN_ERROR_NAME' | 'DUPLICATE_KEY' | 'INEXACT_INTEGER';

export interface Diagnostic {
  /** `ERROR`: Step Functions refuses the definition. */
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: DiagnosticCode;
  /** In the words of Step Functions. */
  readonly message: string;
  /** Where, as Step Functions writes it (`/States/Ask/Choices[0]/Next`); absent where it gives none. */
  readonly location?: string;
  /** Where, as a JSON Pointer into the definition (`/States/Ask/Choices/0/Next`). */
  readonly pointer: string;
  /** What was probably meant, in our own words. */
  readonly hint?: string;
}

/** A hint, or how to find one: looked for only where the diagnostic is returned. */
export type Hint = string | (() => string | undefined);

/** Takes what a rule has found. */
export type Report = (code: DiagnosticCode, message: string, place: Place, hint?: Hint) => void;

/** What a rule has found, before it is written out. */
export interface Finding {
  readonly severity: Diagnostic['severity'];
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly place: Place;
  readonly hint: Hint | undefined;
}

export function toDiagnostic({ severity, code, message, place, hint }: Finding): Diagnostic {
  const hintText = typeof hint === 'function' ? hint() : hint;
  return {
    severity,
    code,
    message,
    // A workflow without an end is nowhere in particular for Step Functions.
    ...(code !== 'MISSING_END_STATE' && { location: locationOf(place) }),
    pointer: pointerOf(place),
    ...(hintText !== undefined && { hint: hintText }),
  };
}

/**
 * The message with which CreateStateMachine, UpdateStateMachine and TestState refuse a definition (`InvalidDefinition`):
 * `Invalid State Machine Definition: '<code>: <message> at <location>, …'`. Warnings are left out.
 */
export function invalidDefinitionMessage(diagnostics: readonly Diagnostic[]): string {
  const faults = diagnostics
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? 'null'}`);
  return `Invalid State Machine Definition: '${faults.join(', ')}'`;
}
