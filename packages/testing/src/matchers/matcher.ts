/** What a matcher says, as vitest and Jest take it. `actual` and `expected` make the diff. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/** The part of a test runner's matcher state that is used. */
export interface MatcherState {
  readonly isNot?: boolean;
  equals(actual: unknown, expected: unknown): boolean;
}

export function verdict(pass: boolean, expected: string, found: string, values: Pick<MatcherResult, 'actual' | 'expected'> = {}): MatcherResult {
  return { pass, message: () => (pass ? `expected the execution not ${expected}` : `expected the execution ${expected}, but ${found}`), ...values };
}
