import type { Json, JsonObject } from '@interstate/kernel';
import { detailsOf, type RecordedEvent } from './recorded-event.ts';
import { compareCause, compareValue, type Comparison } from './compare-value.ts';
import type { Bindings } from './placeholders.ts';

/** Compares type and details of an event; ids are the history's business. */
export function compareEvent(recorded: RecordedEvent, actual: RecordedEvent, bindings: Bindings): Comparison {
  if (recorded.type !== actual.type) return { difference: `recorded ${named(recorded)}, got ${named(actual)}` };
  let known = bindings;
  for (const key of new Set([...Object.keys(recorded), ...Object.keys(actual)])) {
    if (key === 'id' || key === 'previousEventId' || key === 'type') continue;
    const compared = compareDetails(recorded[key], actual[key], known, `${recorded.type}/${key}`);
    if (compared.difference !== undefined) return compared;
    known = compared.bindings;
  }
  return { bindings: known };
}

/** The type, and the state it is about where the event names one. */
function named(event: RecordedEvent): string {
  const { name } = detailsOf(event);
  return typeof name === 'string' ? `${event.type} '${name}'` : event.type;
}

function compareDetails(recorded: Json | undefined, actual: Json | undefined, bindings: Bindings, place: string): Comparison {
  const left = (recorded ?? {}) as JsonObject;
  const right = (actual ?? {}) as JsonObject;
  if (Object.hasOwn(left, 'cause') && Object.hasOwn(right, 'cause')) {
    const cause = compareCause(left['cause'], right['cause'], bindings, `${place}/cause`);
    if (cause.difference !== undefined) return cause;
    return compareValue(without(left, 'cause'), without(right, 'cause'), cause.bindings, place);
  }
  return compareValue(left, right, bindings, place);
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
