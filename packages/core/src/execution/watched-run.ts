import type { Crypto, EpochMs, Json, TaskCheck } from '@interstate/kernel';
import type { FlowStage } from '../flow/state-scope.ts';
import type { HistoryEvent, HistoryEventDetails, HistoryEventType } from '../history/event.ts';
import type { Execution } from './execution.ts';
import type { Frame } from './frame.ts';
import { Run } from './run.ts';

/** Is shown what executions do as they do it. Looks, keeps no frame's records, and changes nothing. */
export interface Watcher {
  /** The state that a thread is in has come to a stage of its data flow. */
  reached(execution: Execution, frame: Frame, stage: FlowStage, value: Json): void;
  /** An event was recorded: as the next of a thread, or (null) beside one. */
  recorded(execution: Execution, frame: Frame | null, event: HistoryEvent): void;
}

/** The working set of a step that somebody watches. */
export class WatchedRun extends Run {
  private thread: Frame | null = null;

  constructor(
    execution: Execution,
    now: EpochMs,
    crypto: Crypto,
    budget: number,
    checkTask: TaskCheck | undefined,
    private readonly watcher: Watcher,
  ) {
    super(execution, now, crypto, budget, checkTask);
    this.observe = (stage, value, frame = this.frame) => watcher.reached(execution, frame, stage, value);
  }

  override record(frame: Frame, type: HistoryEventType, details?: HistoryEventDetails): number {
    this.thread = frame;
    try {
      return super.record(frame, type, details);
    } finally {
      this.thread = null;
    }
  }

  override append(type: HistoryEventType, previousEventId: number, details?: HistoryEventDetails): number {
    const before = this.journal.length;
    const id = super.append(type, previousEventId, details);
    if (this.journal.length > before) this.watcher.recorded(this.execution, this.thread, this.journal[before]!);
    return id;
  }
}
