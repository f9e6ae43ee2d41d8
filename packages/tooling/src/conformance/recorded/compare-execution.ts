import { compareCause, compareHistory, compareSorted, compareStart, compareValue, type Bindings, type Comparison, type Run } from '@interstate/testing/internal';
import { isSortedInsideParallel, type RecordedExecution, type RecordedOutcome } from './case.ts';

export interface Difference {
  /** What differs: `status`, `output`, `error`, `cause`, `history`. */
  readonly rule: string;
  readonly reason: string;
}

/** Compares a run with the recorded outcome and, where there is one, the recorded history. */
export function compareExecution(recorded: RecordedExecution, run: Run): Difference | undefined {
  let known: Bindings = new Map();
  for (const [rule, compare] of steps(recorded, run)) {
    const compared = compare(known);
    if (compared.difference !== undefined) return { rule, reason: compared.difference };
    known = compared.bindings;
  }
  return undefined;
}

type Step = readonly [rule: string, compare: (bindings: Bindings) => Comparison];

function steps(recorded: RecordedExecution, run: Run): Step[] {
  const { outcome, history } = recorded;
  const all = outcome === null ? [] : outcomeSteps(outcome, run);
  if (history === null) return all;
  const compare = outcome === null ? compareStart : isSortedInsideParallel(recorded) ? compareSorted : compareHistory;
  return [...all, ['history', (bindings) => compare(history, run.history, bindings)]];
}

function outcomeSteps(outcome: RecordedOutcome, run: Run): Step[] {
  return [
    ['status', (bindings) => compareValue(outcome.status, run.status, bindings, 'status')],
    ['error', (bindings) => compareValue(outcome.error ?? undefined, run.error, bindings, 'error')],
    ['cause', (bindings) => compareCause(outcome.cause ?? undefined, run.cause, bindings, 'cause')],
    ['output', (bindings) => compareValue(outcome.output, run.output, bindings, 'output')],
  ];
}
