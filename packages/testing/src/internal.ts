// For the monorepo's own tools: how a run is held against a recording.
export { compareHistory, compareStart } from './replay/compare-history.ts';
export { compareSorted } from './replay/compare-sorted.ts';
export { compareCause, compareValue, type Comparison } from './replay/compare-value.ts';
export type { Bindings } from './replay/placeholders.ts';
export { detailsOf, type RecordedEvent, type Run, type TaskOutcome } from './replay/recorded-event.ts';
export { readEvents } from './replay/read-history.ts';
export { replay } from './replay/replay.ts';
export { runOutcomes, type OutcomesRun } from './replay/run-outcomes.ts';
export { neverAnswer } from './replay/task-answers.ts';
export { shown } from './shown.ts';
