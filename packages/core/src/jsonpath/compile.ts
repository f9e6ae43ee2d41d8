import type { Json } from '@interstate/kernel';
import { CompiledPath } from './compiled-path.ts';
import { invalid, toJsonPathError } from './error.ts';
import { Evaluation } from './evaluation.ts';
import type { Value } from './java-value.ts';
import { toJson } from './java-value.ts';
import { parsePath } from './parse-path.ts';
import { referenceSteps } from './reference.ts';
import type { PathSyntax } from './syntax.ts';

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
  const finish = (value: Value): Json => (path.definite ? toJson(value) : (value as readonly Value[]).map(toJson));
  const readSteps = (document: Json): Json => guarded(() => finish(path.read(document, new Evaluation(document))));
  const findSteps = (document: Json): Json | undefined =>
    guarded(() => {
      const value = path.find(document, new Evaluation(document));
      return value === undefined ? undefined : finish(value);
    });
  const find = path.reference ?? findSteps;
  return {
    text,
    definite: path.definite,
    reference,
    steps: reference ? steps : undefined,
    find,
    read(document) {
      const found = path.reference?.(document);
      // What is missing is worked out only once it is known to be missing.
      return found === undefined ? readSteps(document) : found;
    },
  };
}

function parseText(text: string): PathSyntax {
  return text === '' ? invalid('json can not be null or empty') : parsePath(text);
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toJsonPathError(thrown);
  }
}
