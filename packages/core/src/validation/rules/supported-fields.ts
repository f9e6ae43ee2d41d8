import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { QueryLanguage } from '../../definition/query-language.ts';
import type { Hint, Report } from '../diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';
import { objectsOf } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import {
  BRANCH_FIELDS,
  CATCHER_FIELDS,
  ITEM_BATCHER_FIELDS,
  ITEM_READER_FIELDS,
  PROCESSOR_FIELDS,
  READER_CONFIG_FIELDS,
  RESULT_WRITER_FIELDS,
  RETRIER_FIELDS,
  STATE_FIELDS,
  STATE_MACHINE_FIELDS,
  type FieldTable,
} from '../state-fields.ts';

const GROUP_FIELDS = { machine: STATE_MACHINE_FIELDS, branch: BRANCH_FIELDS, processor: PROCESSOR_FIELDS };

/** Every field is one that its object may have, in its query language. */
export const supportedFields: Rule = (machine, report) => {
  for (const group of machine.groups) check(group.raw, group.place, GROUP_FIELDS[group.kind], 'JSONPath', report);
  for (const { raw, place, type, language, refused } of machine.states) {
    if (refused || type === undefined) continue;
    const checkField = (parent: JsonObject, parentPlace: Place, field: string, table: FieldTable): void => {
      const value = parent[field];
      if (isJsonObject(value)) check(value, at(parentPlace, field), table, language, report);
    };
    check(raw, place, STATE_FIELDS[type], language, report);
    for (const [retrier, where] of objectsOf(raw['Retry'], at(place, 'Retry'))) check(retrier, where, RETRIER_FIELDS, language, report);
    for (const [catcher, where] of objectsOf(raw['Catch'], at(place, 'Catch'))) check(catcher, where, CATCHER_FIELDS, language, report);
    if (type !== 'Map') continue;
    checkField(raw, place, 'ItemReader', ITEM_READER_FIELDS);
    if (isJsonObject(raw['ItemReader'])) checkField(raw['ItemReader'], at(place, 'ItemReader'), 'ReaderConfig', READER_CONFIG_FIELDS);
    checkField(raw, place, 'ItemBatcher', ITEM_BATCHER_FIELDS);
    checkField(raw, place, 'ResultWriter', RESULT_WRITER_FIELDS);
  }
};

function check(object: JsonObject, place: Place, table: FieldTable, language: QueryLanguage, report: Report): void {
  for (const field of Object.keys(object)) {
    const use = table.get(field);
    if (use === 'both' || use === language) continue;
    if (use !== undefined) reportWrongLanguage(field, use, place, report);
    else reportUnsupported(field, place, report, () => didYouMean(field, namesFree(table, object)));
  }
}

export function reportUnsupported(field: string, place: Place, report: Report, hint?: Hint): void {
  report('SCHEMA_VALIDATION_FAILED', `Field '${field}' is not supported`, place, hint);
}

export function reportWrongLanguage(field: string, language: QueryLanguage, place: Place, report: Report): void {
  const actual: QueryLanguage = language === 'JSONPath' ? 'JSONata' : 'JSONPath';
  const message = `The QueryLanguage is set to '${actual}', but field '${field}' is only supported for the '${language}' QueryLanguage`;
  report('SCHEMA_VALIDATION_FAILED', message, place);
}

/** The fields that the object might still have. */
function namesFree(table: FieldTable, object: { readonly [key: string]: Json }): string[] {
  return [...table.keys()].filter((name) => !Object.hasOwn(object, name));
}
