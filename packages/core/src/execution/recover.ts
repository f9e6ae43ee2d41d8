import type { Json } from '@interstate/kernel';
import type { Catcher } from '../flow/catch.ts';
import { applyAssign, applyResult } from '../flow/result.ts';
import { retryDelayMs, type Retrier } from '../flow/retry.ts';
import type { MapState } from '../states/map.ts';
import type { ParallelState } from '../states/parallel.ts';
import type { TaskState } from '../states/task.ts';
import { errorOutputOf, type StateFailure } from './failure.ts';
import { failFrame } from './frame-end.ts';
import { TOUCHED_FRAME, type Frame } from './frame.ts';
import { park, timerKey } from './park.ts';
import type { Run } from './run.ts';
import { leaveBy } from './transition.ts';

/** States that have Retry and Catch. */
export type RecoverableState = TaskState | ParallelState | MapState;

/**
 * Schedules a retry of the frame's state where a Retrier matches and has attempts left; false where none does.
 * The first Retrier that matches decides: when its own counter is spent, later ones are not asked.
 */
export function retry(run: Run, frame: Frame, retriers: readonly Retrier[], failure: StateFailure): boolean {
  if (failure.fatal) return false;
  const index = retriers.findIndex((retrier) => retrier.matches(failure));
  const retrier = retriers[index];
  if (!retrier) return false;
  run.observe?.('Retry', index, frame);
  const counts = (frame.retries ??= { count: 0, byRetrier: retriers.map(() => 0) });
  const retries = counts.byRetrier[index]!;
  if (retries >= retrier.maxAttempts) return false;
  counts.byRetrier[index] = retries + 1;
  counts.count++;
  frame.join = null;
  frame.mapRun = null;
  park(frame, { type: 'retry' });
  run.effects.push({ type: 'timer', key: timerKey(frame, 'w'), at: run.now + retryDelayMs(retrier, retries, run.random) });
  return true;
}

/** Takes the first Catcher that matches, or fails the frame. */
export function catchOrFail(run: Run, frame: Frame, catchers: readonly Catcher[], failure: StateFailure): void {
  frame.waiting = null;
  frame.touched |= TOUCHED_FRAME;
  const index = failure.fatal ? -1 : catchers.findIndex((candidate) => candidate.matches(failure));
  const catcher = catchers[index];
  if (!catcher) return failFrame(frame, failure);
  run.observe?.('Catch', index, frame);
  const errorOutput: Json = errorOutputOf(failure);
  const { language } = frame.state;
  run.aim(frame, frame.input);
  if (language === 'JSONata') {
    run.errorOutput = errorOutput;
    const assigned = catcher.flow.assign?.(run);
    leaveBy(run, frame, catcher, catcher.flow.output?.(run) ?? errorOutput, assigned);
    return;
  }
  const assigned = applyAssign(catcher.flow.assign, language, run, frame.input, errorOutput);
  leaveBy(run, frame, catcher, applyResult(catcher.flow, run, frame.input, errorOutput), assigned);
}
