import type { Json, JsonObject, Outcome, ReplyTo } from '@interstate/kernel';
import { SQS_ERRORS } from './errors.ts';
import { fault, orFailure } from './faults.ts';
import { nextLane } from './places.ts';
import { releaseDue } from './time.ts';
import type { Poller, QueueState } from './queue-state.ts';
import { rememberAttempt, takeMessages } from './receiving.ts';

/** Lets a receive wait. */
export function addPoller(state: QueueState, input: JsonObject, deadline: number): undefined {
  const poller: Poller = { slot: -1, key: `p:${String(++state.root.calls).padStart(12, '0')}`, replyTo: state.replyTo!, input, deadline };
  const { QueueUrl: _, ...wish } = input;
  // Infinity is no JSON.
  state.small.set(poller.key, { replyTo: poller.replyTo as unknown as Json, input: wish, deadline: deadline === Infinity ? null : deadline });
  keepPoller(state, poller);
}

export function keepPoller(state: QueueState, poller: Poller): void {
  state.pollers.set(callerKey(poller.replyTo), poller);
  if (poller.deadline === Infinity) state.standing++;
  else state.deadlines.add(poller.deadline, poller);
}

function takePoller(state: QueueState, poller: Poller): void {
  state.pollers.delete(callerKey(poller.replyTo));
  state.small.delete(poller.key);
  if (poller.deadline === Infinity) state.standing--;
  else state.deadlines.remove(poller);
}

/** The caller has withdrawn its receive. */
export function withdrawPoller(state: QueueState, replyTo: ReplyTo): void {
  const poller = state.pollers.get(callerKey(replyTo));
  if (poller) takePoller(state, poller);
}

/** Gives waiting receivers what there is, first come first served. */
export function servePollers(state: QueueState): void {
  for (const poller of state.pollers.values()) {
    releaseDue(state);
    if (state.inFlight >= state.options.limits.inFlightMessages || nextLane(state) === undefined) return;
    const outcome = serve(state, poller);
    if (outcome === undefined) continue;
    takePoller(state, poller);
    state.effects.push({ type: 'reply', to: poller.replyTo, outcome });
  }
}

function serve(state: QueueState, { input }: Poller): Outcome | undefined {
  return orFailure(() => {
    const Messages = takeMessages(state, input);
    if (Messages.length === 0) return undefined;
    if (state.settings.isFifo) rememberAttempt(state, input, Messages);
    return { Messages };
  });
}

/** Receivers whose time is over get nothing. */
export function endPolls(state: QueueState): void {
  for (let poller = state.deadlines.first; poller !== undefined && poller.deadline <= state.now; poller = state.deadlines.first) {
    takePoller(state, poller);
    state.root.counters.emptyReceives++;
    state.effects.push({ type: 'reply', to: poller.replyTo, outcome: { ok: true, value: {} } });
  }
}

/** The queue is gone: so they are told. */
export function refusePollers(state: QueueState): void {
  const error = fault('QueueDoesNotExist').toFailure(SQS_ERRORS);
  for (const { replyTo } of state.pollers.values()) state.effects.push({ type: 'reply', to: replyTo, outcome: { ok: false, error } });
}

function callerKey({ address, callId }: ReplyTo): string {
  return `${callId} ${address}`;
}
