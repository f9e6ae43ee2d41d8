/**
 * One row of the bench: the same work done by us and by somebody else, in one process, in turns.
 * A file `packages/<any>/bench/<any>.bench.ts` exports `benches: readonly Bench[]`.
 */
export interface Bench {
  /** Unique, kebab-case: `chain-history`. */
  readonly id: string;
  /** What is done, in a few words. */
  readonly work: string;
  /** What is counted: `transitions/s`, `ms/load`, `kB/execution`. */
  readonly unit: string;
  /** The least ratio we owe. Absent or null: shown only. */
  readonly floor?: number | null;
  /** How many of the unit one call does: the figure is `count` calls' worth per second, or with `better: 'lower'` milliseconds for one. */
  readonly count: number;
  /** @default 'higher' */
  readonly better?: 'higher' | 'lower';
  /** `time`: calls are timed. `custom`: each call returns the figure itself, as a number. @default 'time' */
  readonly measure?: 'time' | 'custom';
  /** Runs once before either side, untimed. */
  readonly setup?: () => unknown;
  /** Runs once after both sides, untimed: what would keep the process alive ends here. */
  readonly teardown?: () => unknown;
  readonly ours: () => unknown;
  readonly peer: () => unknown;
}
