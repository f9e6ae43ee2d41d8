import { isJsonObject, setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { decideCondition } from './conditions.ts';
import { replacePlaceholders } from './placeholder-text.ts';
import { NO_VALUE, resolveAttribute, resolveRef } from './references.ts';
import { splitAttribute } from './short-tags.ts';
import { descend, givenValue, ownKey, ownObject, spend, unmark, type TemplateScope } from './template-scope.ts';

type Resolved = Json | typeof NO_VALUE;

/**
 * A value of the template with its intrinsic functions worked out (CloudFormation intrinsic function reference). What cannot be
 * decided becomes a text `${…}` that names it; references to resources become marks (see template-scope).
 */
export function resolveValue(scope: TemplateScope, value: Json | undefined): Resolved {
  if (typeof value !== 'object' || value === null) return value;
  descend(scope);
  const resolved = Array.isArray(value) ? resolveItems(scope, value) : resolveObject(scope, value as JsonObject);
  scope.depth--;
  return resolved;
}

function resolveItems(scope: TemplateScope, items: readonly Json[]): Json[] {
  const resolved: Json[] = [];
  for (const item of items) {
    const value = resolveValue(scope, item);
    if (value !== NO_VALUE) resolved.push(value);
  }
  return resolved;
}

function resolveObject(scope: TemplateScope, object: JsonObject): Resolved {
  const keys = Object.keys(object);
  const first = keys[0];
  if (keys.length === 1 && first !== undefined) {
    const argument = object[first]!;
    if (first === 'Ref' && scope.hasRefs && typeof argument === 'string') return resolveRef(scope, argument);
    if (first.startsWith('Fn::')) return resolveFunction(scope, first, argument);
  }
  const resolved: Record<string, Json> = {};
  for (const key of keys) {
    const value = resolveValue(scope, object[key]);
    if (value !== NO_VALUE) setJsonKey(resolved, key, value);
  }
  return resolved;
}

function resolveFunction(scope: TemplateScope, name: string, argument: Json): Resolved {
  switch (name) {
    case 'Fn::GetAtt':
      return resolveGetAtt(scope, argument) ?? undecided(scope, name, argument);
    case 'Fn::Sub':
      return resolveSub(scope, argument) ?? undecided(scope, name, argument);
    case 'Fn::If':
      return resolveIf(scope, argument);
  }
  const resolved = resolveValue(scope, argument) ?? null;
  const list = Array.isArray(resolved) ? (resolved as readonly Json[]) : [];
  return applyFunction(scope, name, list, resolved) ?? undecided(scope, name, resolved);
}

/** The functions that work on resolved arguments; `undefined` where the result cannot be known. */
function applyFunction(scope: TemplateScope, name: string, list: readonly Json[], argument: Json): Json | undefined {
  const [first, second, third] = list;
  switch (name) {
    case 'Fn::Join':
      return typeof first === 'string' && Array.isArray(second) ? join(scope, first, second) : undefined;
    case 'Fn::Split':
      return typeof first === 'string' && first !== '' && typeof second === 'string' ? split(scope, first, second) : undefined;
    case 'Fn::Select':
      return Array.isArray(second) ? (second as readonly Json[])[Number(first)] : isPlaceholder(second) ? second : undefined;
    case 'Fn::FindInMap':
      return findInMap(scope, first, second, third) ?? defaultValue(list[3]);
    case 'Fn::ToJsonString':
      return JSON.stringify(argument);
    case 'Fn::Length':
      return Array.isArray(argument) ? argument.length : undefined;
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${argument === '' ? scope.environment.region : asText(argument)}${zone}`);
    default:
      return undefined;
  }
}

function resolveGetAtt(scope: TemplateScope, argument: Json): Json | undefined {
  const parts = typeof argument === 'string' ? splitAttribute(argument) : resolveValue(scope, argument);
  if (!Array.isArray(parts)) return undefined;
  const [logicalId, ...attribute] = parts as readonly Json[];
  return typeof logicalId === 'string' ? resolveAttribute(scope, logicalId, attribute.join('.')) : undefined;
}

function resolveSub(scope: TemplateScope, argument: Json): string | undefined {
  const [template, variables = {}] = typeof argument === 'string' ? [argument] : Array.isArray(argument) ? (argument as readonly Json[]) : [];
  if (typeof template !== 'string' || !isJsonObject(variables)) return undefined;
  const own = new Map(Object.keys(variables).map((name) => [name, resolveValue(scope, variables[name])]));
  const value = (name: string): string => {
    const resolved = own.has(name) ? own.get(name) : resolveRef(scope, name);
    const text = Array.isArray(resolved) ? join(scope, ',', resolved) : asText(resolved);
    spend(scope, text?.length ?? 0);
    return text ?? `\${${name}}`;
  };
  // `${!Name}` is how Fn::Sub writes a literal `${Name}`.
  const parts = template.split('${!').map((part) => replacePlaceholders(part, value));
  spend(scope, template.length);
  return parts.join('${');
}

function resolveIf(scope: TemplateScope, argument: Json): Resolved {
  const [condition, whenTrue, whenFalse] = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  const decided = typeof condition === 'string' ? decideCondition(scope, condition) : undefined;
  if (decided === undefined) return undecided(scope, 'Fn::If', condition ?? null);
  return resolveValue(scope, decided ? whenTrue : whenFalse);
}

function join(scope: TemplateScope, delimiter: string, items: readonly Json[]): string | undefined {
  const texts = items.map(asText);
  if (texts.includes(undefined)) return undefined;
  for (const text of texts) spend(scope, text!.length + delimiter.length);
  return texts.join(delimiter);
}

function split(scope: TemplateScope, delimiter: string, text: string): Json {
  const whole = unmark(scope, text);
  // What is not known cannot be taken apart; Select passes it on.
  if (whole.includes('${')) return whole;
  spend(scope, whole.length);
  return whole.split(delimiter);
}

function findInMap(scope: TemplateScope, map: Json | undefined, topKey: Json | undefined, secondKey: Json | undefined): Json | undefined {
  const [mapText, topText, secondText] = [map, topKey, secondKey].map((key) => unmark(scope, asText(key) ?? ''));
  return ownKey(ownObject(ownObject(scope.mappings, mapText!), topText!), secondText!);
}

function defaultValue(options: Json | undefined): Json | undefined {
  return isJsonObject(options) ? ownKey(options, 'DefaultValue') : undefined;
}

/**
 * `${Fn::ImportValue:shared-function}`: a stable text for what only a deployment knows, in the characters of a placeholder;
 * the caller may give its value under that name.
 */
function undecided(scope: TemplateScope, name: string, argument: Json): Json {
  const first = Array.isArray(argument) ? (argument as readonly Json[])[0] : argument;
  const text = unmark(scope, asText(first) ?? '').slice(0, 200).replace(/[^A-Za-z0-9_.:/#@-]+/g, '-');
  const placeholder = `${name}:${text}`.replace(/[:-]+$/, '');
  return givenValue(scope, placeholder) ?? `\${${placeholder}}`;
}

function isPlaceholder(value: Json | undefined): boolean {
  return typeof value === 'string' && value.startsWith('${');
}

function asText(value: Resolved): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
