import { nextRandom, type RandomState } from '@interstate/kernel';

/** Milliseconds until another attempt: doubled with each up to the longest, between half and all of it. @param attempts made so far, from 1 */
export function backoffMs(random: RandomState, attempts: number, { firstRetryMs, longestRetryMs }: { readonly firstRetryMs: number; readonly longestRetryMs: number }): number {
  const whole = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts - 1, 30));
  return Math.ceil(whole * (0.5 + nextRandom(random) / 2));
}
