import { isJsonObject, normalizeJson, type JsonObject } from '@interstate/kernel';
import { diagnosticAt, type Diagnostic } from './diagnostic.ts';
import { findJsonTextFault, findJsonTextLosses } from './json-text.ts';
import { viewMachine } from './machine-view.ts';
import { checkNesting, MAX_NESTING } from './nesting.ts';
import { at, ROOT, type Place } from './place.ts';
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
  if (!('object' in read)) return resultOf([read], options);
  return resultOf([...applyRules(read.object, options), ...lossesOf(definition, options)], options);
}

/**
 * The same for one state by itself, as TestState takes it; places are relative to the state.
 * The states it goes to are not there, so nothing is said of them.
 */
export function validateState(state: unknown, options: ValidateOptions = {}): ValidationResult {
  const read = readObject(state);
  if (!('object' in read)) return resultOf([read], options);
  const found = applyRules({ StartAt: STATE_NAME, States: { [STATE_NAME]: read.object } }, options);
  return resultOf([...found.flatMap((diagnostic) => relativeToState(diagnostic) ?? []), ...lossesOf(state, options)], options);
}

const STATE_NAME = 'State';
const STATE_PREFIX = `/States/${STATE_NAME}`;

/** Undefined for what is said of the machine around the state, or of where the state goes. */
function relativeToState(diagnostic: Diagnostic): Diagnostic | undefined {
  const { code, location, pointer } = diagnostic;
  const inner = pointer.slice(STATE_PREFIX.length);
  if (!pointer.startsWith(STATE_PREFIX)) return undefined;
  if (code === 'MISSING_TRANSITION_TARGET' && !inner.includes('/States/') && !inner.endsWith('/StartAt')) return undefined;
  return { ...diagnostic, pointer: inner, ...(location !== undefined && { location: location.slice(STATE_PREFIX.length) || '/' }) };
}

function resultOf(diagnostics: readonly Diagnostic[], { maxResults = DEFAULT_MAX_RESULTS }: ValidateOptions): ValidationResult {
  const limit = maxResults > 0 ? maxResults : DEFAULT_MAX_RESULTS;
  return {
    result: diagnostics.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: diagnostics.slice(0, limit),
    truncated: diagnostics.length > limit,
  };
}

function applyRules(definition: JsonObject, { type = 'STANDARD', severity }: ValidateOptions): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const machine = viewMachine(definition, type);
  const apply = (rules: readonly Rule[], as: Diagnostic['severity']): void => {
    for (const rule of rules) rule(machine, (code, message, place, hint) => diagnostics.push(diagnosticAt(as, code, message, place, hint)));
  };
  apply(SPECIFIED_RULES, 'ERROR');
  if (severity === 'WARNING') apply(WARNING_RULES, 'WARNING');
  return diagnostics;
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

/** Warnings for what `JSON.parse` loses without a word. */
function lossesOf(text: unknown, { severity }: ValidateOptions): Diagnostic[] {
  if (severity !== 'WARNING' || typeof text !== 'string') return [];
  const { duplicateKeys, inexactIntegers } = findJsonTextLosses(text);
  const place = (path: readonly (string | number)[]): Place => path.reduce<Place>(at, ROOT);
  return [
    ...duplicateKeys.map(({ key, path }) => diagnosticAt('WARNING', 'DUPLICATE_KEY', `Duplicate field '${key}'; the last one counts`, place(path))),
    ...inexactIntegers.map(({ text: integer, path }) =>
      diagnosticAt('WARNING', 'INEXACT_INTEGER', `${integer} is more than a double can hold exactly; ${Number(integer)} is what remains`, place(path)),
    ),
  ];
}
