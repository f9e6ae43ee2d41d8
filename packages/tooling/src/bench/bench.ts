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
  /** The least ratio we owe; shown, and failed below. Absent or null: shown only. */
  readonly floor?: number | null;
  /** How many of the unit one call does: the figure shown is `count` per second, or milliseconds per `count` where lower is better. */
  readonly count: number;
  /** @default 'higher' */
  readonly better?: 'higher' | 'lower';
  /** `time`: calls are timed. `custom`: calls return the figure themselves. @default 'time' */
  readonly measure?: 'time' | 'custom';
  /** Runs once before either side, untimed. */
  readonly setup?: () => unknown;
  readonly ours: () => unknown;
  readonly peer: () => unknown;
}
