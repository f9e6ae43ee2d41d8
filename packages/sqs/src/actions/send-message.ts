import type { ApiRequest, Json, JsonObject } from '@interstate/kernel';
import { invalid } from '../faults.ts';
import type { QueueState } from '../queue-state.ts';
import { draftMessage, sendDraft } from '../sending.ts';

export function sendMessage(state: QueueState, input: JsonObject, request: ApiRequest): Json {
  const draft = draftMessage(state, input, request);
  const { maxBytes } = state.settings;
  if (draft.bytes > maxBytes) throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`);
  return sendDraft(state, draft);
}
