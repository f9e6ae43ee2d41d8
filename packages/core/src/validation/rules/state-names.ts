import { isJsonObject } from '@interstate/kernel';
import { at } from '../place.ts';
import type { Rule } from '../rule.ts';

const MAX_CHARACTERS = 80;

/** State names have 1…80 characters and are unique over the whole machine, branches and processors included. */
export const stateNames: Rule = (machine, report) => {
  const seen = new Set<string>();
  for (const group of machine.groups) {
    const states = group.raw['States'];
    if (!isJsonObject(states)) continue;
    for (const name of Object.keys(states)) {
      const place = at(at(group.place, 'States'), name);
      if (name === '' || isTooLong(name)) {
        report('INVALID_STATE_NAME', `Invalid State name: '${name}'`, place, `A state's name has 1 to ${MAX_CHARACTERS} characters.`);
      }
      if (seen.has(name)) {
        report('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, place, 'State names are unique over the whole machine, branches included.');
      }
      seen.add(name);
    }
  }
};

/** Counts code points, and only where there might be too many. */
function isTooLong(name: string): boolean {
  return name.length > MAX_CHARACTERS && Array.from(name.slice(0, 2 * MAX_CHARACTERS + 1)).length > MAX_CHARACTERS;
}
