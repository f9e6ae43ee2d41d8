import { fault, invalidValue } from './faults.ts';
import { IN_FLIGHT, type Message } from './message.ts';
import type { QueueState } from './queue-state.ts';
import { readHandle } from './receipt-handle.ts';

/**
 * The message a handle was given out for; undefined where it has been deleted, or received again since.
 * @throws ServiceFault for a handle of no message of this queue
 */
export function messageOfHandle(state: QueueState, handle: string): Message | undefined {
  const message = state.handles.get(handle);
  if (message !== undefined) {
    if (state.settings.isFifo && message.place !== IN_FLIGHT) throw expired(handle);
    return message;
  }
  const number = readHandle(state.crypto, state.root.secret, handle);
  if (number === undefined) throw fault('ReceiptHandleIsInvalid');
  if (state.settings.isFifo && state.received.has(number)) throw expired(handle);
  return undefined;
}

function expired(handle: string): unknown {
  return invalidValue('ReceiptHandle', handle, 'The receipt handle has expired.');
}
