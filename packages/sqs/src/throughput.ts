import type { ApiRequest, JsonObject } from '@interstate/kernel';
import { takeCall } from '@interstate/service-kit';
import type { QueueState } from './queue-state.ts';

/** The single operation of each that a FIFO queue counts: a batch is one call of it. */
const COUNTED: ReadonlyMap<string, string> = new Map([
  ['SendMessage', 'SendMessage'],
  ['SendMessageBatch', 'SendMessage'],
  ['ReceiveMessage', 'ReceiveMessage'],
  ['DeleteMessage', 'DeleteMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
]);

/** Counts a call of a FIFO queue; false where there have been too many in this second. With high throughput only sends count, in each of their groups. */
export function isInTime({ small, settings, options, now }: QueueState, { action, input }: ApiRequest): boolean {
  const counted = settings.isFifo ? COUNTED.get(action) : undefined;
  if (counted === undefined) return true;
  const names = settings.groupThroughput ? (counted === 'SendMessage' ? groupsOf(input as JsonObject) : []) : [counted];
  return takeCall(small, names, options.limits.fifoCallsPerSecond, now);
}

function groupsOf(input: JsonObject): string[] {
  const entries = Array.isArray(input['Entries']) ? (input['Entries'] as readonly (JsonObject | undefined)[]) : [input];
  return [...new Set(entries.map((entry) => `group ${String(entry?.['MessageGroupId'])}`))];
}
