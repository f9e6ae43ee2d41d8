import type { EpochMs, Json } from '@interstate/kernel';
import type { HistoryEventDetails } from '../history/event.ts';
import type { State, StateGroup } from '../program/program.ts';
import type { StateFailure } from './failure.ts';

/**
 * One thread of an execution: its root, a Parallel branch or a Map iteration. The tree of frames is the checkpoint.
 *
 * A frame saves as two records: `frame` (small, changes often) and `data` (payloads, written once per state).
 */
export interface Frame {
  readonly id: number;
  readonly parent: Frame | null;
  readonly group: StateGroup;
  /** Branch or iteration number; 0 for the root. */
  readonly index: number;
  /** The state the frame is in, or is about to enter. */
  state: State;
  entered: boolean;
  /** Raw input of `state`. */
  input: Json;
  /** At least the bytes of `input` as JSON text; 0 where not known yet. */
  inputBytes: number;
  /** Variables assigned in this scope; null until the first. */
  variables: Record<string, Json> | null;
  /** Id of the event the next one of this thread follows. */
  chain: number;
  /** Id of the event that `chain` was before `StateEntered`: evaluation failures of the state's own fields follow that one. */
  chainBeforeEntered: number;
  enteredEventId: number;
  enteredTime: EpochMs;
  /** Retries so far in this visit of the state; null before the first. */
  retries: Retries | null;
  /** What the frame waits for; null while it can run. */
  waiting: Waiting | null;
  /** Present while the state is a Parallel or inline Map at work. */
  join: Join | null;
  /** The Map run of this visit of a distributed Map, which a redrive sends on; null where a redrive starts another. */
  mapRun: { readonly arn: string; readonly redriveCount: number } | null;
  /** True once the thread has failed or been aborted for good; it is kept because a redrive runs it again. */
  ended: boolean;
  /** How the thread ended; acted on in the same step, so never saved. */
  outcome: FrameOutcome | null;
  /** The item, inside a Map iteration. */
  item: MapItem | null;
  /** Which of the frame's records the next save writes. */
  touched: number;
}

/** Bits of `Frame.touched`. */
export const TOUCHED_FRAME = 1;
export const TOUCHED_DATA = 2;

export type FrameOutcome = { readonly output: Json } | { readonly failure: StateFailure };

export interface Retries {
  count: number;
  readonly byRetrier: number[];
}

export function retryCountOf({ retries }: Frame): number {
  return retries?.count ?? 0;
}

export interface MapItem {
  readonly index: number;
  readonly value: Json;
  readonly key?: string;
  readonly source?: string;
}

/** What a frame waits for. Timers are keyed by frame id. */
export type Waiting =
  | { readonly type: 'time'; readonly output: Json; readonly assigned?: Json }
  | { readonly type: 'retry' }
  | { readonly type: 'children' }
  | TaskWaiting
  | { readonly type: 'mapRun'; readonly callId: string; readonly mapRunArn: string };

export interface TaskWaiting {
  readonly type: 'task';
  readonly callId: string;
  readonly token: string | null;
  /** `called`: the request is out. `submitted`: its answer came, a callback is awaited. */
  phase: 'called' | 'submitted';
  /** Details of the Scheduled event of an activity, until the activity is known to exist. */
  scheduled: HistoryEventDetails | null;
  readonly timeoutSeconds: number | null;
  readonly heartbeatSeconds: number | null;
  /** A callback that came before the request was answered. */
  early: CallbackNotice | null;
}

/** SendTaskSuccess or SendTaskFailure as it reaches the execution. */
export type CallbackNotice =
  | { readonly type: 'taskSuccess'; readonly callId: string; readonly output: Json }
  | { readonly type: 'taskFailure'; readonly callId: string; readonly error: string | null; readonly cause: string | null };

/** The children of a Parallel or inline Map frame. */
export interface Join {
  /** Items of a Map, branch inputs of a Parallel are the effective input. Saved once. */
  readonly items: readonly Json[];
  /** Effective input of the state: `$` of ItemSelector. */
  readonly input: Json;
  readonly count: number;
  readonly maxConcurrency: number;
  /** Index of the next child to start. */
  next: number;
  running: number;
  /** Results by index; saved one record each. */
  readonly results: Json[];
  /** Results that the next save writes. */
  touchedResults: number[];
  /** Event id of the last join-relevant event of the finished children. */
  lastEventId: number;
  /** The first child failure, waiting to be acted on. */
  failure: StateFailure | null;
  /** The child that failed first. */
  failedFrameId: number;
  /** Children alive, by frame id. */
  readonly children: Map<number, Frame>;
}

export function createFrame(id: number, parent: Frame | null, group: StateGroup, index: number, input: Json, chain: number): Frame {
  return {
    id,
    parent,
    group,
    index,
    state: group.startAt,
    entered: false,
    input,
    inputBytes: 0,
    variables: null,
    chain,
    chainBeforeEntered: chain,
    enteredEventId: 0,
    enteredTime: 0,
    retries: null,
    waiting: null,
    join: null,
    mapRun: null,
    ended: false,
    outcome: null,
    item: null,
    touched: TOUCHED_FRAME | TOUCHED_DATA,
  };
}

/** The frame and everything below it, depth first, children in index order of creation. */
export function* frameTree(frame: Frame): Generator<Frame> {
  yield frame;
  if (frame.join) for (const child of frame.join.children.values()) yield* frameTree(child);
}
