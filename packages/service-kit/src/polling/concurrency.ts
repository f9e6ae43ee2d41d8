import type { EpochMs } from '@interstate/kernel';

/** How many batches of a queue are in work at once. */
export interface Concurrency {
  readonly limit: number;
  /** When the limit goes up, where all of it is used; null: not now. */
  readonly risesAt: EpochMs | null;
}

/** How concurrency goes up while all of it is used. */
export interface Scaling {
  /** To begin with. */
  readonly first: number;
  readonly most: number;
  /** Each second. */
  readonly rise: number;
}

/** Five to begin with, 300 more a minute, at most 1,250. */
export const USUAL_SCALING: Scaling = { first: 5, most: 1_250, rise: 5 };
const RISES_EVERY_MS = 1_000;

/** @param maximum the user's own bound, 2 to 1,000 */
export function scalingTo(maximum: number): Scaling {
  return { ...USUAL_SCALING, first: Math.min(USUAL_SCALING.first, maximum), most: maximum };
}

/** Pollers of one's own stand ready and rise by 1,000 a minute. @param minimum pollers, of ten batches each. @param maximum likewise */
export function provisionedScaling(minimum: number, maximum: number): Scaling {
  return { first: minimum * 10, most: maximum * 10, rise: 17 };
}

export function firstConcurrency({ first }: Scaling): Concurrency {
  return { limit: first, risesAt: null };
}

/** After every change. @param now also the time of the timer set for `risesAt` */
export function nextConcurrency(current: Concurrency, inWork: number, now: EpochMs, scaling: Scaling): Concurrency {
  if (inWork === 0) return firstConcurrency(scaling);
  const { limit, risesAt } = current;
  const { most, rise } = scaling;
  if (inWork < limit || limit >= most) return risesAt === null ? current : { limit, risesAt: null };
  if (risesAt === null) return { limit, risesAt: now + RISES_EVERY_MS };
  return now < risesAt ? current : { limit: Math.min(limit + rise, most), risesAt: null };
}
