import type { EpochMs } from '@interstate/kernel';

/** How many batches of a queue are in work at once: five to begin with, 300 more a minute while that is not enough, at most 1,250. */
export interface Concurrency {
  readonly limit: number;
  /** When the limit goes up, where all of it is used; null: not now. */
  readonly risesAt: EpochMs | null;
}

const FIRST = 5;
const MOST = 1_250;
const RISE = 5;
const RISES_EVERY_MS = 1_000;

/** @param maximum the user's own bound, 2 to 1,000 */
export function firstConcurrency(maximum: number = MOST): Concurrency {
  return { limit: Math.min(FIRST, maximum), risesAt: null };
}

/** After every change. @param now also the time of the timer set for `risesAt` */
export function nextConcurrency(current: Concurrency, inWork: number, now: EpochMs, maximum: number = MOST): Concurrency {
  if (inWork === 0) return firstConcurrency(maximum);
  const { limit, risesAt } = current;
  const most = Math.min(MOST, maximum);
  if (inWork < limit || limit >= most) return risesAt === null ? current : { limit, risesAt: null };
  if (risesAt === null) return { limit, risesAt: now + RISES_EVERY_MS };
  return now < risesAt ? current : { limit: Math.min(limit + RISE, most), risesAt: null };
}
