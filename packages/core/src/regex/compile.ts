/** A match: where it starts, and the captured groups (`undefined` where a group took no part). */
export interface RegexMatch {
  readonly index: number;
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
}

export interface Regex {
  readonly source: string;
  readonly flags: string;
  /** The first match at or after an index, or undefined. @throws RegexBudgetError when the step budget is spent. */
  match(text: string, from: number): RegexMatch | undefined;
  /** True where the whole text matches. @throws RegexBudgetError */
  matchesWhole(text: string): boolean;
}

export class RegexSyntaxError extends Error {}
export class RegexBudgetError extends Error {}

/** Compiles a regular expression for a matcher whose time is bounded. @throws RegexSyntaxError */
export function compileRegex(_source: string, _flags: string): Regex {
  throw new RegexSyntaxError('not yet');
}
