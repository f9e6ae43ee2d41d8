import { isJsonObject, type Json } from '@interstate/kernel';
import { shown } from '../shown.ts';
import { bindWhole, isPlaceholder, matchText, type Bindings } from './placeholders.ts';

export type Comparison = { readonly bindings: Bindings; readonly difference?: never } | { readonly difference: string; readonly bindings?: never };

/**
 * Compares a value with its recording: numbers by value, object keys in any order, placeholders match anything (a numbered one
 * the same thing everywhere), two texts that both hold JSON objects by what they hold.
 * Gives the extended bindings, or the first difference with its place.
 */
export function compareValue(recorded: Json | undefined, actual: Json | undefined, bindings: Bindings, place = ''): Comparison {
  const differ = (): Comparison => ({ difference: `${place === '' ? '' : `${place}: `}recorded ${shown(recorded)}, got ${shown(actual)}` });
  if (recorded === undefined || actual === undefined) return recorded === actual ? { bindings } : differ();
  if (typeof recorded === 'string') return compareText(recorded, actual, bindings, place) ?? differ();
  if (typeof recorded !== 'object' || recorded === null) return recorded === actual ? { bindings } : differ();
  if (Array.isArray(recorded)) return Array.isArray(actual) && actual.length === recorded.length ? compareEach(recorded.map((item: Json, index) => [`[${index}]`, item, actual[index] as Json]), bindings, place) : differ();
  if (!isJsonObject(recorded) || !isJsonObject(actual)) return differ();
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])];
  return compareEach(keys.map((key) => [`/${key}`, own(recorded, key), own(actual, key)]), bindings, place);
}

/** Compares a cause: recorded parsed where its text is a JSON object. */
export function compareCause(recorded: Json | undefined, actual: Json | undefined, bindings: Bindings, place: string): Comparison {
  const parsed = isJsonObject(recorded) && typeof actual === 'string' ? parseObject(actual) : undefined;
  return compareValue(recorded, parsed ?? actual, bindings, place);
}

function compareEach(parts: readonly (readonly [place: string, recorded: Json | undefined, actual: Json | undefined])[], bindings: Bindings, place: string): Comparison {
  let known = bindings;
  for (const [part, recorded, actual] of parts) {
    const compared = compareValue(recorded, actual, known, `${place}${part}`);
    if (compared.difference !== undefined) return compared;
    known = compared.bindings;
  }
  return { bindings: known };
}

function compareText(recorded: string, actual: Json, bindings: Bindings, place: string): Comparison | undefined {
  const matched = isPlaceholder(recorded) ? bindWhole(recorded, JSON.stringify(actual), bindings) : typeof actual === 'string' ? matchText(recorded, actual, bindings) : undefined;
  if (matched !== undefined) return { bindings: matched };
  const left = parseObject(recorded);
  const right = typeof actual === 'string' ? parseObject(actual) : undefined;
  return left === undefined || right === undefined ? undefined : compareValue(left, right, bindings, `${place} (JSON text)`);
}

function parseObject(text: string): Json | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function own(object: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
