import { jsonBytes, type EpochMs, type JsonObject } from '@interstate/kernel';

/*
 * Tumbling windows: batches of a lane keep to windows of equal length, by the arrival of their records, and hand a state on from one
 * to the next within a window. The last one ends it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 */

/** Largest state, in bytes: what is more ends the window early. */
const STATE_BYTES = 1_048_576;

/** The window that a lane is in. */
export interface LaneWindow {
  readonly startsAt: EpochMs;
  readonly state: JsonObject;
  /** Whoever made the state is told that it ends here. */
  readonly isTooLarge: boolean;
}

/** What a batch is to its window. */
export interface BatchWindow {
  readonly startsAt: EpochMs;
  readonly isFinal: boolean;
  readonly isTerminatedEarly: boolean;
}

/** The window of a batch in work. */
export interface TumblingWindow extends BatchWindow {
  readonly endsAt: EpochMs;
  /** What the batch before has left. */
  readonly state: JsonObject;
  readonly shardId: string;
}

export function windowStart(arrivedAt: EpochMs, lengthMs: number): EpochMs {
  return Math.floor(arrivedAt / lengthMs) * lengthMs;
}

export function newWindow({ startsAt }: BatchWindow): LaneWindow {
  return { startsAt, state: {}, isTooLarge: false };
}

/** The window of a lane after a batch. @param isDone nothing of the batch comes again. @param state what it left; undefined: nothing */
export function windowAfter(window: LaneWindow | null, { isFinal, isTerminatedEarly }: BatchWindow, isDone: boolean, state: JsonObject | undefined): LaneWindow | null {
  if (!window || (isFinal && isDone)) return null;
  if (isTerminatedEarly) return isDone ? { ...window, state: {}, isTooLarge: false } : window;
  return state === undefined ? window : { ...window, state, isTooLarge: jsonBytes(state) > STATE_BYTES };
}
