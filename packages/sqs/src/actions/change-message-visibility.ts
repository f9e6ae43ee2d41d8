import type { Json, JsonObject } from '@interstate/kernel';
import { answerBatch, checkBatch } from '../batch.ts';
import { fault, invalidValue } from '../faults.ts';
import { messageOfHandle } from '../handles.ts';
import { IN_FLIGHT } from '../message.ts';
import { release } from '../places.ts';
import type { QueueState } from '../queue-state.ts';

const DONE: JsonObject = {};

export function changeMessageVisibility(state: QueueState, input: JsonObject): Json {
  return change(state, input);
}

export function changeMessageVisibilityBatch(state: QueueState, { Entries }: JsonObject): Json {
  const entries = checkBatch(state.options.limits, 'ChangeMessageVisibilityBatchRequestEntry', Entries as readonly JsonObject[]);
  return answerBatch(entries, (entry) => change(state, entry));
}

function change(state: QueueState, { ReceiptHandle: handle, VisibilityTimeout: seconds = 0 }: JsonObject): JsonObject {
  const { now, options: { limits } } = state;
  const timeout = seconds as number;
  if (timeout < 0 || timeout > limits.visibilitySeconds) {
    throw invalidValue('VisibilityTimeout', timeout, `VisibilityTimeout must be an integer between 0 and ${limits.visibilitySeconds}.`);
  }
  const message = messageOfHandle(state, handle as string);
  if (message === undefined) throw invalidValue('ReceiptHandle', handle, 'Message does not exist or is not available for visibility timeout change.');
  if (message.place !== IN_FLIGHT) throw fault('MessageNotInflight');
  const delivery = message.delivery!;
  if (now + timeout * 1000 > delivery.receivedAt + limits.visibilitySeconds * 1000) {
    throw invalidValue('VisibilityTimeout', timeout, `Total VisibilityTimeout for the message is beyond the limit [${limits.visibilitySeconds} seconds].`);
  }
  delivery.attempt = undefined;
  delivery.visibleAt = now + timeout * 1000;
  state.touchedDeliveries.push(message);
  if (timeout === 0) release(state, message, now);
  else state.waiting.update(delivery.visibleAt, message);
  return DONE;
}
