import type { Json } from '@interstate/kernel';
import { CompiledPath } from './compiled-path.ts';
import { JsonPathError, toJsonPathError } from './error.ts';
import { Evaluation } from './evaluation.ts';
import type { Value } from './java-value.ts';
import { toJson } from './java-value.ts';
import { parsePath } from './parse-path.ts';
import { referenceSteps } from './reference.ts';

export { JsonPathError } from './error.ts';

/** A JSONPath compiled once, answering as Jayway json-path does. */
export interface JsonPath {
  readonly text: string;
  /** True where the path can select one node only; an indefinite path gives an array of matches, `[]` if none. */
  readonly definite: boolean;
  /** True for plain member and index steps only (`$`, `$.a['b'][0]`): what ASL calls a Reference Path. */
  readonly reference: boolean;
  /** The keys and indexes of a reference path, outermost first; undefined for any other. */
  readonly steps: readonly (string | number)[] | undefined;
  /**
   * The value, or undefined where `read` would throw an error of kind `missing`. Shares structure with the document.
   * @throws JsonPathError of kind `invalid`.
   */
  find(document: Json): Json | undefined;
  /**
   * As `find`, but finding nothing throws: a definite path without a result, and an indefinite one whose definite
   * beginning leads nowhere (`$.missing[*]`).
   * @throws JsonPathError of kind `missing` with Jayway's message.
   */
  read(document: Json): Json;
}

/** @throws JsonPathError of kind `invalid` where the text is no path. */
export function compileJsonPath(text: string): JsonPath {
  const path = guarded(() => new CompiledPath(parseText(text)));
  const steps = path.syntax.root === '$' ? referenceSteps(path.syntax) : undefined;
  const reference = steps !== undefined && steps.every((step) => typeof step === 'string' || step >= 0);
  const read = (document: Json): Json => guarded(() => finish(path.read(document, new Evaluation(document))));
  const find = path.reference ?? ((document: Value) => guarded(() => finishFound(path.find(document, new Evaluation(document)))));
  return {
    text,
    definite: path.definite,
    reference,
    steps: reference ? steps : undefined,
    find,
    // What is missing is worked out only once it is known to be missing.
    read: path.reference === undefined ? read : (document) => find(document) ?? readNull(find(document), document),
  };

  function readNull(found: Json | undefined, document: Json): Json {
    return found === undefined ? read(document) : found;
  }

  function finish(value: Value): Json {
    return path.definite ? toJson(value) : (value as readonly Value[]).map(toJson);
  }

  function finishFound(value: Value | undefined): Json | undefined {
    return value === undefined ? undefined : finish(value);
  }
}

function parseText(text: string) {
  if (text === '') throw new JsonPathError('invalid', 'json can not be null or empty');
  return parsePath(text);
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toJsonPathError(thrown);
  }
}
