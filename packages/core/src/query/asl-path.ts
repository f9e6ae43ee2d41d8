import { isJsonObject, type Json } from '@interstate/kernel';
import { Fault } from '../fault.ts';
import { compileJsonPath, JsonPathError, type JsonPath } from '../jsonpath/compile.ts';
import { isSubstituted } from '../validation/substitution.ts';
import type { Expression, Scope } from './scope.ts';

/** An ASL path: `$…` on the input, `$$…` on the context object, `$name…` on a variable. */
export interface AslPath {
  readonly text: string;
  /** The value, or undefined where nothing is there. Raises a Fault where the path cannot be applied at all. */
  find(scope: Scope): Json | undefined;
  /** The value; where nothing is there, a JsonPathError with Jayway's message. */
  read(scope: Scope): Json;
  /** True where the path may be used as a Reference Path. */
  readonly reference: boolean;
}

const NO_MATCHES: Json = Object.freeze([]) as unknown as Json;
const VARIABLE = /^\$([\p{ID_Start}_][\p{ID_Continue}]*)/u;

/**
 * What is wrong inside a filter, or a `${Name}` never filled in, is found out only when the path is applied: it fails then.
 * @throws JsonPathError of kind `invalid` where the text is no path.
 */
export function compileAslPath(text: string): AslPath {
  if (text.startsWith('$$')) {
    const path = compileLate(text.slice(1));
    return on(text, path, (scope) => scope.context());
  }
  const variable = VARIABLE.exec(text);
  if (!variable) {
    const path = compileLate(text);
    return {
      text,
      reference: path.reference,
      find: (scope) => found(path, scope.input),
      read: (scope) => path.read(scope.input),
    };
  }
  const name = variable[1]!;
  const path = compileLate(`$${text.slice(variable[0].length)}`);
  return on(text, path, (scope) => scope.variable(name));
}

/** A definition is taken if its paths have the outline of one; what stands between `[?(` and `)]` is not looked at. */
function compileLate(text: string): JsonPath {
  try {
    return compileJsonPath(text);
  } catch (error) {
    if (!(error instanceof JsonPathError) || error.kind !== 'invalid') throw error;
    if (!isSubstituted(text)) {
      const outline = withoutFilters(text);
      if (outline === text) throw error;
      compileJsonPath(outline);
    }
    const fail = (): never => {
      throw error;
    };
    return { text, reference: false, steps: undefined, definite: false, find: fail, read: fail };
  }
}

function withoutFilters(text: string): string {
  let outline = '';
  let copied = 0;
  for (let start = text.indexOf('[?('); start >= 0; start = text.indexOf('[?(', copied)) {
    const end = text.indexOf(')]', start);
    if (end < 0) break;
    outline += `${text.slice(copied, start)}[*]`;
    copied = end + 2;
  }
  return outline + text.slice(copied);
}

function on(text: string, path: JsonPath, root: (scope: Scope) => Json | undefined): AslPath {
  return {
    text,
    reference: path.reference,
    find(scope) {
      const document = root(scope);
      return document === undefined ? undefined : found(path, document);
    },
    read(scope) {
      const document = root(scope);
      if (document === undefined) throw new JsonPathError('missing', `No results for path: ${text}`);
      return path.read(document);
    },
  };
}

/** An indefinite path that finds nothing gives `[]` in Step Functions, even where its definite beginning leads nowhere. */
function found(path: JsonPath, document: Json): Json | undefined {
  try {
    const value = path.find(document);
    return value === undefined && !path.definite ? NO_MATCHES : value;
  } catch (error) {
    throw pathFault(path.text, error);
  }
}

function pathFault(text: string, error: unknown): unknown {
  if (!(error instanceof JsonPathError)) return error;
  return new Fault('States.Runtime', error.kind === 'missing' ? `Invalid path '${text}' : ${error.message}` : error.message);
}

/** For InputPath, OutputPath, TimeoutSecondsPath…: a miss fails as `Invalid path '$.x' : No results for path: $['x']`. */
export function pathExpression(path: AslPath): Expression {
  return (scope) => {
    const value = path.find(scope);
    if (value !== undefined) return value;
    try {
      return path.read(scope);
    } catch (error) {
      throw pathFault(path.text, error);
    }
  };
}

/** For payload templates: a miss names the field and quotes the input. */
export function templatePathExpression(path: AslPath, field: string): Expression {
  return (scope) => {
    const value = path.find(scope);
    if (value !== undefined) return value;
    // An index past the end of an array in a template gives null, not an error.
    if (isIndexPastEnd(path, scope)) return null;
    throw new Fault(
      'States.Runtime',
      `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(scope.input)}'`,
    );
  };
}

function isIndexPastEnd(path: AslPath, scope: Scope): boolean {
  const index = /\[(-?\d+)\]$/.exec(path.text);
  if (!index) return false;
  const parent = compileAslPath(path.text.slice(0, index.index)).find(scope);
  if (Array.isArray(parent)) return true;
  if (parent === undefined || parent === null) return false;
  throw new Fault('States.Runtime', `Filter: [${index[1]}] can only be applied to arrays. Current context is: ${javaText(parent)}`);
}

/** A value as Java's `toString` prints it inside Jayway's messages. */
function javaText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (isJsonObject(value)) return `{${Object.entries(value).map(([key, item]) => `${key}=${javaText(item)}`).join(', ')}}`;
  return String(value);
}
