import { isJsonObject, type Address, type Json, type JsonObject, type TaskRequest } from '@interstate/kernel';
import type { Interceptor } from '@interstate/runtime';
import { pascalName } from '@interstate/service-kit';

/** A message, notification or event on its way. */
export interface SentRequest {
  /** `SendMessage`, `Publish`, `PutEvents`: one entry of a batch each. */
  readonly action: 'SendMessage' | 'Publish' | 'PutEvents';
  /** Who sent it: `outside` for the application. */
  readonly from: Address;
  /** The queue URL, topic ARN (or target ARN, phone number) or bus name. */
  readonly to: string;
  /** As the service takes it: `MessageBody`, `Message`, or an entry with `Source`, `DetailType`, `Detail`. */
  readonly input: JsonObject;
}

const ACTIONS: Readonly<Record<string, SentRequest['action']>> = {
  SendMessage: 'SendMessage',
  SendMessageBatch: 'SendMessage',
  Publish: 'Publish',
  PublishBatch: 'Publish',
  PutEvents: 'PutEvents',
};

/** The most that is kept; a test that sends more looks at the end. */
const KEPT = 100_000;

export interface SentLog {
  readonly interceptor: Interceptor;
  readonly sent: readonly SentRequest[];
  /** Notes what a mocked Task would have sent. */
  noteTask(from: Address, request: TaskRequest): void;
}

/** Notes what is sent, by whomever: every call of these actions passes the host's one chain. */
export function createSentLog(): SentLog {
  const sent: SentRequest[] = [];
  const note = (from: Address, action: string, input: JsonObject): void => {
    for (const entry of entriesOf(input)) sent.push({ action: ACTIONS[action]!, from, to: destinationOf(input, entry), input: entry });
    if (sent.length > 2 * KEPT) sent.splice(0, sent.length - KEPT);
  };
  return {
    sent,
    noteTask(from, request) {
      const action = pascalName(request.action);
      if (Object.hasOwn(ACTIONS, action) && isJsonObject(request.arguments)) note(from, action, request.arguments);
    },
    interceptor(passage, next) {
      if (passage.type === 'message' && passage.message.type === 'call') {
        const { request, replyTo } = passage.message;
        if (isJsonObject(request) && typeof request['action'] === 'string' && Object.hasOwn(ACTIONS, request['action']) && isJsonObject(request['input'] ?? null)) {
          note(replyTo.address, request['action'], request['input'] as JsonObject);
        }
      }
      next(passage);
    },
  };
}

function entriesOf(input: JsonObject): readonly JsonObject[] {
  const entries: Json | undefined = input['Entries'] ?? input['PublishBatchRequestEntries'];
  return Array.isArray(entries) ? (entries as readonly Json[]).filter(isJsonObject) : [input];
}

function destinationOf(input: JsonObject, entry: JsonObject): string {
  for (const name of ['QueueUrl', 'TopicArn', 'TargetArn', 'PhoneNumber']) if (typeof input[name] === 'string') return input[name];
  return typeof entry['EventBusName'] === 'string' ? entry['EventBusName'] : 'default';
}
