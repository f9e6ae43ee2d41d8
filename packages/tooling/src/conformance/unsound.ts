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
