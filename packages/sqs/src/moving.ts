import type { Json, JsonObject, Outcome } from '@interstate/kernel';
import { LEAVING, Message, type Extras } from './message.ts';
import { enter, leave } from './places.ts';
import type { QueueState } from './queue-state.ts';
import { SQS_SERVICE } from './queue-kind.ts';
import { currentDataKey } from './sealing.ts';

// From queue to queue: the sender keeps a message until the other has it.

/** What one queue asks another; no operation of the API. */
export const TAKE_OVER = 'TakeOverMessage';
const CALL = 'move:';

/** True where a message was received too often, and is on its way to the dead-letter queue. */
export function moveToDeadLetterQueue(state: QueueState, message: Message): boolean {
  const { redrive } = state.settings;
  const { delivery } = message;
  if (redrive === undefined || delivery === null || delivery.count < redrive.maxReceiveCount || delivery.kept) return false;
  state.root.counters.movedToDeadLetterQueue++;
  sendAway(state, message, redrive.targetArn, { deadLetter: true });
  return true;
}

/** @param how `deadLetter`: the message stays what it is; else it is a new one at the other queue */
export function sendAway(state: QueueState, message: Message, to: string, how: { readonly deadLetter: true } | { readonly task: string }): void {
  const { root, options } = state;
  const { number, id, body, md5, sentAt, lane, extras } = message;
  leave(state, message, LEAVING);
  state.leaving.set(number, message);
  const isDeadLetter = 'deadLetter' in how;
  state.small.set(leavingKey(number), isDeadLetter ? { to } : { to, task: how.task });
  const { dueAt: _dueAt, sourceArn: _sourceArn, ...kept } = extras ?? {};
  const input = {
    body,
    md5,
    group: lane.key,
    extras: isDeadLetter ? { ...kept, ...(kept.deduplicationId !== undefined && { deduplicationId: id }), sourceArn: root.arn } : kept,
    ...(isDeadLetter && { id, sentAt }),
  } as unknown as JsonObject;
  const caller = { service: SQS_SERVICE, sourceArn: root.arn, account: options.account };
  state.effects.push({ type: 'call', to, callId: `${CALL}${number}`, request: { action: TAKE_OVER, input, caller } });
}

export function leavingKey(number: number): string {
  return `l:${number}`;
}

/** What came of a message on its way: undefined where the reply is about something else. */
export function movedElsewhere(state: QueueState, callId: string, outcome: Outcome): { readonly ok: boolean; readonly task: string | undefined } | undefined {
  if (!callId.startsWith(CALL)) return undefined;
  const number = Number(callId.slice(CALL.length));
  const message = state.leaving.get(number);
  if (message === undefined) return undefined;
  const { task } = state.small.get(leavingKey(number)) as { readonly task?: string };
  state.leaving.delete(number);
  state.small.delete(leavingKey(number));
  if (outcome.ok) {
    state.touchedBodies.push(message);
  } else {
    // It stays, and whoever receives next gets it: better once too often than lost.
    if (message.delivery !== null) {
      message.delivery.kept = true;
      state.touchedDeliveries.push(message);
      state.handles.set(message.delivery.handle, message);
      if (state.settings.isFifo) state.received.set(number, message);
    }
    enter(state, message, 0);
  }
  return { ok: outcome.ok, task };
}

/** Another queue hands a message over. */
export function takeOver(state: QueueState, input: JsonObject): Json {
  const { now, root, settings } = state;
  const { body, md5, group, extras, id, sentAt } = input;
  const key = currentDataKey(state);
  const number = ++root.number;
  // A FIFO queue counts the age of what it takes over from now on.
  const time = typeof sentAt === 'number' && !settings.isFifo ? sentAt : now;
  // Nor does it serve the delay of a FIFO queue.
  const known = { ...(extras as Extras), ...(settings.isFifo && { dueAt: now }) };
  const message = new Message(number, typeof id === 'string' ? id : state.nextId(), body as string, md5 as string, time, state.lane(group as string), Object.keys(known).length > 0 ? known : null, key);
  enter(state, message, now);
  state.touchedBodies.push(message);
  return {};
}
