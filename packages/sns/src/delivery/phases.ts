/** How the wait grows over the retries of a backoff phase. @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export type BackoffFunction = 'linear' | 'arithmetic' | 'geometric' | 'exponential';

/** So many retries, each after a wait: the same for all, or growing from `fromMs` to `toMs`. */
export type Phase =
  | { readonly retries: number; readonly waitMs: number }
  | { readonly retries: number; readonly fromMs: number; readonly toMs: number; readonly backoff: BackoffFunction };

/** A delivery's retries: at once, before the backoff, in the backoff, after it. */
export type Phases = readonly Phase[];

/** Queues, functions and streams: 100,015 retries over 23 days. */
export const SERVICE_PHASES: Phases = [
  { retries: 3, waitMs: 0 },
  { retries: 2, waitMs: 1000 },
  { retries: 10, fromMs: 1000, toMs: 20_000, backoff: 'exponential' },
  { retries: 100_000, waitMs: 20_000 },
];

/** E-mail, SMS and mobile push: 50 retries over six hours. */
export const PERSON_PHASES: Phases = [
  { retries: 2, waitMs: 10_000 },
  { retries: 10, fromMs: 10_000, toMs: 600_000, backoff: 'exponential' },
  { retries: 38, waitMs: 600_000 },
];

/** Milliseconds before a retry, counted from 1; undefined where there is no such retry any more. */
export function waitBeforeRetry(phases: Phases, retry: number): number | undefined {
  let left = retry;
  for (const phase of phases) {
    if (left > phase.retries) left -= phase.retries;
    else if ('waitMs' in phase) return phase.waitMs;
    else return Math.round(phase.fromMs + (phase.toMs - phase.fromMs) * growth(phase, left - 1, phase.retries - 1));
  }
  return undefined;
}

/** How far between the bounds the wait of a step is, 0…1. AWS draws the curves and gives no formula. */
function growth({ backoff, fromMs, toMs }: { readonly backoff: BackoffFunction; readonly fromMs: number; readonly toMs: number }, step: number, last: number): number {
  if (last === 0 || toMs === fromMs) return 0;
  switch (backoff) {
    case 'linear':
      return step / last;
    case 'arithmetic':
      return (step * (step + 1)) / (last * (last + 1));
    case 'exponential':
      return (2 ** step - 1) / (2 ** last - 1);
    case 'geometric': {
      // From nothing a ratio leads nowhere: it begins with a second.
      const from = Math.max(fromMs, Math.min(1000, toMs / 2));
      return step === 0 ? 0 : (from * (toMs / from) ** (step / last) - fromMs) / (toMs - fromMs);
    }
    default:
      return backoff satisfies never;
  }
}
