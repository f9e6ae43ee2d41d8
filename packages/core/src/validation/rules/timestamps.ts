import type { JsonObject } from '@interstate/kernel';
import { parseTimestamp } from '../../flow/timestamp.ts';
import { conditionsOf } from '../conditions.ts';
import type { Report } from '../diagnostic.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';

/** Timestamps written out are RFC 3339 with `T` and a zone: `Timestamp` of Wait states, and what Choice rules compare with. */
export const timestamps: Rule = (machine, report) => {
  for (const state of machine.states) {
    const { raw, place, type, language, refused } = state;
    if (refused) continue;
    if (type === 'Wait' && !(language === 'JSONata' && isExpression(raw['Timestamp']))) check(raw, 'Timestamp', place, report);
    if (type === 'Choice' && language === 'JSONPath') {
      for (const condition of conditionsOf(state)) {
        for (const field of Object.keys(condition.raw)) {
          if (field.startsWith('Timestamp') && !field.endsWith('Path')) check(condition.raw, field, condition.place, report);
        }
      }
    }
  }
};

function check(object: JsonObject, field: string, place: Place, report: Report): void {
  const text = object[field];
  if (typeof text !== 'string' || isSubstituted(text) || parseTimestamp(text) !== undefined) return;
  report('SCHEMA_VALIDATION_FAILED', 'String does not match RFC3339 timestamp', at(place, field));
}

function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('{%');
}
