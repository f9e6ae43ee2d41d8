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

/** What the branches of a pattern share. */
export interface Rule {
  readonly id: unknown;
  /** The last match that told of it. */
  stamp: number;
}

/** One branch of a pattern, as matching sees it. */
export interface Target {
  readonly rule: Rule;
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
export class Bucket {
  /** Where being found in an index does not say all. */
  readonly test: LeafTest | undefined;
  /** Of branches that have no other field: found is matched. */
  readonly found: Rule[] = [];
  /** Those to be tried on their other fields. */
  readonly candidates: Target[] = [];

  constructor(test?: LeafTest) {
    this.test = test;
  }

  /** Nobody waits: it has been taken out of an index that has not noticed yet. */
  get isEmpty(): boolean {
    return this.found.length + this.candidates.length === 0;
  }

  add(target: Target): void {
    if (target.isFound) this.found.push(target.rule);
    else this.candidates.push(target);
  }

  delete(target: Target): void {
    if (target.isFound) this.found.splice(this.found.indexOf(target.rule), 1);
    else this.candidates.splice(this.candidates.indexOf(target), 1);
  }
}

/** Told of buckets whose alternative a leaf may match. */
export interface Sink {
  take(bucket: Bucket, leaf: Leaf): void;
  /** Of one whose test the leaf is known to pass. */
  takeUntested(bucket: Bucket): void;
}
