import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { descend, ownKey, unmark, type TemplateScope } from './template-scope.ts';

/** A condition of the template (condition functions reference); `undefined` where it hangs on something unknown. */
export function decideCondition(scope: TemplateScope, name: string): boolean | undefined {
  if (scope.decided.has(name)) return scope.decided.get(name);
  // Set before it is decided: a condition that leads back to itself is not decidable.
  scope.decided.set(name, undefined);
  const decided = decide(scope, ownKey(scope.conditions, name));
  scope.decided.set(name, decided);
  return decided;
}

function decide(scope: TemplateScope, rule: Json | undefined): boolean | undefined {
  if (!isJsonObject(rule)) return undefined;
  descend(scope);
  const decided = decideRule(scope, rule);
  scope.depth--;
  return decided;
}

function decideRule(scope: TemplateScope, rule: JsonObject): boolean | undefined {
  const [name = ''] = Object.keys(rule);
  const argument = ownKey(rule, name);
  const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? decideCondition(scope, argument) : undefined;
    case 'Fn::Equals':
      return equals(scope.resolve(parts[0]), scope.resolve(parts[1]), scope);
    case 'Fn::Not':
      return negate(decide(scope, parts[0]));
    case 'Fn::And':
      return every(parts.map((part) => decide(scope, part)));
    case 'Fn::Or':
      return negate(every(parts.map((part) => negate(decide(scope, part)))));
    default:
      return undefined;
  }
}

function equals(left: Json | undefined, right: Json | undefined, scope: TemplateScope): boolean | undefined {
  const [a, b] = [left, right].map((side) => (typeof side === 'object' || side === undefined ? undefined : unmark(scope, String(side))));
  if (a === undefined || b === undefined || a.includes('${') || b.includes('${')) return undefined;
  return a === b;
}

function every(decisions: readonly (boolean | undefined)[]): boolean | undefined {
  return decisions.includes(false) ? false : decisions.includes(undefined) ? undefined : true;
}

function negate(decision: boolean | undefined): boolean | undefined {
  return decision === undefined ? undefined : !decision;
}
