import { isJsonObject, type Json } from '@interstate/kernel';
import { predefinedErrorNames } from '../error-names.ts';
import { didYouMean } from '../did-you-mean.ts';
import { objectsOf } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isIntrinsicCall, pathFault } from '../syntax.ts';
import { payloadTemplatesOf } from './payload-templates.ts';

const NO_DOLLAR = "The value looks like a JSONPath or an intrinsic function call, but the name of its field does not end with '.$'";
const NO_PATH = "The value looks like a path, but the name of its field does not end with 'Path'";
const PASS_RESULT_IS_STATIC = 'The Result of a Pass state is not evaluated; use Parameters';

/** Warnings: text that looks as if it were to be evaluated, and will not be; error names that nothing raises. */
export const staticText: Rule = (machine, report) => {
  for (const state of machine.states) {
    const { raw, place, type, language } = state;
    if (type === undefined) continue;
    if (language === 'JSONPath') {
      for (const [template, where] of payloadTemplatesOf(state)) {
        eachText(template, where, (text, textPlace) => {
          if (isEvaluable(text)) report('NO_DOLLAR', NO_DOLLAR, textPlace);
        });
      }
      eachText(raw['Result'] ?? null, at(place, 'Result'), (text, textPlace, dynamic) => {
        if (dynamic || isEvaluable(text)) report('PASS_RESULT_IS_STATIC', PASS_RESULT_IS_STATIC, textPlace);
      }, true);
      for (const field of ['Error', 'Cause', 'Timestamp']) {
        const value = raw[field];
        if (typeof value === 'string' && isEvaluable(value)) {
          report('NO_PATH', NO_PATH, at(place, field), `Did you mean '${field}Path'?`);
        }
      }
    }
    for (const field of ['Retry', 'Catch']) {
      for (const [handler, where] of objectsOf(raw[field], at(place, field))) {
        if (Array.isArray(handler['ErrorEquals'])) checkErrorNames(handler['ErrorEquals'] as readonly Json[], at(where, 'ErrorEquals'), report);
      }
    }
  }
};

function checkErrorNames(names: readonly Json[], place: Place, report: Parameters<Rule>[1]): void {
  names.forEach((name, index) => {
    if (typeof name !== 'string' || !name.startsWith('States.')) return;
    if (predefinedErrorNames.has(name) || name.startsWith('States.Http.StatusCode.')) return;
    report('UNKNOWN_ERROR_NAME', `Step Functions raises no error '${name}'`, at(place, index), () => didYouMean(name, predefinedErrorNames));
  });
}

function isEvaluable(text: string): boolean {
  return text.startsWith('$.') || text.startsWith('$[') || text.startsWith('$$.') ? pathFault(text) !== 'no path' : isIntrinsicCall(text);
}

/** Calls back for every string that is not under a key ending in `.$`; with `all`, for those as well. */
function eachText(value: Json, place: Place, use: (text: string, place: Place, dynamic: boolean) => void, all = false, dynamic = false): void {
  if (typeof value === 'string') {
    if (all || !dynamic) use(value, place, dynamic);
  } else if (Array.isArray(value)) {
    (value as readonly Json[]).forEach((item, index) => eachText(item, at(place, index), use, all, dynamic));
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) eachText(item, at(place, key), use, all, key.endsWith('.$'));
  }
}
