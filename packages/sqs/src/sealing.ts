import type { Json, JsonObject } from '@interstate/kernel';
import { openText, sealText, type DataKey, type KmsFault, type ServiceFault } from '@interstate/service-kit';
import type { SqsErrorCode } from './errors.ts';
import { fault } from './faults.ts';
import { Message, type Extras } from './message.ts';
import type { QueueState } from './queue-state.ts';

// Server-side encryption. In memory messages are plain; their records are not: body, checksum and attributes are sealed under a
// data key, which lies beside them wrapped by its KMS key.

/** The service's own key, for queues without one of their own. */
const OWN_KEY = 'alias/aws/sqs';
const FOREVER = Number.MAX_SAFE_INTEGER;

const CODES: Readonly<Record<KmsFault['fault'], SqsErrorCode>> = {
  NotFound: 'KmsNotFound',
  Disabled: 'KmsDisabled',
  InvalidState: 'KmsInvalidState',
  AccessDenied: 'KmsAccessDenied',
  Throttled: 'KmsThrottled',
};

/** The key for what is sent now; null where the queue is not encrypted. KMS is asked anew once a reuse period. @throws ServiceFault */
export function currentDataKey(state: QueueState): DataKey | null {
  const { settings, root, now, crypto, options } = state;
  if (settings.keyId === undefined) return null;
  if (now < root.keyUntil) return (state.dataKey ??= openKey(state, root.dataKey));
  const made = options.kms.createDataKey(crypto, settings.keyId === '' ? OWN_KEY : settings.keyId, `${root.arn} ${root.createdAt} ${now}`);
  if ('fault' in made) throw kmsFault(made);
  root.dataKey = made.wrapped;
  root.keyUntil = settings.keyId === '' ? FOREVER : now + settings.keyReuseMs;
  return (state.dataKey = made);
}

/** @throws ServiceFault */
function openKey({ options, crypto }: QueueState, wrapped: string): DataKey {
  const key = options.kms.openDataKey(crypto, wrapped);
  if ('fault' in key) throw kmsFault(key);
  return key;
}

function kmsFault({ fault: kind, message }: KmsFault): ServiceFault {
  return fault(CODES[kind], { reason: message });
}

function recordKey({ root }: QueueState, number: number): string {
  return `${root.arn} ${number}`;
}

/** What was sent, as its record holds it. */
export function bodyRecord(state: QueueState, message: Message): Json {
  const saved = state.sealed.get(message);
  if (saved !== undefined) return saved;
  const { number, id, body, md5, sentAt, lane, extras, key } = message;
  const open = { id, sentAt, ...(lane.key !== '' && { group: lane.key }) };
  const secret = { body, md5, ...(extras !== null && { extras: extras as unknown as Json }) };
  if (key === null) return { ...open, ...secret };
  const dueAt = extras?.dueAt;
  return { ...open, ...(dueAt !== undefined && { dueAt }), key: key.wrapped, sealed: sealText(state.crypto, key.plain, recordKey(state, number), JSON.stringify(secret)) };
}

export function readBodyRecord(state: QueueState, number: number, record: JsonObject): Message {
  const { id, sentAt, group = '', dueAt } = record;
  const { body = '', md5 = '', extras = dueAt === undefined ? null : { dueAt } } = record;
  const message = new Message(number, id as string, body as string, md5 as string, sentAt as number, state.lane(group as string), extras as unknown as Extras | null, null);
  if (record['sealed'] !== undefined) state.sealed.set(message, record);
  return message;
}

/** Reads a message that was loaded in cipher text. @returns why it cannot be read */
export function unseal(state: QueueState, message: Message): ServiceFault | undefined {
  if (state.sealed.size === 0) return undefined;
  const record = state.sealed.get(message) as JsonObject | undefined;
  if (record === undefined) return undefined;
  const kms = state.options.kms.openDataKey(state.crypto, record['key'] as string);
  if ('fault' in kms) return kmsFault(kms);
  const text = openText(state.crypto, kms.plain, recordKey(state, message.number), record['sealed'] as string);
  if (text === undefined) return fault('KmsInvalidState', { reason: 'The cipher text of the message cannot be read.' });
  const { body, md5, extras = null } = JSON.parse(text) as { body: string; md5: string; extras?: Extras };
  message.body = body;
  message.md5 = md5;
  message.extras = extras;
  message.key = kms;
  state.sealed.delete(message);
  return undefined;
}
