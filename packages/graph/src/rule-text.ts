import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';

const SIGNS: Readonly<Record<string, string>> = { Equals: '=', LessThan: '<', GreaterThan: '>', LessThanEquals: '≤', GreaterThanEquals: '≥', Matches: 'is like' };
const MAX_DEPTH = 8;

/** A Choice rule as a person would say it: `$.total > 100`, `not $.paid`. */
export function ruleText(rule: JsonObject, depth = 0): string {
  if (depth > MAX_DEPTH) return '…';
  if (typeof rule['Condition'] === 'string') return rule['Condition'].replace(/^\{%\s*|\s*%\}$/g, '');
  for (const [field, word] of [['And', ' and '], ['Or', ' or ']] as const) {
    const rules = rule[field];
    if (Array.isArray(rules)) return (rules as readonly Json[]).filter(isJsonObject).map((each) => ruleText(each, depth + 1)).join(word);
  }
  const not = rule['Not'] ?? null;
  if (isJsonObject(not)) return `not ${ruleText(not, depth + 1)}`;
  const variable = String(rule['Variable'] ?? '');
  for (const [field, value] of Object.entries(rule)) {
    const told = comparison(variable, field, value);
    if (told !== undefined) return told;
  }
  return variable;
}

function comparison(variable: string, field: string, value: Json): string | undefined {
  if (field.startsWith('Is')) {
    const what = field.slice(2).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
    return `${variable} is ${value === false ? 'not ' : ''}${what}`;
  }
  const found = /^(String|Numeric|Boolean|Timestamp)(Equals|LessThanEquals|GreaterThanEquals|LessThan|GreaterThan|Matches)(Path)?$/.exec(field);
  if (!found) return undefined;
  if (found[1] === 'Boolean' && !found[3] && found[2] === 'Equals') return value === false ? `not ${variable}` : variable;
  return `${variable} ${SIGNS[found[2]!]} ${found[3] ? String(value) : JSON.stringify(value)}`;
}
