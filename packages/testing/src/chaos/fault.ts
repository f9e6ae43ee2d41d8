/**
 * What can befall the work of a Task.
 *
 * - `error`: it fails and nothing was done.
 * - `answerLost`: it was done, and fails all the same: the answer got lost.
 * - `failing`: it fails, and so does whatever this state tries from then on.
 * - `unanswered`: nobody ever answers (callbacks, activities, states with a TimeoutSeconds): the worker that took it died, and its heartbeats with it.
 */
export type TaskFaultKind = 'error' | 'answerLost' | 'failing' | 'unanswered';

/**
 * What can befall what is handed on: a message to its consumer, an event to a target, a call that a function makes.
 *
 * - `duplicate`: it comes twice.
 * - `late`: it comes later.
 * - `outOfOrder`: what is sent right after it to the same standard queue comes first.
 * - `redelivered`: it was dealt with, but the answer is lost, so that it comes again.
 * - `died`: the function it was given to dies: before its work, half-way through a batch, or right before this call of its own.
 * - `failing`: whoever it goes to fails, now and from then on.
 */
export type DeliveryFaultKind = 'duplicate' | 'late' | 'outOfOrder' | 'redelivered' | 'died' | 'failing';

export type FaultKind = TaskFaultKind | DeliveryFaultKind;

/** One fault: what happens at the n-th opportunity of a run. */
export interface Fault {
  /** Opportunities of a run are counted from 0, in the order they come. */
  readonly at: number;
  readonly kind: FaultKind;
  /** Tasks: name of the error. */
  readonly error?: string;
  /** How much later it comes, or comes again, in seconds. */
  readonly delaySeconds?: number;
}
