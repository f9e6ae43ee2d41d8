import { RegexBudgetError } from '../regex/compile.ts';

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

/**
 * A failure on its way inside this folder, by the exception it is in Jayway: filters and functions swallow some of them.
 * `missing`: PathNotFoundException; `invalid`: InvalidPathException; `bounds`: IndexOutOfBoundsException; `other`: the rest.
 * No Error, so that a filter that misses on every item collects no stacks.
 */
export class Failure {
  constructor(
    readonly kind: 'missing' | 'invalid' | 'bounds' | 'other',
    readonly message: string,
  ) {}
}

export function invalid(message: string): never {
  throw new Failure('invalid', message);
}

/** The error the outside sees for anything thrown inside. */
export function toJsonPathError(thrown: unknown): unknown {
  if (thrown instanceof RegexBudgetError) return new JsonPathError('invalid', thrown.message);
  return thrown instanceof Failure ? new JsonPathError(thrown.kind === 'missing' ? 'missing' : 'invalid', thrown.message) : thrown;
}
