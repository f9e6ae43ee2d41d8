import type { Leaf, LeafTest } from './leaf.ts';

/** The leaves that the event being matched has at one path. */
export class LeafSlot {
  /** The match they are of. */
  stamp = 0;
  first: Leaf = null;
  readonly more: Leaf[] = [];

  put(leaf: Leaf, stamp: number): void {
    if (this.stamp === stamp) {
      this.more.push(leaf);
      return;
    }
    this.stamp = stamp;
    this.first = leaf;
    if (this.more.length > 0) this.more.length = 0;
  }
}

/** One branch of a pattern, as matching sees it. */
export interface Target {
  /** Shared by the branches of a pattern. */
  readonly rule: { readonly id: unknown; stamp: number };
  /** It has one field: finding it is matching it. */
  readonly isFound: boolean;
  /** Sorted by path. */
  readonly fields: readonly FieldCheck[];
  /** All but the one that the branch is found by. */
  readonly others: readonly FieldCheck[];
  /** Two fields may lie below one array, of which they must have the same element. */
  readonly sharesArrays: boolean;
  /** The last match that came upon it. */
  stamp: number;
}

/** What one field of a branch asks. */
export interface FieldCheck {
  readonly leaves: LeafSlot;
  readonly test: LeafTest;
  readonly acceptsAbsent: boolean;
}

/** All branches that are found by one alternative of one field. */
export interface Bucket {
  /** Where being found in an index does not say all. */
  readonly test: LeafTest | undefined;
  /** Branches that have no other field: found is matched. */
  readonly found: Target[];
  /** Those to be tried on their other fields. None of either where it has been taken out of an index that has not noticed yet. */
  readonly candidates: Target[];
}

/** Told of buckets whose alternative a leaf may match. */
export interface Sink {
  take(bucket: Bucket, leaf: Leaf): void;
}
