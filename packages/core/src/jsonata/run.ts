import type { Crypto, EpochMs, RandomState } from '@interstate/kernel';
import type { RegexBudget } from '../regex/compile.ts';
import { BoundFailure } from './errors.ts';

export interface JsonataBounds {
  /** Depth of nested evaluation; AWS: 100. */
  readonly depth: number;
  /** Bytes of one built value; AWS: 6,990,256. A number counts 8, a character 1. */
  readonly valueBytes: number;
  /** Evaluation steps after which an endless evaluation is cut, since no clock is read. */
  readonly steps: number;
}

/** The bounds of Step Functions; the steps stand for its time limit. */
export const AWS_BOUNDS: JsonataBounds = { depth: 100, valueBytes: 6_990_256, steps: 10_000_000 };

export interface JsonataEnvironment {
  /** Value of `$name`; for `states` the `$states` object. Undefined where there is none. */
  variable(name: string): unknown;
  readonly now: EpochMs;
  readonly crypto: Crypto;
  readonly random: RandomState;
  readonly bounds?: JsonataBounds;
}

/** What marks a variable that nothing has bound yet. */
export const UNBOUND: unique symbol = Symbol('unbound');

/** One evaluation: its environment, what is left of its bounds, and the variables it has looked up. */
export class Run {
  /** Depth at the innermost call in progress. */
  depth = 0;
  private stepsLeft: number;
  /** Shared by all matches of regular expressions. */
  readonly regexBudget: RegexBudget;
  readonly maxDepth: number;
  private readonly maxBytes: number;
  private readonly maxItems: number;

  constructor(
    readonly environment: JsonataEnvironment,
    /** The input document, `$$`. */
    readonly root: unknown,
    /** Values of the free variables, by their slot in the program. */
    readonly globals: unknown[],
  ) {
    const bounds = environment.bounds ?? AWS_BOUNDS;
    this.maxDepth = bounds.depth;
    this.stepsLeft = bounds.steps;
    this.regexBudget = { steps: bounds.steps };
    this.maxBytes = bounds.valueBytes;
    this.maxItems = bounds.valueBytes / 8;
  }

  /** Pays for work that grows with data. */
  charge(steps: number): void {
    this.stepsLeft -= steps;
    if (this.stepsLeft < 0) throw new BoundFailure('Expression evaluation timeout: Check for infinite loop');
  }

  /** Refuses an array of so many items before, or while, it is built. */
  checkItems(count: number): void {
    if (count > this.maxItems) throw new BoundFailure('Expression evaluation memory limit exceeded');
  }

  /** Refuses a text of so many characters before, or while, it is built. */
  checkText(length: number): void {
    if (length > this.maxBytes) throw new BoundFailure('Expression evaluation memory limit exceeded');
  }

  checkDepth(depth: number): void {
    if (depth > this.maxDepth) {
      throw new BoundFailure(
        'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive. ' +
          `Depth=${depth} max=${this.maxDepth}`,
      );
    }
  }
}
