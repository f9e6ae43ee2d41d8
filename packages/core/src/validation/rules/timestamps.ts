import { isJsonObject, type JsonObject } from '@interstate/kernel';
import { parseTimestamp } from '../../flow/timestamp.ts';
import type { Report } from '../diagnostic.ts';
import { objectsOf } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';

/** Timestamps written out are RFC 3339 with `T` and a zone: `Timestamp` of Wait states, and what Choice rules compare with. */
export const timestamps: Rule = (machine, report) => {
  for (const { raw, place, type, language, refused } of machine.states) {
    if (refused) continue;
    if (type === 'Wait' && !(language === 'JSONata' && isExpression(raw['Timestamp']))) check(raw, 'Timestamp', place, report);
    if (type === 'Choice' && language === 'JSONPath') {
      for (const [rule, where] of objectsOf(raw['Choices'], at(place, 'Choices'))) checkCondition(rule, where, report);
    }
  }
};

function checkCondition(rule: JsonObject, place: Place, report: Report): void {
  for (const field of Object.keys(rule)) {
    if (field.startsWith('Timestamp') && !field.endsWith('Path')) check(rule, field, place, report);
  }
  for (const field of ['And', 'Or']) for (const [inner, where] of objectsOf(rule[field], at(place, field))) checkCondition(inner, where, report);
  if (isJsonObject(rule['Not'])) checkCondition(rule['Not'], at(place, 'Not'), report);
}

function check(object: JsonObject, field: string, place: Place, report: Report): void {
  const text = object[field];
  if (typeof text !== 'string' || isSubstituted(text) || parseTimestamp(text) !== undefined) return;
  report('SCHEMA_VALIDATION_FAILED', 'String does not match RFC3339 timestamp', at(place, field));
}

function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('{%');
}
