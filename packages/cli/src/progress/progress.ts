import type { ExecutionTrace, Change } from '@interstate/testing';

/** Shows an execution while it runs. */
export interface Progress {
  changed(change: Change): void;
  /** Child executions of a distributed Map or a nested workflow. */
  childrenChanged(children: ChildExecutions): void;
  /** What a function logged. */
  log(text: string): void;
  /** Takes away what is only for the time of the run; a second time it does nothing. */
  end(): void;
}

export interface ChildExecutions {
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
}

export interface ProgressOptions {
  readonly trace: ExecutionTrace;
  readonly now: () => number;
}

/** Lines about one state before the rest of its visits goes unmentioned: loops and Maps have thousands. */
const LINES_PER_STATE = 20;

/** Counts lines by state name: `yes`, `last` for the one after which none follow, `no`. */
export function createLineBudget(): (name: string) => 'yes' | 'last' | 'no' {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count < LINES_PER_STATE ? 'yes' : count === LINES_PER_STATE ? 'last' : 'no';
  };
}
