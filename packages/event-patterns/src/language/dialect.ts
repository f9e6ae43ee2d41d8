import type { Numbers } from './pattern.ts';

/** How one service takes the language: what differs, as data. */
export interface PatternDialect {
  /** The error code of a refused pattern. */
  readonly code: string;
  /** Before the reason. */
  readonly prefix: string;
  /** Where the reason stands in the text is told on a second line. */
  readonly tellsPlace: boolean;
  readonly numbers: Numbers;
  /** What `anything-but` takes besides values. */
  readonly anythingBut: readonly ('prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard')[];
  /** True for the engine of before 2024: `anything-but` takes no list of prefixes, and words its refusals otherwise. */
  readonly isOlder: boolean;
  /** What all `$or` multiply out to, at most. */
  readonly maxBranches: number;
  /** True: a wildcard whose matching is too much work is refused. */
  readonly limitsWildcards: boolean;
}

const everything = {
  numbers: 'binary64',
  anythingBut: ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'],
  isOlder: false,
  maxBranches: 1000,
  limitsWildcards: true,
} as const;

/** Rules of EventBridge, their archives and TestEventPattern. */
export const eventBridgeDialect: PatternDialect = { ...everything, code: 'InvalidEventPatternException', prefix: 'Event pattern is not valid. Reason: ', tellsPlace: true };

/** Filters of event source mappings. Lambda tells no reason; ours follows. */
export const eventSourceMappingDialect: PatternDialect = { ...everything, code: 'InvalidParameterValueException', prefix: 'Invalid filter pattern definition. ', tellsPlace: false };

/** Filters of Pipes. */
export const pipesDialect: PatternDialect = { ...everything, code: 'ValidationException', prefix: 'Invalid filter pattern definition. ', tellsPlace: false };

const sns = {
  code: 'InvalidParameter',
  tellsPlace: false,
  numbers: 'fixed',
  anythingBut: ['prefix'],
  isOlder: true,
  maxBranches: 150,
  limitsWildcards: false,
} as const;

/** Filter policies of SNS: an older engine. Subscribe words the same refusals otherwise than SetSubscriptionAttributes. */
export const snsDialects: Readonly<Record<'SetSubscriptionAttributes' | 'Subscribe', PatternDialect>> = {
  SetSubscriptionAttributes: { ...sns, prefix: 'Invalid parameter: FilterPolicy: ' },
  Subscribe: { ...sns, prefix: 'Invalid parameter: Attributes Reason: FilterPolicy: ' },
};
