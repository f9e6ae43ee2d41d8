import type { JsonObject } from '@interstate/kernel';
import { conditionsOf, type ConditionView } from '../conditions.ts';
import type { Report } from '../diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';
import { objectsOf } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { CHOICE_OPERATORS, IS_CHOICE_OPERATOR } from '../choice-operators.ts';
import { reportNone, reportSeveral } from './exclusive-fields.ts';
import { reportUnsupported, reportWrongLanguage } from './supported-fields.ts';

const SELECTORS = ['And', 'Or', 'Not', 'Variable', 'Condition'];
const RULE_FIELDS = ['Comment', 'Next', 'Assign'];

/** Each rule looks at one thing with one operator; only rules themselves say where to go. */
export const choiceRules: Rule = (machine, report) => {
  for (const state of machine.states) {
    if (state.type !== 'Choice' || state.refused) continue;
    if (state.language === 'JSONPath') {
      for (const condition of conditionsOf(state)) checkCondition(condition, report);
    } else {
      for (const [rule, place] of objectsOf(state.raw['Choices'], at(state.place, 'Choices'))) checkJsonataRule(rule, place, report);
    }
  }
};

function checkJsonataRule(rule: JsonObject, place: Place, report: Report): void {
  let selectors = 0;
  for (const field of Object.keys(rule)) {
    if (SELECTORS.includes(field)) selectors += 1;
    if (RULE_FIELDS.includes(field) || field === 'Condition' || field === 'Output') continue;
    if (SELECTORS.includes(field) || IS_CHOICE_OPERATOR.has(field)) reportWrongLanguage(field, 'JSONPath', place, report);
    else reportUnsupported(field, place, report, () => didYouMean(field, [...RULE_FIELDS, 'Condition', 'Output']));
  }
  if (selectors !== 1) reportSelectors(place, report);
}

function checkCondition({ raw, place, isRule }: ConditionView, report: Report): void {
  const operators: string[] = [];
  let selectors = 0;
  for (const field of Object.keys(raw)) {
    if (SELECTORS.includes(field)) {
      selectors += 1;
      if (field === 'Condition') reportWrongLanguage(field, 'JSONata', place, report);
    } else if (IS_CHOICE_OPERATOR.has(field)) operators.push(field);
    else if (field === 'Comment' || (isRule && RULE_FIELDS.includes(field))) continue;
    else if (isRule && field === 'Output') reportWrongLanguage(field, 'JSONata', place, report);
    else if (RULE_FIELDS.includes(field)) reportUnsupported(field, place, report, `'${field}' belongs into the rule around this one.`);
    else reportUnsupported(field, place, report, () => didYouMean(field, [...CHOICE_OPERATORS, ...SELECTORS]));
  }
  if (selectors !== 1) reportSelectors(place, report);
  else if (!Object.hasOwn(raw, 'Variable')) for (const field of operators) reportUnsupported(field, place, report);
  else if (operators.length === 0) reportNone(CHOICE_OPERATORS, place, report);
  else if (operators.length > 1) reportSeveral(CHOICE_OPERATORS, place, report);
}

function reportSelectors(place: Place, report: Report): void {
  report('SCHEMA_VALIDATION_FAILED', `The object must have only one of the following fields, [${SELECTORS.join(', ')}]`, place);
}
