import type { ApiRequest, Json, JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { answerBatch, checkBatch } from '../batch.ts';
import { fault, invalid } from '../faults.ts';
import type { QueueState } from '../queue-state.ts';
import { draftMessage, sendDraft, type Draft } from '../sending.ts';

export function sendMessageBatch(state: QueueState, { Entries }: JsonObject, request: ApiRequest): Json {
  const { limits } = state.options;
  const entries = checkBatch(limits, 'SendMessageBatchRequestEntry', Entries as readonly JsonObject[]);
  const drafts = new Map<JsonObject, Draft | ServiceFault>();
  let bytes = 0;
  for (const entry of entries) {
    const draft = attempt(() => draftMessage(state, entry, request));
    drafts.set(entry, draft);
    if (!(draft instanceof ServiceFault)) bytes += draft.bytes;
  }
  if (bytes > limits.messageBytes) throw fault('BatchRequestTooLong', { limit: limits.messageBytes, bytes });
  const { maxBytes } = state.settings;
  return answerBatch(entries, (entry) => {
    const draft = drafts.get(entry)!;
    if (draft instanceof ServiceFault) throw draft;
    if (draft.bytes > maxBytes) throw invalid(`One or more parameters cannot be validated. Reason: Message must be shorter than ${maxBytes} bytes.`);
    if (state.settings.isFifo && entry['MessageGroupId'] === undefined) throw invalid('The request must contain the parameter MessageGroupId.');
    return sendDraft(state, draft) as JsonObject;
  });
}

function attempt<T>(work: () => T): T | ServiceFault {
  try {
    return work();
  } catch (error) {
    if (error instanceof ServiceFault) return error;
    throw error;
  }
}
