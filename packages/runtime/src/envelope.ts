import type { Address, Message } from '@interstate/kernel';

/** A message on its way. */
export interface Envelope {
  readonly to: Address;
  readonly message: Message;
  readonly from: Address;
  /** Rises with every message sent: at a receiver, the numbers of one sender rise. */
  readonly sequence: number;
}

/** Senders that are no machine: the application, connectors, interceptors. */
export const OUTSIDE: Address = 'outside';
export const CONNECTORS: Address = 'connectors';
export const INTERCEPTORS: Address = 'interceptors';
