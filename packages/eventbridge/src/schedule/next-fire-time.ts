import type { EpochMs } from '@interstate/kernel';
import { nextCronTime } from './cron.ts';
import type { Schedule } from './schedule-expression.ts';
import { instantOf, offsetAt } from './time-zone.ts';

export interface FireTimeOptions {
  /** IANA name (default `UTC`). */
  readonly timeZone?: string | undefined;
  /** Not before. A rate fires at `start` and every period after it; without `start` it counts from `after`. One-time schedules do not mind. */
  readonly start?: EpochMs | undefined;
  /** Not after. One-time schedules do not mind. */
  readonly end?: EpochMs | undefined;
}

/** No JavaScript date lies beyond. */
const MAX_TIME = 8.64e15;

/**
 * When a schedule fires next, strictly after a time; undefined where it never does again. A local time that a zone's clocks skip is
 * skipped; one that they show twice fires once, the first time. A day of a rate is 24 hours.
 */
export function nextFireTime(schedule: Schedule, after: EpochMs, { timeZone = 'UTC', start, end = MAX_TIME }: FireTimeOptions = {}): EpochMs | undefined {
  switch (schedule.type) {
    case 'at': {
      const time = instantOf(timeZone, schedule.localMs);
      return time !== undefined && time > after ? time : undefined;
    }
    case 'rate': {
      const first = start ?? after;
      const periods = after < first ? 0 : Math.floor((after - first) / schedule.periodMs) + 1;
      const time = first + periods * schedule.periodMs;
      return time <= end ? time : undefined;
    }
    case 'cron': {
      const last = start !== undefined && start > after ? start - 1 : after;
      let local = last + offsetAt(timeZone, last);
      for (;;) {
        const candidate = nextCronTime(schedule, local + 1);
        if (candidate === undefined) return undefined;
        const time = instantOf(timeZone, candidate);
        if (time !== undefined && time > last) return time <= end ? time : undefined;
        local = candidate;
      }
    }
  }
}
