import type { EventKind } from './rule-index.ts';
import { ServiceFault } from '@interstate/service-kit';
import type { EventBridgeLimits } from '../limits.ts';
import { isJsonObject, isJsonEqual, type Json, type JsonObject } from '@interstate/kernel';

/** Patterns by the names of their rules. Provisional: exact values and prefixes only, one after another. */
export class RulePatterns {
  private readonly patterns = new Map<string, JsonObject>();

  add(name: string, pattern: string): void {
    this.patterns.set(name, JSON.parse(pattern) as JsonObject);
  }

  remove(name: string): void {
    this.patterns.delete(name);
  }

  match(event: JsonObject): readonly string[] {
    const names: string[] = [];
    for (const [name, pattern] of this.patterns) if (matches(pattern, event)) names.push(name);
    return names;
  }
}

/** True where a pattern may match some event of a kind. */
export function mayMatch(pattern: string, { source, detailType }: EventKind): boolean {
  const { source: sources, 'detail-type': types } = JSON.parse(pattern) as JsonObject;
  return matches({ ...(sources !== undefined && { source: sources }), ...(types !== undefined && { 'detail-type': types }) }, { source, 'detail-type': detailType });
}

function matches(pattern: JsonObject, event: Json | undefined): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = isJsonObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
    if (!Array.isArray(wanted)) return matches(wanted as JsonObject, value);
    const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
    return (wanted as readonly Json[]).some((alternative) => values.some((one) => matchesOne(alternative, one)));
  });
}

function matchesOne(alternative: Json, value: Json | undefined): boolean {
  if (!isJsonObject(alternative)) return isJsonEqual(alternative, value);
  if (alternative['exists'] !== undefined) return (value !== undefined) === alternative['exists'];
  const { prefix } = alternative;
  return typeof prefix === 'string' && typeof value === 'string' && value.startsWith(prefix);
}

/** @throws ServiceFault for what is no pattern, in AWS's words */
export function checkPattern(text: string, { patternLength }: EventBridgeLimits): void {
  if (text.length > patternLength) throw new ServiceFault('LimitExceededException');
  const reason = patternFault(text);
  if (reason !== undefined) throw new ServiceFault('InvalidEventPatternException', { reason: `Event pattern is not valid. Reason: ${reason}` });
}

function patternFault(text: string): string | undefined {
  try {
    return isJsonObject(JSON.parse(text) as Json) ? undefined : 'Filter is not an object';
  } catch {
    return 'Filter is not an object';
  }
}

/** True where an event matches a pattern that is one. */
export function matchesPattern(pattern: string, event: JsonObject): boolean {
  return matches(JSON.parse(pattern) as JsonObject, event);
}
