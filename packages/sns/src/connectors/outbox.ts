import type { Connector, ConnectorCall, Outcome } from '@interstate/kernel';
import type { Email, OutboxMessage, Push, Sms } from '../outbox.ts';

/**
 * Takes a message on. It has arrived when the promise settles; a rejection is an attempt that failed and is made again later,
 * unless the error has `permanent: true`; `code: 'EndpointDisabled'` says that a device is known no more.
 */
export type Transport<Message extends OutboxMessage> = (message: Message) => Promise<void> | void;

/** What carries messages out of the process. Default: nothing does; they stay in the outbox. */
export interface Transports {
  readonly email?: Transport<Email>;
  readonly sms?: Transport<Sms>;
  readonly push?: Transport<Push>;
}

/** What was sent to people: the last 10,000 messages, oldest first. */
export interface Outbox {
  /** All, or those of a kind, or those to somebody: an address, a phone number, a device token. */
  messages<Type extends OutboxMessage['type']>(filter: { readonly type: Type; readonly to?: string }): readonly (OutboxMessage & { readonly type: Type })[];
  messages(filter?: { readonly type?: OutboxMessage['type']; readonly to?: string }): readonly OutboxMessage[];
  clear(): void;
}

const KEPT = 10_000;

export function createOutbox(transports: Transports): { readonly outbox: Outbox; readonly connector: Connector } {
  // By message, receiver and place in it: an attempt that is made again takes the place of the first.
  const kept = new Map<string, OutboxMessage>();
  const keep = (message: OutboxMessage): void => {
    const key = `${message.id} ${message.to}`;
    kept.delete(key);
    kept.set(key, message);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  };
  const carry = (message: OutboxMessage): Promise<void> | void => {
    switch (message.type) {
      case 'email':
        return transports.email?.(message);
      case 'sms':
        return transports.sms?.(message);
      case 'push':
        return transports.push?.(message);
      default:
        return message satisfies never;
    }
  };
  const connector = ({ request }: ConnectorCall): Outcome | Promise<Outcome> => {
    const message = request as unknown as OutboxMessage;
    try {
      const carried = carry(message);
      if (!(carried instanceof Promise)) return arrived(message);
      return carried.then(
        () => arrived(message),
        (error: unknown) => failed(error),
      );
    } catch (error) {
      return failed(error);
    }
  };
  const arrived = (message: OutboxMessage): Outcome => {
    keep(message);
    return { ok: true, value: {} };
  };
  const messages = (filter: { readonly type?: OutboxMessage['type']; readonly to?: string } = {}): readonly OutboxMessage[] =>
    [...kept.values()].filter(({ type, to }) => (filter.type ?? type) === type && (filter.to ?? to) === to);
  return { outbox: { messages: messages as Outbox['messages'], clear: () => kept.clear() }, connector };
}

function failed(error: unknown): Outcome {
  const { message, code, permanent } = (typeof error === 'object' && error !== null ? error : {}) as { readonly message?: unknown; readonly code?: unknown; readonly permanent?: unknown };
  const name = code === 'EndpointDisabled' ? code : permanent === true ? 'PermanentFailure' : 'ServiceUnavailable';
  return { ok: false, error: { Error: name, Cause: typeof message === 'string' ? message : String(error) } };
}
