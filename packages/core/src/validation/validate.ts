import { isJsonObject, normalizeJson } from '@interstate/kernel';
import { diagnosticAt, type Diagnostic } from './diagnostic.ts';
import { findJsonTextFault, findJsonTextLosses } from './json-text.ts';
import { viewMachine } from './machine-view.ts';
import { checkNesting, MAX_NESTING } from './nesting.ts';
import { at, ROOT, type Place } from './place.ts';
import { SPECIFIED_RULES, WARNING_RULES } from './specified-rules.ts';

export interface ValidateOptions {
  /** Type of machine the definition is for. Default `STANDARD`. */
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** `WARNING`: warnings as well as errors. Default `ERROR`. */
  readonly severity?: 'ERROR' | 'WARNING';
  /** Diagnostics returned at most: integer, 0 (as many as by default)…100. Default 100. */
  readonly maxResults?: number;
}

export interface ValidationResult {
  /** `FAIL` where there is an error; warnings alone do not fail. */
  readonly result: 'OK' | 'FAIL';
  readonly diagnostics: readonly Diagnostic[];
  /** True where there are more diagnostics than were asked for. */
  readonly truncated: boolean;
}

const DEFAULT_MAX_RESULTS = 100;

/**
 * Finds every fault of an Amazon States Language definition, given as JSON text or as the value itself,
 * in the codes and words of ValidateStateMachineDefinition. Never throws.
 *
 * What a deployment tool is still to fill in (`${Table}` within a string) may stand for anything and is no fault.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
export function validateDefinition(definition: unknown, options: ValidateOptions = {}): ValidationResult {
  const { type = 'STANDARD', severity = 'ERROR', maxResults = DEFAULT_MAX_RESULTS } = options;
  const diagnostics = findDiagnostics(definition, type, severity === 'WARNING');
  const limit = maxResults > 0 ? maxResults : DEFAULT_MAX_RESULTS;
  return {
    result: diagnostics.some((diagnostic) => diagnostic.severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: diagnostics.slice(0, limit),
    truncated: diagnostics.length > limit,
  };
}

function findDiagnostics(definition: unknown, type: 'STANDARD' | 'EXPRESS', warnings: boolean): Diagnostic[] {
  let value = definition;
  if (typeof definition === 'string') {
    if (definition.trim() === '') return [NO_OBJECT];
    try {
      value = JSON.parse(definition);
    } catch {
      return [invalidJson(definition)];
    }
  }
  if (!isJsonObject(value)) return [NO_OBJECT];
  const nesting = checkNesting(value);
  if (nesting === 'too deep') return [TOO_DEEP];
  if (nesting === 'not json') {
    try {
      value = normalizeJson(value);
    } catch {
      return [NO_OBJECT];
    }
    if (!isJsonObject(value)) return [NO_OBJECT];
  }

  const diagnostics: Diagnostic[] = [];
  const machine = viewMachine(value, type);
  for (const rule of SPECIFIED_RULES) {
    rule(machine, (code, message, place, hint) => diagnostics.push(diagnosticAt('ERROR', code, message, place, hint)));
  }
  if (warnings) {
    for (const rule of WARNING_RULES) {
      rule(machine, (code, message, place, hint) => diagnostics.push(diagnosticAt('WARNING', code, message, place, hint)));
    }
    if (typeof definition === 'string') diagnostics.push(...lossesOf(definition));
  }
  return diagnostics;
}

const NO_OBJECT: Diagnostic = { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object', pointer: '' };
const TOO_DEEP: Diagnostic = {
  severity: 'ERROR',
  code: 'TOO_DEEPLY_NESTED',
  message: `The definition is nested more than ${MAX_NESTING} levels deep`,
  pointer: '',
};

function invalidJson(text: string): Diagnostic {
  const fault = findJsonTextFault(text);
  if (!fault) return NO_OBJECT;
  const { message, location } = fault;
  return { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: `${message}\n at ${location}`, location, pointer: '' };
}

/** What `JSON.parse` loses without a word. */
function lossesOf(text: string): Diagnostic[] {
  const { duplicateKeys, inexactIntegers } = findJsonTextLosses(text);
  const place = (path: readonly (string | number)[]): Place => path.reduce<Place>(at, ROOT);
  return [
    ...duplicateKeys.map(({ key, path }) => diagnosticAt('WARNING', 'DUPLICATE_KEY', `Duplicate field '${key}'; the last one counts`, place(path))),
    ...inexactIntegers.map(({ text: integer, path }) =>
      diagnosticAt('WARNING', 'INEXACT_INTEGER', `${integer} is more than a double can hold exactly; ${Number(integer)} is what remains`, place(path)),
    ),
  ];
}
