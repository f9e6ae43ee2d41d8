import type { Json, JsonObject } from '@interstate/kernel';
import { Message, type Extras } from './message.ts';
import type { QueueState } from './queue-state.ts';

/** What was sent, as its record holds it. */
export function bodyRecord(state: QueueState, message: Message): Json {
  const { id, body, md5, sentAt, lane, extras } = message;
  return {
    id,
    sentAt,
    ...(lane.key !== '' && { group: lane.key }),
    body,
    md5,
    ...(extras !== null && { extras: extras as unknown as Json }),
  };
}

export function readBodyRecord(state: QueueState, number: number, record: JsonObject): Message {
  const { id, sentAt, group = '', body, md5, extras = null } = record;
  return new Message(number, id as string, body as string, md5 as string, sentAt as number, state.lane(group as string), extras as unknown as Extras | null);
}

/** Reads a message that was loaded in cipher text. */
export function unseal(state: QueueState, message: Message): void {
  if (state.sealed.size === 0 || !state.sealed.has(message)) return;
}
