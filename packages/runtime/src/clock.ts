import type { EpochMs } from '@interstate/kernel';

/** Where a host's time comes from. */
export interface Clock {
  readonly type: 'real' | 'virtual';
  now(): EpochMs;
  /** Virtual clocks only: time jumps forward. */
  advanceTo(time: EpochMs): void;
}

/** The machine's clock, kept from running backwards. */
export function realClock(): Clock {
  let last = 0;
  return {
    type: 'real',
    now: () => (last = Math.max(last, Date.now())),
    advanceTo: () => {
      throw new Error('Only a virtual clock can be advanced.');
    },
  };
}

/** A clock that stands still until it is advanced. @param startTime where it starts (default: 2026-01-01T00:00:00Z) */
export function virtualClock(startTime: EpochMs = Date.UTC(2026, 0, 1)): Clock {
  let time = startTime;
  return {
    type: 'virtual',
    now: () => time,
    advanceTo: (to) => void (time = Math.max(time, to)),
  };
}
