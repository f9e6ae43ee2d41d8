import { isJsonObject, type JsonObject } from '@interstate/kernel';
import { objectsOf, type GroupView, type StateView } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';

const MAX_CHARACTERS = 80;
const NAME = /^\p{ID_Start}\p{ID_Continue}*$/u;

/**
 * Variables have proper names, and none that an outer scope uses. Branches and inline processors are inner scopes;
 * a distributed processor starts with none.
 */
export const variables: Rule = (machine, report) => {
  const scopes = new Map<GroupView, ReadonlySet<string>>();
  for (const group of machine.groups) {
    const names = new Set<string>();
    for (const state of group.states.values()) {
      if (state.refused) continue;
      for (const [name, place] of assignmentsOf(state)) {
        names.add(name);
        if (name === 'states') report('RESERVED_VARIABLE_NAME', "Cannot assign to reserved variable '$states'.", place);
        else if (!NAME.test(name)) {
          report('INVALID_VARIABLE_NAME', `Invalid variable name '${name}': the variable name contains invalid characters.`, place);
        } else if (name.length > MAX_CHARACTERS) {
          report('INVALID_VARIABLE_NAME', `Invalid variable name '${name}': the variable name exceeds ${MAX_CHARACTERS} characters.`, place);
        }
        if (isAssignedOutside(name, group, scopes)) {
          report('SCHEMA_VALIDATION_FAILED', `Variable '${name}' is already assigned in an outer scope`, place, 'Name it otherwise.');
        }
      }
    }
    scopes.set(group, names);
  }
};

function isAssignedOutside(name: string, group: GroupView, scopes: ReadonlyMap<GroupView, ReadonlySet<string>>): boolean {
  for (let owner = group.owner; owner && !owner.distributed; owner = owner.group.owner) {
    if (scopes.get(owner.group)?.has(name)) return true;
  }
  return false;
}

/** Names assigned by a state, its rules and its Catchers. */
function assignmentsOf({ raw, place, language }: StateView): [name: string, place: Place][] {
  const found: [string, Place][] = [];
  const add = (object: JsonObject, where: Place): void => {
    const assign = object['Assign'];
    if (!isJsonObject(assign)) return;
    for (const key of Object.keys(assign)) {
      found.push([language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key, at(at(where, 'Assign'), key)]);
    }
  };
  add(raw, place);
  for (const field of ['Choices', 'Catch']) for (const [item, where] of objectsOf(raw[field], at(place, field))) add(item, where);
  return found;
}
