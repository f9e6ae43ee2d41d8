import type { SubstitutionValue } from '@interstate/templates';
import { UsageError } from '../usage-error.ts';

/**
 * Reads `NAME=VALUE` texts. Numbers, `true` and `false` keep their type, so that `${Seconds}` can be one.
 * @throws UsageError where there is no name or no `=`
 */
export function parseSubstitutions(given: readonly string[]): Record<string, SubstitutionValue> {
  const values = new Map<string, SubstitutionValue>();
  for (const text of given) {
    const at = text.indexOf('=');
    if (at <= 0) throw new UsageError(`--substitution '${text}': write NAME=VALUE, as in --substitution TableName=orders.`);
    values.set(text.slice(0, at), typed(text.slice(at + 1)));
  }
  return Object.fromEntries(values);
}

function typed(text: string): SubstitutionValue {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  // Only what a number prints as is one: not account numbers with zeroes in front, not integers beyond 2^53.
  return String(number) === text && Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text;
}
