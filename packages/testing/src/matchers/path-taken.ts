import type { Visit } from '../trace/visit.ts';
import { verdict, type MatcherResult, type MatcherState } from './matcher.ts';
import { observeStates, visitsOf } from './observed-execution.ts';

const names = (visits: readonly Visit[]): string => (visits.length === 0 ? 'it visited no state' : `it visited ${visits.map(({ name }) => name).join(' → ')}`);

/** Every one of these states was entered, in whatever order. With `not`: none of them was. */
export function toHaveVisited(this: MatcherState, received: unknown, ...states: readonly string[]): MatcherResult {
  const visits = visitsOf(observeStates(received, states));
  const entered = new Set(visits.map(({ name }) => name));
  const pass = this.isNot === true ? states.some((state) => entered.has(state)) : states.every((state) => entered.has(state));
  return verdict(pass, `to have visited ${states.join(', ')}`, names(visits));
}

/** These states were entered in this order; others may lie between. */
export function toHaveVisitedInOrder(this: MatcherState, received: unknown, ...states: readonly string[]): MatcherResult {
  const visits = visitsOf(observeStates(received, states));
  let next = 0;
  for (const { name } of visits) if (name === states[next]) next++;
  return verdict(next === states.length, `to have visited ${states.join(' → ')}`, names(visits));
}

/** The state's work was tried again so many times: attempts without the first, over all its visits. */
export function toHaveRetried(this: MatcherState, received: unknown, state: string, times?: number): MatcherResult {
  const visits = visitsOf(observeStates(received, [state])).filter(({ name }) => name === state);
  const retries = visits.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0);
  const pass = times === undefined ? retries > 0 : retries === times;
  return verdict(pass, `to have retried ${state}${times === undefined ? '' : ` ${times} times`}`, visits.length === 0 ? `it never visited ${state}` : `it retried it ${retries} times`);
}

/** A Catcher of this state took over. @param error name of the error it caught */
export function toHaveCaught(this: MatcherState, received: unknown, state: string, error?: string): MatcherResult {
  const visits = visitsOf(observeStates(received, [state])).filter(({ name }) => name === state);
  const caught = visits.filter(({ status }) => status === 'caught');
  const pass = caught.some((visit) => error === undefined || visit.error === error);
  const found = caught.length > 0 ? `it caught ${caught.map((visit) => visit.error ?? 'an error').join(', ')}` : visits.length === 0 ? `it never visited ${state}` : 'nothing was caught there';
  return verdict(pass, `to have caught ${error ?? 'an error'} in ${state}`, found);
}
