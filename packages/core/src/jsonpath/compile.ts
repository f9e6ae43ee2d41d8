import type { Json } from '@interstate/kernel';

/** A JSONPath that does not compile, or fails in evaluation, with the message Jayway json-path gives. */
export class JsonPathError extends Error {
  constructor(
    /** `missing`: PathNotFoundException; `invalid`: any other failure. */
    readonly kind: 'missing' | 'invalid',
    message: string,
  ) {
    super(message);
    this.name = 'JsonPathError';
  }
}

/** A JSONPath compiled once, answering as Jayway json-path does. */
export interface JsonPath {
  readonly text: string;
  /** True where the path can select one node only; an indefinite path gives an array of matches, `[]` if none. */
  readonly definite: boolean;
  /** True for plain member and index steps only (`$`, `$.a['b'][0]`): what ASL calls a Reference Path. */
  readonly reference: boolean;
  /** The value, or undefined where a definite path finds nothing. @throws JsonPathError of kind `invalid`. */
  find(document: Json): Json | undefined;
  /** As `find`, but a definite path that finds nothing throws a JsonPathError of kind `missing` with Jayway's message. */
  read(document: Json): Json;
}

/** @throws JsonPathError of kind `invalid` where the text is no path. */
export function compileJsonPath(_text: string): JsonPath {
  throw new JsonPathError('invalid', 'not yet');
}
