/** One alternative of a field, as data. `number` without `value` is one that binary64 cannot hold: it equals by its text alone. */
export type Alternative =
  | { readonly type: 'string' | 'exactly' | 'prefix' | 'suffix' | 'equals-ignore-case' | 'prefix-ignore-case' | 'suffix-ignore-case' | 'wildcard' | 'cidr'; readonly value: string }
  | { readonly type: 'number'; readonly value: number | undefined; readonly text: string }
  | { readonly type: 'literal'; readonly value: boolean | null }
  | { readonly type: 'exists'; readonly value: boolean }
  | { readonly type: 'numeric'; readonly low: number; readonly high: number; readonly openLow: boolean; readonly openHigh: boolean }
  | { readonly type: 'anything-but'; readonly of: ExcludedKind; readonly values: readonly string[] }
  | { readonly type: 'anything-but'; readonly of: 'number'; readonly values: readonly number[] };

export type ExcludedKind = 'string' | 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard';

export interface Field {
  /** Keys joined by `.`: a dot in a key is the same as nesting. */
  readonly path: string;
  /** One of them has to match. */
  readonly alternatives: readonly Alternative[];
}

/** Fields that must all match, sorted by path. */
export type Branch = readonly Field[];

/** A pattern taken apart: `$or` is multiplied out, so that an event matches where one branch does. Plain data. */
export interface EventPattern {
  readonly type: 'pattern';
  readonly branches: readonly Branch[];
  readonly numbers: Numbers;
}

/**
 * How numbers compare. `binary64`: as doubles, where the text is exactly one.
 * `fixed`: with six decimals between -5e9 and 5e9, of which SNS promises five.
 */
export type Numbers = 'binary64' | 'fixed';
