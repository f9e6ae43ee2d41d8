import type { Json, JsonObject } from '@interstate/kernel';
import { withAttributes } from '../attributes.ts';
import { checkRedriveTarget } from '../dead-letter-queues.ts';
import type { DirectoryState } from '../directory-state.ts';
import { fault } from '../faults.ts';
import { CONFIGURE } from '../lifecycle.ts';
import { isFifoName } from '../names.ts';
import type { QueueAttributes } from '../settings.ts';

export function setQueueAttributes(state: DirectoryState, input: JsonObject): Json | undefined {
  const given = input['Attributes'] as QueueAttributes;
  const { name, arn, entry } = state.named(input);
  if (given['FifoQueue'] !== undefined && given['FifoQueue'] !== entry.attributes['FifoQueue']) {
    throw fault('InvalidAttributeValue', { name: 'FifoQueue', reason: ' Reason: Modifying queue type is not supported.' });
  }
  const attributes = withAttributes(entry.attributes, given, isFifoName(name), state.options.limits);
  if (given['RedrivePolicy'] !== undefined) checkRedriveTarget(state, arn, attributes);
  return configure(state, name, attributes);
}

/** Writes a queue's attributes here, and there; the queue's answer is the caller's. */
export function configure(state: DirectoryState, name: string, attributes: QueueAttributes): undefined {
  state.write(name, attributes);
  return state.ask(state.arnOf(name), CONFIGURE, { attributes });
}
