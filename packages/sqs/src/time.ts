import { listWith, type Effect } from '@interstate/kernel';
import { windowAt } from './lane.ts';
import { DELAYED, GONE } from './message.ts';
import { moveTick } from './move-task.ts';
import { dropIdleLanes, leave, makeReady, oldestMessage, release } from './places.ts';
import type { QueueState } from './queue-state.ts';

// What time alone brings about. None of it is written for the messages it happens to: their records say when, and `advancedTo`
// says how far that has come.

const TIMER = 'due';

/** Lets happen what was due until now, in order. */
export function advance(state: QueueState): void {
  const { root, now, options: { limits } } = state;
  releaseDue(state);
  const { retentionMs } = state.settings;
  for (let oldest = oldestMessage(state); oldest !== undefined && oldest.sentAt + retentionMs <= now; oldest = oldestMessage(state)) {
    leave(state, oldest, GONE);
    state.touchedBodies.push(oldest);
    root.counters.expired++;
  }
  if (state.settings.isFifo) {
    state.deduplications.sweep(now);
    state.attempts.sweep(now);
  } else if (state.idle.size > 0 && windowAt(root.advancedTo, limits.noisyWindowSeconds) !== windowAt(now, limits.noisyWindowSeconds)) dropIdleLanes(state);
  root.advancedTo = now;
}

/** Delays and visibility timeouts that are over. */
export function releaseDue(state: QueueState): void {
  const { waiting, now } = state;
  for (let dueAt = waiting.firstKey; dueAt !== undefined && dueAt <= now; dueAt = waiting.firstKey) {
    const message = waiting.first!;
    if (message.place !== DELAYED) {
      release(state, message, dueAt);
      continue;
    }
    waiting.remove(message);
    state.delayed--;
    if (state.settings.isFifo) state.root.availableThrough = message.number;
    makeReady(state, message);
  }
}

/** Sets the one timer to what is due next. It presses where somebody waits for that. */
export function setTimer(state: QueueState): void {
  const { root } = state;
  const at = nextDue(state);
  const isPressing = state.deadlines.size > 0 || (state.standing > 0 && state.waiting.size > 0) || state.taskId !== undefined;
  if (at === Infinity) {
    // A timer that nobody waits for does no harm; the next message will want it.
    if (root.timerAt === 0 || !root.isPressing) return;
    root.timerAt = 0;
    state.effects = listWith<Effect>(state.effects, { type: 'clearTimer', key: TIMER });
    return;
  }
  // Too early is good enough where nobody waits: it is set anew when it comes.
  if (root.timerAt !== 0 && isPressing === root.isPressing && (isPressing ? at === root.timerAt : at >= root.timerAt)) return;
  root.timerAt = at;
  root.isPressing = isPressing;
  state.effects = listWith<Effect>(state.effects, isPressing ? { type: 'timer', key: TIMER, at } : { type: 'timer', key: TIMER, at, housekeeping: true });
}

function nextDue(state: QueueState): number {
  const { waiting, deadlines, oldest, settings } = state;
  let at = Infinity;
  if (waiting.size > 0) at = waiting.firstKey!;
  if (deadlines.size > 0) at = Math.min(at, deadlines.firstKey!);
  const first = state.elders.length > 0 ? oldestMessage(state)! : oldest;
  if (first !== null && first.sentAt + settings.retentionMs < at) at = first.sentAt + settings.retentionMs;
  if (settings.isFifo) at = Math.min(at, state.deduplications.nextAt, state.attempts.nextAt);
  if (state.taskId !== undefined) at = Math.min(at, moveTick(state));
  return at;
}
