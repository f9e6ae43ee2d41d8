import type { Json, JsonObject } from '@interstate/kernel';
import { answerBatch, checkBatch } from '../batch.ts';
import { messageOfHandle } from '../handles.ts';
import { GONE } from '../message.ts';
import { leave } from '../places.ts';
import type { QueueState } from '../queue-state.ts';

const DONE: JsonObject = {};

export function deleteMessage(state: QueueState, input: JsonObject): Json {
  return remove(state, input['ReceiptHandle'] as string);
}

export function deleteMessageBatch(state: QueueState, { Entries }: JsonObject): Json {
  const entries = checkBatch(state.options.limits, 'DeleteMessageBatchRequestEntry', Entries as readonly JsonObject[]);
  return answerBatch(entries, ({ ReceiptHandle }) => remove(state, ReceiptHandle as string));
}

/** What is deleted already stays so, without complaint. */
function remove(state: QueueState, handle: string): JsonObject {
  const message = messageOfHandle(state, handle);
  if (message !== undefined) {
    leave(state, message, GONE);
    state.touchedBodies.push(message);
    state.root.counters.deleted++;
  }
  return DONE;
}
