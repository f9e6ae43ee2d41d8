import type { StateFailure } from '../execution/failure.ts';

export type ErrorMatcher = (failure: StateFailure) => boolean;

/** Implements ErrorEquals of Retriers and Catchers; fatal failures are kept away from it. @see https://states-language.net/#errors */
export function parseErrorEquals(names: readonly string[]): ErrorMatcher {
  const exact = new Set(names);
  const all = exact.has('States.ALL');
  const taskFailed = exact.has('States.TaskFailed');
  return ({ Error, alias }) => {
    if (all) return true;
    if (Error !== undefined && exact.has(Error)) return true;
    if (alias !== undefined && exact.has(alias)) return true;
    return taskFailed && Error !== 'States.Timeout';
  };
}
