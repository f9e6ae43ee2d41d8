import type { RecordedEvent } from './recorded-event.ts';
import { compareEvent } from './compare-event.ts';
import type { Comparison } from './compare-value.ts';
import { isConcurrent, splitLanes, type Lane, type Lanes } from './lanes.ts';
import type { Bindings } from './placeholders.ts';

type History = readonly RecordedEvent[];

/**
 * Compares a whole history: types, order, details, `id` and `previousEventId`. Where chains ran side by side, chain by chain:
 * ids inside follow the interleaving, so there each event is compared by what it follows in its chain.
 */
export function compareHistory(recorded: History, actual: History, bindings: Bindings): Comparison {
  const lanes = splitLanes(recorded);
  return lanes.concurrentGroups.size === 0 ? compareLines(recorded, actual, bindings) : compareLanes(lanes, splitLanes(actual), bindings);
}

/** A recording that stops before the end: the run has to start like it. */
export function compareStart(recorded: History, actual: History, bindings: Bindings): Comparison {
  return compareLines(recorded, actual.slice(0, recorded.length), bindings);
}

function compareLines(recorded: History, actual: History, bindings: Bindings): Comparison {
  let known = bindings;
  for (const [index, event] of recorded.entries()) {
    const other = actual[index];
    if (other === undefined) return { difference: `event ${event.id} ${event.type} is missing` };
    const compared = compareEvent(event, other, known);
    if (compared.difference !== undefined) return { difference: `event ${event.id} ${compared.difference}` };
    known = compared.bindings;
    const ids = idDifference(event, other);
    if (ids !== undefined) return { difference: ids };
  }
  const more = actual[recorded.length];
  return more === undefined ? { bindings: known } : { difference: `event ${more.id} ${more.type} is not recorded` };
}

function idDifference(event: RecordedEvent, other: RecordedEvent): string | undefined {
  return event.id === other.id && event.previousEventId === other.previousEventId
    ? undefined
    : `event ${event.id} ${event.type}: recorded id ${event.id} after ${event.previousEventId}, got ${other.id} after ${other.previousEventId}`;
}

function compareLanes(recorded: Lanes, actual: Lanes, bindings: Bindings): Comparison {
  let known = bindings;
  const twins = new Map<number, RecordedEvent>();
  for (const [key, lane] of recorded.byKey) {
    const other = actual.byKey.get(key);
    if (other === undefined) return { difference: `chain ${key} is missing` };
    for (const [index, event] of lane.events.entries()) {
      const twin = other.events[index];
      if (twin === undefined) return { difference: `${told(key)}event ${event.id} ${event.type} is missing` };
      const compared = compareEvent(event, twin, known);
      if (compared.difference !== undefined) return { difference: `${told(key)}event ${event.id} ${compared.difference}` };
      known = compared.bindings;
      twins.set(event.id, twin);
    }
    const more = other.events[lane.events.length];
    if (more !== undefined) return { difference: `${told(key)}event ${more.id} ${more.type} is not recorded` };
  }
  for (const key of actual.byKey.keys()) if (!recorded.byKey.has(key)) return { difference: `chain ${key} is not recorded` };
  for (const lane of recorded.byKey.values()) {
    const difference = lane.events.map((event) => linkDifference(lane, event, twins, recorded, actual)).find((found) => found !== undefined);
    if (difference !== undefined) return { difference };
  }
  return { bindings: known };
}

/** The execution's own chain needs no name. */
function told(key: string): string {
  return key === '' ? '' : `chain ${key}: `;
}

/** Compares what an event follows, and its id where that does not depend on the interleaving. */
function linkDifference(lane: Lane, event: RecordedEvent, twins: ReadonlyMap<number, RecordedEvent>, recorded: Lanes, actual: Lanes): string | undefined {
  const twin = twins.get(event.id)!;
  const from = recorded.byEvent.get(event.previousEventId);
  const place = `${told(lane.key)}event ${event.id} ${event.type}`;
  if (!isConcurrent(lane, recorded) && event.id !== twin.id) return `${place}: got id ${twin.id}`;
  if (from === undefined) return event.previousEventId === twin.previousEventId ? undefined : `${place}: recorded after ${event.previousEventId}, got after ${twin.previousEventId}`;
  if (from === lane || (from === lane.parent && lane.events[0] === event)) {
    const wanted = twins.get(event.previousEventId)!.id;
    return wanted === twin.previousEventId ? undefined : `${place}: recorded after the event that is ${wanted} here, got after ${twin.previousEventId}`;
  }
  // It follows whichever of the chains side by side ended first or last: the group has to be the same, not the chain.
  const group = actual.byEvent.get(twin.previousEventId)?.group;
  return group === from.group ? undefined : `${place}: recorded after a chain of ${from.group}, got after event ${twin.previousEventId}`;
}
