import { isJsonObject, normalizeJson, type JsonObject } from '@interstate/kernel';
import { toDiagnostic, type Diagnostic, type DiagnosticCode, type Finding } from './diagnostic.ts';
import { findJsonTextFault, findJsonTextLosses } from './json-text.ts';
import { viewMachine } from './machine-view.ts';
import { checkNesting, MAX_NESTING } from './nesting.ts';
import { pathOf, placeOf } from './place.ts';
import type { Rule } from './rule.ts';
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
  const read = readObject(definition);
  if (!('object' in read)) return { result: 'FAIL', diagnostics: [read], truncated: false };
  return resultOf([...applyRules(read.object, options), ...lossesOf(definition, options)], options);
}

/**
 * The same for one state by itself, as TestState takes it; places are relative to the state.
 * The states it goes to are not there, so nothing is said of them.
 */
export function validateState(state: unknown, options: ValidateOptions = {}): ValidationResult {
  const read = readObject(state);
  if (!('object' in read)) return { result: 'FAIL', diagnostics: [read], truncated: false };
  const found = applyRules({ StartAt: STATE_NAME, States: { [STATE_NAME]: read.object } }, options);
  return resultOf([...found.flatMap(relativeToState), ...lossesOf(state, options)], options);
}

const STATE_NAME = 'State';

/** Nothing for what is said of the machine around the state, or of where the state goes. */
function relativeToState(finding: Finding): Finding[] {
  const path = pathOf(finding.place).slice(2);
  const isAround = finding.place.parent?.parent === undefined;
  const isTransition = finding.code === 'MISSING_TRANSITION_TARGET' && path.at(-1) !== 'StartAt' && !path.includes('States');
  return isAround || isTransition ? [] : [{ ...finding, place: placeOf(path) }];
}

function resultOf(findings: readonly Finding[], { maxResults = DEFAULT_MAX_RESULTS }: ValidateOptions): ValidationResult {
  const limit = maxResults > 0 ? maxResults : DEFAULT_MAX_RESULTS;
  return {
    result: findings.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: findings.slice(0, limit).map(toDiagnostic),
    truncated: findings.length > limit,
  };
}

function applyRules(definition: JsonObject, { type = 'STANDARD', severity }: ValidateOptions): Finding[] {
  const findings: Finding[] = [];
  const machine = viewMachine(definition, type);
  const apply = (rules: readonly Rule[], as: Finding['severity']): void => {
    for (const rule of rules) rule(machine, (code, message, place, hint) => findings.push({ severity: as, code, message, place, hint }));
  };
  apply(SPECIFIED_RULES, 'ERROR');
  if (severity === 'WARNING') apply(WARNING_RULES, 'WARNING');
  return findings;
}

/** The definition as plain JSON, or why it is none. */
function readObject(definition: unknown): { readonly object: JsonObject } | Diagnostic {
  let value = definition;
  if (typeof definition === 'string') {
    if (definition.trim() === '') return NO_OBJECT;
    try {
      value = JSON.parse(definition);
    } catch {
      return invalidJson(definition);
    }
  }
  if (!isJsonObject(value)) return NO_OBJECT;
  const nesting = checkNesting(value);
  if (nesting === 'too deep') return TOO_DEEP;
  if (nesting === 'json') return { object: value };
  try {
    value = normalizeJson(value);
  } catch {
    return NO_OBJECT;
  }
  return isJsonObject(value) ? { object: value } : NO_OBJECT;
}

const NO_OBJECT: Diagnostic = {
  severity: 'ERROR',
  code: 'SCHEMA_VALIDATION_FAILED',
  message: 'Definition must be a valid JSON object',
  pointer: '',
};
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

/** Warnings for what `JSON.parse` loses without a word. */
function lossesOf(text: unknown, { severity }: ValidateOptions): Finding[] {
  if (severity !== 'WARNING' || typeof text !== 'string') return [];
  const { duplicateKeys, inexactIntegers } = findJsonTextLosses(text);
  const warning = (code: DiagnosticCode, message: string, path: readonly (string | number)[]): Finding => ({
    severity: 'WARNING',
    code,
    message,
    place: placeOf(path),
    hint: undefined,
  });
  return [
    ...duplicateKeys.map(({ key, path }) => warning('DUPLICATE_KEY', `Duplicate field '${key}'; the last one counts`, path)),
    ...inexactIntegers.map(({ text: integer, path }) =>
      warning('INEXACT_INTEGER', `${integer} is more than a double can hold exactly; ${Number(integer)} is what remains`, path),
    ),
  ];
}
