import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { Report } from '../diagnostic.ts';
import { objectsOf, type StateView } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isDynamicValue } from '../syntax.ts';

const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials'];

/** In JSONPath states, a key that ends in `.$` has a path or an intrinsic call for its value. */
export const payloadTemplates: Rule = (machine, report) => {
  for (const state of machine.states) {
    if (state.refused || state.type === undefined || state.language === 'JSONata') continue;
    for (const [template, place] of payloadTemplatesOf(state)) check(template, place, report);
  }
};

/** All payload templates of a JSONPath state, with their places. */
export function payloadTemplatesOf({ raw, place }: StateView): [template: Json, place: Place][] {
  const templates: [Json, Place][] = [];
  const add = (object: JsonObject, field: string, where: Place): void => {
    if (Object.hasOwn(object, field)) templates.push([object[field]!, at(where, field)]);
  };
  for (const field of TEMPLATES) add(raw, field, place);
  for (const field of ['Choices', 'Catch']) for (const [item, where] of objectsOf(raw[field], at(place, field))) add(item, 'Assign', where);
  if (isJsonObject(raw['ItemReader'])) add(raw['ItemReader'], 'Parameters', at(place, 'ItemReader'));
  if (isJsonObject(raw['ItemBatcher'])) add(raw['ItemBatcher'], 'BatchInput', at(place, 'ItemBatcher'));
  if (isJsonObject(raw['ResultWriter'])) add(raw['ResultWriter'], 'Parameters', at(place, 'ResultWriter'));
  return templates;
}

function check(template: Json, place: Place, report: Report): void {
  if (Array.isArray(template)) {
    (template as readonly Json[]).forEach((item, index) => check(item, at(place, index), report));
  } else if (isJsonObject(template)) {
    for (const key of Object.keys(template)) {
      const value = template[key]!;
      if (!key.endsWith('.$')) {
        if (typeof value === 'object') check(value, at(place, key), report);
      } else if (!isDynamicValue(value)) {
        report('SCHEMA_VALIDATION_FAILED', `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`, place);
      }
    }
  }
}
