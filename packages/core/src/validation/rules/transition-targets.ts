import { isJsonObject, type Json } from '@interstate/kernel';
import { didYouMean } from '../did-you-mean.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';
import { transitionsOf } from '../transitions.ts';

/** `StartAt`, `Next` and `Default` name states of the same `States` object. */
export const transitionTargets: Rule = (machine, report) => {
  for (const group of machine.groups) {
    const states = group.raw['States'];
    if (!isJsonObject(states) || Object.keys(states).length === 0) continue;
    const check = (target: Json | undefined, place: Place): void => {
      if (typeof target !== 'string' || Object.hasOwn(states, target) || isSubstituted(target)) return;
      report('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, place, () => didYouMean(target, Object.keys(states)));
    };
    check(group.raw['StartAt'], at(group.place, 'StartAt'));
    for (const state of group.states.values()) for (const [target, place] of transitionsOf(state)) check(target, place);
  }
};
