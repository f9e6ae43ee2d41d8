import type { Crypto, Effect, EpochMs, Json, JsonObject, RandomState, TaskCheck } from '@interstate/kernel';
import type { Observe, StateScope } from '../flow/state-scope.ts';
import type { HistoryEvent, HistoryEventDetails, HistoryEventType } from '../history/event.ts';
import { EnteredDetails, Event, ExitedDetails } from '../history/plain-event.ts';
import { contextObject } from './context-object.ts';
import type { Execution } from './execution.ts';
import { chanceOf } from './randomness.ts';
import { TOUCHED_FRAME, type Frame, type MapItem } from './frame.ts';

/** The working set of one step. Also the scope the current state's fields are evaluated in. */
export class Run implements StateScope {
  input: Json = null;
  result: Json | undefined = undefined;
  errorOutput: Json | undefined = undefined;
  frame: Frame;
  /** The item ItemSelector is evaluated for, before its iteration exists. */
  item: MapItem | null = null;
  observe: Observe | undefined = undefined;
  readonly effects: Effect[] = [];
  readonly journal: HistoryEvent[] = [];
  /** Whether somebody counts what runs. */
  readonly counted: boolean;
  private readonly keepsHistory: boolean;

  constructor(
    readonly execution: Execution,
    readonly now: EpochMs,
    readonly crypto: Crypto,
    /** Transitions left before the step asks to be continued. */
    public budget: number,
    /** Looks at a Task's parameters before it is scheduled. */
    readonly checkTask?: TaskCheck,
  ) {
    this.frame = execution.root;
    this.counted = execution.program.counted;
    this.keepsHistory = execution.start.history !== false;
  }

  get random(): RandomState {
    return chanceOf(this.execution, this.crypto).random;
  }

  context(): JsonObject {
    return contextObject(this.execution, this.frame, this.item, this.crypto);
  }

  variable(name: string): Json | undefined {
    for (let frame: Frame | null = this.frame; frame !== null; frame = frame.parent) {
      const value = frame.variables?.[name];
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Points the scope at a state about to be evaluated. */
  aim(frame: Frame, input: Json): void {
    this.frame = frame;
    this.input = input;
    this.result = undefined;
    this.errorOutput = undefined;
  }

  /** Records an event that follows the frame's thread and becomes its end. */
  record(frame: Frame, type: HistoryEventType, details?: HistoryEventDetails): number {
    const id = this.append(type, frame.chain, details);
    frame.chain = id;
    frame.touched |= TOUCHED_FRAME;
    return id;
  }

  /** Records that a state was entered or left. Builds no details where no history is kept. */
  recordState(frame: Frame, type: HistoryEventType, field: 'input' | 'output', value: Json, assignedVariables: Json | undefined): number {
    if (!this.keepsHistory) return this.record(frame, type);
    const { name } = frame.state;
    const details = field === 'input' ? new EnteredDetails(name, value) : new ExitedDetails(name, value);
    return this.record(frame, type, assignedVariables === undefined ? details : { ...details, assignedVariables });
  }

  /** Records an event beside a thread: it follows `previousEventId`, and the thread does not go on from it. */
  append(type: HistoryEventType, previousEventId: number, details?: HistoryEventDetails): number {
    const { execution } = this;
    const id = ++execution.lastEventId;
    if (id >= execution.limits.historyEvents && execution.start.executionType !== 'EXPRESS' && !TERMINAL.has(type)) {
      execution.lastEventId--;
      throw HISTORY_FULL;
    }
    if (this.keepsHistory) this.journal.push(new Event(id, previousEventId, this.now, type, details));
    return id;
  }
}

/** Thrown by `append` when only the event that ends the execution still fits. */
export const HISTORY_FULL = Symbol('history full');

const TERMINAL: ReadonlySet<HistoryEventType> = new Set<HistoryEventType>([
  'ExecutionSucceeded', 'ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut',
]);
