import type { SuiteResult } from './suite.ts';
import unsound from './unsound.json' with { type: 'json' };

/** A recording that contradicts itself or others, and how. */
export interface Unsound {
  readonly id: string;
  readonly contradiction: string;
}

const bySuite = unsound as Readonly<Record<string, readonly Unsound[]>>;

export function unsoundOf(suite: string): readonly Unsound[] {
  return Object.hasOwn(bySuite, suite) ? bySuite[suite]! : [];
}

/** At most one in a hundred cases of a suite, or one, may be set aside. */
export function isWithinLimit(count: number, { cases }: SuiteResult): boolean {
  return count <= Math.max(1, Math.floor((cases + count) / 100));
}
