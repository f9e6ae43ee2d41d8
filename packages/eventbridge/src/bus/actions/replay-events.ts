import type { Json, JsonObject } from '@interstate/kernel';
import type { BusContext } from '../bus-context.ts';
import { deliverEvent } from '../deliver.ts';
import { replayed } from '../envelope.ts';

/** Events of an archive come again, for all rules or for those named. Asked by archives alone. */
export function replayEvents(context: BusContext, input: JsonObject): Json {
  const { ReplayName: name, Events: events, FilterArns: rules } = input as unknown as { readonly ReplayName: string; readonly Events: readonly JsonObject[]; readonly FilterArns?: readonly string[] };
  for (const event of events) deliverEvent(context, replayed(event, name), { ...(rules && { rules }) });
  return {};
}
