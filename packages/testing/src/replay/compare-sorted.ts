import type { RecordedEvent } from './recorded-event.ts';
import { compareEvent } from './compare-event.ts';
import type { Comparison } from './compare-value.ts';
import type { Bindings } from './placeholders.ts';

/** Ends of a Parallel state; the publishing test has dropped some of them along with the ids. */
const DROPPED = /^ParallelState(Succeeded|Failed)$/;

/**
 * Compares a history whose events inside Parallel states were recorded without ids, sorted by content: those as a multiset,
 * all others by their ids. Ids that the recording skips are events it has dropped.
 */
export function compareSorted(recorded: readonly RecordedEvent[], actual: readonly RecordedEvent[], bindings: Bindings): Comparison {
  const rest = new Map(actual.map((event) => [event.id, event]));
  const withIds = new Set(recorded.map(({ id }) => id));
  let known = bindings;
  for (const event of recorded.filter(({ id }) => id !== 0)) {
    const other = rest.get(event.id);
    if (other === undefined) return { difference: `event ${event.id} ${event.type} is missing` };
    rest.delete(event.id);
    const compared = compareEvent(event, other, known);
    if (compared.difference !== undefined) return { difference: `event ${event.id} ${compared.difference}` };
    known = compared.bindings;
    // What it follows is compared where that event has kept its id.
    const follows = event.previousEventId === 0 || withIds.has(event.previousEventId);
    if (follows && event.previousEventId !== other.previousEventId) return { difference: `event ${event.id} ${event.type}: recorded after ${event.previousEventId}, got after ${other.previousEventId}` };
  }
  for (const event of recorded.filter(({ id }) => id === 0)) {
    const found = [...rest.values()].map((other) => [other, compareEvent(event, other, known)] as const).find(([, { difference }]) => difference === undefined);
    if (found === undefined) return { difference: `no event is like ${JSON.stringify(event)}` };
    rest.delete(found[0].id);
    known = found[1].bindings!;
  }
  const dropped = Math.max(0, ...withIds) - recorded.length;
  const more = [...rest.values()].filter(({ type }) => !DROPPED.test(type));
  if (more.length > 0 || rest.size !== dropped) return { difference: `${rest.size} events are not recorded (${[...rest.values()].map(({ id, type }) => `${id} ${type}`).join(', ')}), ${dropped} were dropped from the recording` };
  return { bindings: known };
}
