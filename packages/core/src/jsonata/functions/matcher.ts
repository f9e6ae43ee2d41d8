import { RegexBudgetError, type Regex } from '../../regex/compile.ts';
import { BoundFailure, fail, failAt } from '../errors.ts';
import { functionValue, isFunction, type FunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import { isObject } from '../values.ts';

/** What a matcher answers: a regular expression, or a function of the user's that keeps the same shape. */
export interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly unknown[];
  /** Gives the next match, or nothing. */
  readonly next: FunctionValue;
}

/** A regular expression as a function from a text to its first match. */
export function regexFunction(regex: Regex, position: number | undefined): FunctionValue {
  return functionValue(
    ([text, from], _context, run) => (isObject(text) ? undefined : find(run, regex, position, String(text), Number(from ?? 0))),
    { arity: 2 },
  );
}

function find(run: Run, regex: Regex, position: number | undefined, text: string, from: number): Match | undefined {
  const found = search(run, regex, text, from);
  if (found === undefined) return undefined;
  const end = found.index + found.text.length;
  const next = functionValue(
    () => {
      if (end >= text.length) return undefined;
      const following = find(run, regex, position, text, end);
      // A second empty match would never get on.
      if (following?.match === '') failAt(position, 'D1004', { value: regex.source });
      return following;
    },
    { arity: 0 },
  );
  return { match: found.text, start: found.index, end, groups: found.groups, next };
}

function search(run: Run, regex: Regex, text: string, from: number) {
  try {
    return regex.match(text, from, run.regexBudget);
  } catch (error) {
    if (error instanceof RegexBudgetError) throw new BoundFailure('Expression evaluation timeout: Check for infinite loop');
    throw error;
  }
}

/** Calls a matcher, or the `next` of a match. @throws T1010 where the answer has not the shape of a match. */
export function callMatcher(run: Run, matcher: FunctionValue, args: unknown[]): Match | undefined {
  run.charge(1);
  const answer = matcher(args, null, run);
  if (answer === undefined) return undefined;
  if (answer && !isMatch(answer)) fail('T1010');
  return answer as Match;
}

// No stricter than the original, which is content with any one of the members.
function isMatch(answer: object): boolean {
  const { start, end, groups, next } = answer as Partial<Match>;
  return typeof start === 'number' || typeof end === 'number' || Array.isArray(groups) || isFunction(next);
}

/** All matches in turn, at most `limit`. */
export function* matchesOf(run: Run, matcher: FunctionValue, text: string, limit: number | undefined): Generator<Match> {
  if (limit === 0) return;
  let found = callMatcher(run, matcher, [text]);
  for (let count = 0; found !== undefined && (limit === undefined || count < limit); count++) {
    yield found;
    found = isFunction(found.next) ? callMatcher(run, found.next, []) : undefined;
  }
}
