import { at, locationOf, pointerOf, type Place } from '../validation/place.ts';
import type { QueryLanguage } from './program.ts';

/** What can run in a definition. */
export type PointKind = 'state' | 'transition' | 'rule' | 'retrier' | 'catcher' | 'expression';

/** Called each time that a state is entered, a transition taken, a rule, Retrier or Catcher matches, an expression is evaluated. */
export type Tally = () => void;

/** Asked, as a definition is compiled, for the tally of each thing that can run in it; named by the JSON Pointer of its place. */
export type Probe = (kind: PointKind, pointer: string) => Tally;

/** Where in the definition the compiler is. */
export interface Site {
  readonly place: Place;
  /** The state that this is or is a part of. */
  readonly state: Place;
  readonly language: QueryLanguage;
  readonly probe: Probe | undefined;
}

export function below(site: Site, key: string | number): Site {
  return { ...site, place: at(site.place, key) };
}

/** As EvaluationFailed names the place: `Output`, `Assign/x`, `Choices[1]/Output/v`. */
export function locationIn({ place, state }: Site): string {
  return locationOf(place).slice(locationOf(state).length + 1);
}

export function tallyOf({ probe, place }: Site, kind: PointKind): Tally | undefined {
  return probe?.(kind, pointerOf(place));
}

/** An expression that is told of as it begins; itself where nobody asks. */
export function counted<Seen, Result>(site: Site, evaluate: (scope: Seen) => Result): (scope: Seen) => Result {
  const tally = tallyOf(site, 'expression');
  if (tally === undefined) return evaluate;
  return (scope) => {
    tally();
    return evaluate(scope);
  };
}

/** A test of a rule, Retrier or Catcher that is told of when it holds; itself where nobody asks. */
export function countedMatch<Seen>(site: Site, kind: PointKind, matches: (subject: Seen) => boolean): (subject: Seen) => boolean {
  const tally = tallyOf(site, kind);
  if (tally === undefined) return matches;
  return (subject) => {
    const matched = matches(subject);
    if (matched) tally();
    return matched;
  };
}
