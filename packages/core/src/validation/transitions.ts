import type { Json } from '@interstate/kernel';
import { objectsOf, type StateView } from './machine-view.ts';
import { at, type Place } from './place.ts';

/** Everywhere a state may go to, as written. */
export function transitionsOf({ raw, place, type }: StateView): [target: Json, place: Place][] {
  const found: [Json, Place][] = [];
  const add = (value: Json | undefined, where: Place): void => {
    if (value !== undefined) found.push([value, where]);
  };
  if (type !== 'Choice') add(raw['Next'], at(place, 'Next'));
  for (const [rule, where] of objectsOf(raw['Choices'], at(place, 'Choices'))) add(rule['Next'], at(where, 'Next'));
  add(raw['Default'], at(place, 'Default'));
  for (const [catcher, where] of objectsOf(raw['Catch'], at(place, 'Catch'))) add(catcher['Next'], at(where, 'Next'));
  return found;
}
