import type { Json, RecordMap } from '@interstate/kernel';

/** Names the record of a machine that its calls are counted in, while they are limited. */
const RATE = 'rate';

interface CountedCalls {
  readonly second: number;
  /** Calls of that second, by what they are counted under. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Counts a call under each of some names, at most so many a second. False where one of them has had its calls: nothing is counted then.
 * Without a limit (Infinity) no record is kept.
 */
export function takeCall(records: RecordMap, names: readonly string[], perSecond: number, now: number): boolean {
  if (perSecond === Infinity) return true;
  const second = Math.floor(now / 1000);
  const known = records.get(RATE) as unknown as CountedCalls | undefined;
  const counts = new Map(known?.second === second ? Object.entries(known.counts) : []);
  if (names.some((name) => (counts.get(name) ?? 0) >= perSecond)) return false;
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  records.set(RATE, { second, counts: Object.fromEntries(counts) } satisfies CountedCalls as unknown as Json);
  return true;
}
