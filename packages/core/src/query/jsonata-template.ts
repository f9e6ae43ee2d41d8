import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import { compileJsonata, JsonataError, type JsonataEnvironment } from '../jsonata/compile.ts';
import { toJson } from '../jsonata/to-json.ts';
import { below, counted, locationIn, type Site } from '../program/site.ts';
import { isSubstituted } from '../validation/substitution.ts';
import type { Expression, Scope } from './scope.ts';

const FAULT = 'States.QueryEvaluationError';

/** Only strings that start with `{%` and end with `%}` are expressions. */
export function isJsonataText(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}');
}

/** A JSONata template: expressions anywhere in values, at any depth; keys are literal. */
export function compileJsonataTemplate(template: Json, site: Site): Expression {
  return compileNode(template, site) ?? (() => template);
}

/** One expression with its surrounding `{% %}`. */
export function compileJsonataText(text: string, site: Site): Expression {
  const location = locationIn(site);
  const source = text.slice(2, -2).trim();
  const expression = compileLate(source);
  const seesContext = SEES_CONTEXT.test(source);
  return counted(site, (scope: Scope) => {
    let raw: unknown;
    try {
      raw = expression.evaluate(environmentOf(scope, seesContext));
    } catch (error) {
      throw evaluationFault(error, source, location);
    }
    if (raw === undefined) {
      throw new Fault(FAULT, `${named(source, location)} returned nothing (undefined).`, location);
    }
    const value = toJson(raw);
    if (value === undefined) throw new Fault(FAULT, `${named(source, location)} returned an unsupported result type.`, location);
    return value;
  });
}

/** A `${Name}` never filled in may be what does not parse: that is found out only when the expression is evaluated. */
function compileLate(source: string): ReturnType<typeof compileJsonata> {
  try {
    return compileJsonata(source);
  } catch (error) {
    if (!isSubstituted(source)) throw error;
    return {
      text: source,
      evaluate: () => {
        throw error;
      },
    };
  }
}

/** As `compileJsonataText`, refusing results that are not of the type a field wants. */
export function compileTypedJsonata(text: string, site: Site, expected: JsonTypeName): Expression {
  const location = locationIn(site);
  const source = text.slice(2, -2).trim();
  const evaluate = compileJsonataText(text, site);
  return (scope) => {
    const value = evaluate(scope);
    const actual = jsonTypeName(value);
    if (actual === expected) return value;
    const problem = `returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`;
    throw new Fault(FAULT, `${named(source, location)} ${problem}`, location);
  };
}

export type JsonTypeName = 'array' | 'object' | 'string' | 'number' | 'boolean' | 'null';

export function jsonTypeName(value: Json): JsonTypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonTypeName;
}

function named(source: string, location: string): string {
  return `The JSONata expression '${source}' specified for the field '${location}'`;
}

function evaluationFault(error: unknown, source: string, location: string): unknown {
  if (!(error instanceof JsonataError)) return error;
  // Errors of the service's own bounds carry no code.
  const text = error.code === '' ? `: ${error.message}` : `. ${error.code}: ${error.message}`;
  return new Fault(FAULT, `${named(source, location)} threw an error during evaluation${text}`, location);
}

function environmentOf(scope: Scope, seesContext: boolean): JsonataEnvironment {
  return {
    variable: (name) => (name === 'states' ? statesOf(scope, seesContext) : scope.variable(name)),
    now: scope.now,
    crypto: scope.crypto,
    random: scope.random,
  };
}

/** Any use of `$states` but for its other members. */
const SEES_CONTEXT = /\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)/;

/** `$states`: members that are not available in a field are absent. The context object is made only where it can be seen. */
function statesOf(scope: Scope, seesContext: boolean): object {
  const states: Record<string, unknown> = { input: scope.input };
  if (scope.result !== undefined) states['result'] = scope.result;
  if (scope.errorOutput !== undefined) states['errorOutput'] = scope.errorOutput;
  // A value, never a getter: `$states` itself may become a result, which must not change any more.
  if (seesContext) states['context'] = scope.context();
  return states;
}

function compileNode(node: Json, site: Site): Expression | undefined {
  if (isJsonataText(node)) return compileJsonataText(node, site);
  if (Array.isArray(node)) {
    const items = node.map((item, index) => compileNode(item, below(site, index)));
    if (items.every((item) => item === undefined)) return undefined;
    return (scope) => items.map((item, index) => (item ? item(scope) : node[index]!));
  }
  if (typeof node !== 'object' || node === null) return undefined;
  const entries = Object.entries(node as JsonObject).map(
    ([key, value]) => [key, compileNode(value, below(site, key)), value] as const,
  );
  if (entries.every(([, expression]) => expression === undefined)) return undefined;
  return (scope) => {
    const object: Record<string, Json> = {};
    for (const [key, expression, literal] of entries) setJsonKey(object, key, expression ? expression(scope) : literal);
    return object;
  };
}
