import type fc from 'fast-check';

/** A property with its name; run a few times in the tests and for minutes by `npm run fuzz`. */
export interface Property {
  readonly name: string;
  readonly property: fc.IRawProperty<unknown>;
  /** Runs in the tests (default 40). */
  readonly runs?: number;
}
