import type { EpochMs, Json } from '@interstate/kernel';
import { TOUCHED_DATA, TOUCHED_FRAME, type Frame, type Waiting } from './frame.ts';
import type { Run } from './run.ts';
import { makeReady } from './execution.ts';

/** A frame's timers, keyed so that the frame is found again: `w` a Wait or retry delay, `t` TimeoutSeconds, `h` HeartbeatSeconds. */
export type FrameTimer = 'w' | 't' | 'h';

export function timerKey(frame: Frame, timer: FrameTimer): string {
  // Most executions have one frame; its keys need not be made anew.
  return frame.id === 0 ? ROOT_KEYS[timer] : `${timer}${frame.id}`;
}

const ROOT_KEYS: Readonly<Record<FrameTimer, string>> = { w: 'w0', t: 't0', h: 'h0' };

export function park(frame: Frame, waiting: Waiting): void {
  frame.waiting = waiting;
  frame.touched |= TOUCHED_FRAME;
}

/** Lets a parked frame run again. */
export function wake(run: Run, frame: Frame): void {
  frame.waiting = null;
  frame.touched |= TOUCHED_FRAME;
  makeReady(run.execution, frame);
}

/** Parks a Wait state; its output is known already. */
export function waitUntil(run: Run, frame: Frame, at: EpochMs, output: Json, assigned: Json | undefined): void {
  park(frame, assigned === undefined ? { type: 'time', output } : { type: 'time', output, assigned });
  frame.touched |= TOUCHED_DATA;
  run.effects.push({ type: 'timer', key: timerKey(frame, 'w'), at });
}
