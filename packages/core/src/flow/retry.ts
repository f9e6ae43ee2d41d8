import { nextRandom, type JsonObject, type RandomState } from '@interstate/kernel';
import type { RawState } from '../program/program.ts';
import { below, countedMatch, type Site } from '../program/site.ts';
import { parseErrorEquals, type ErrorMatcher } from './error-equals.ts';

/** Implements a Retrier. @see https://states-language.net/#retrying-after-error */
export interface Retrier {
  readonly matches: ErrorMatcher;
  /** Seconds before the first retry (default 1). */
  readonly intervalSeconds: number;
  /** Retries, not counting the first try (default 3). */
  readonly maxAttempts: number;
  /** Factor from one delay to the next (default 2). */
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitter: boolean;
}

const LONGEST_SECONDS = 99_999_999;

/** The default also for what a deployment tool was to fill in. */
function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

export function compileRetriers(raw: RawState, site: Site): readonly Retrier[] {
  const list = below(site, 'Retry');
  return (Array.isArray(raw['Retry']) ? (raw['Retry'] as readonly JsonObject[]) : []).map((retrier, index) => ({
    matches: countedMatch(below(list, index), 'retrier', parseErrorEquals(retrier['ErrorEquals'] as readonly string[])),
    intervalSeconds: numberOr(retrier['IntervalSeconds'], 1),
    maxAttempts: numberOr(retrier['MaxAttempts'], 3),
    backoffRate: numberOr(retrier['BackoffRate'], 2),
    maxDelaySeconds: numberOr(retrier['MaxDelaySeconds'], LONGEST_SECONDS),
    jitter: retrier['JitterStrategy'] === 'FULL',
  }));
}

/** Milliseconds before a retry. @param retries retries already made by this Retrier */
export function retryDelayMs(retrier: Retrier, retries: number, random: RandomState): number {
  const seconds = Math.min(retrier.intervalSeconds * retrier.backoffRate ** retries, retrier.maxDelaySeconds);
  return Math.round((retrier.jitter ? seconds * nextRandom(random) : seconds) * 1000);
}
