import { TOUCHED_FRAME, type Frame } from './frame.ts';
import type { StateFailure } from './failure.ts';

/** Ends a frame with a failure; what it means for the frame above is decided by the driver. */
export function failFrame(frame: Frame, failure: StateFailure): void {
  frame.outcome = { failure };
  frame.waiting = null;
  frame.touched |= TOUCHED_FRAME;
}
