import { isJsonObject, type JsonObject } from '@interstate/kernel';
import { objectsOf, type StateView } from './machine-view.ts';
import { at, type Place } from './place.ts';

export interface ConditionView {
  readonly raw: JsonObject;
  readonly place: Place;
  /** True for a rule itself, false for what `And`, `Or` and `Not` hold. */
  readonly isRule: boolean;
}

/** The rules of a Choice state and all conditions within them, outer before inner. */
export function conditionsOf({ raw, place }: StateView): ConditionView[] {
  const found: ConditionView[] = [];
  const add = (condition: JsonObject, where: Place, isRule: boolean): void => {
    found.push({ raw: condition, place: where, isRule });
    for (const field of ['And', 'Or']) {
      for (const [inner, innerPlace] of objectsOf(condition[field], at(where, field))) add(inner, innerPlace, false);
    }
    if (isJsonObject(condition['Not'])) add(condition['Not'], at(where, 'Not'), false);
  };
  for (const [rule, where] of objectsOf(raw['Choices'], at(place, 'Choices'))) add(rule, where, true);
  return found;
}
