import type { CaseFolding } from './case-folding.ts';
import type { CharSet } from './char-set.ts';

/** What a regular expression means, without its spelling. */
export type RegexNode =
  | { readonly type: 'empty' }
  /** One character, compared exactly. */
  | { readonly type: 'char'; readonly code: number }
  | { readonly type: 'set'; readonly set: CharSet }
  | { readonly type: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly type: 'alternation'; readonly options: readonly RegexNode[] }
  /** A capturing group; the first has index 1. */
  | { readonly type: 'group'; readonly index: number; readonly body: RegexNode }
  | RepeatNode
  | { readonly type: 'assertion'; readonly kind: AssertionKind }
  | { readonly type: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: RegexNode }
  | { readonly type: 'backreference'; readonly index: number; readonly folding: CaseFolding | undefined };

export interface RepeatNode {
  readonly type: 'repeat';
  readonly body: RegexNode;
  readonly min: number;
  /** `UNBOUNDED` for no limit. */
  readonly max: number;
  readonly lazy: boolean;
  /** The capturing groups inside, `firstGroup` up to but without `endGroup`: each round forgets them. */
  readonly firstGroup: number;
  readonly endGroup: number;
}

/** The folded kinds also count as word characters what folds to one: U+017F and U+212A. */
export type AssertionKind =
  | 'textStart'
  | 'textEnd'
  | 'lineStart'
  | 'lineEnd'
  | 'wordBoundary'
  | 'notWordBoundary'
  | 'foldedWordBoundary'
  | 'notFoldedWordBoundary';

export const UNBOUNDED = 0x7fffffff;
