import { isJsonObject, setJsonKey, type Json } from '@interstate/kernel';
import type { Bindings } from './placeholders.ts';

/** What lies deeper is compared as it is. */
const MAX_DEPTH = 500;

/** Ids, tokens and times, as the service makes them; and what a comparison would take for a placeholder. */
const MADE = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9+/=]{100,}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)|<[A-Za-z][\w.-]*(?::\d+)?>/g;

/**
 * Puts placeholders where a value was made by chance or by the clock: the same id is the same placeholder everywhere, a time is any
 * time. What looks like a placeholder by itself is bound to what it is.
 */
export function generalise(value: Json): { readonly value: Json; readonly bindings: Bindings } {
  const known = new Map<string, string>();
  const bindings = new Map<string, string>();
  const placeholder = (text: string): string => {
    if (/^\d{4}-/.test(text) && text.includes('T')) return '<date>';
    let name = known.get(text);
    if (name === undefined) {
      name = `<${text.startsWith('<') ? 'text' : 'made'}:${known.size + 1}>`;
      known.set(text, name);
      if (text.startsWith('<')) bindings.set(name, JSON.stringify(text));
    }
    return name;
  };
  const convert = (part: Json, depth: number): Json => {
    if (typeof part === 'string') return part.replace(MADE, placeholder);
    if (depth > MAX_DEPTH) return part;
    if (Array.isArray(part)) return part.map((item: Json) => convert(item, depth + 1));
    if (!isJsonObject(part)) return part;
    const copy: Record<string, Json> = {};
    for (const [key, member] of Object.entries(part)) setJsonKey(copy, key, convert(member, depth + 1));
    return copy;
  };
  return { value: convert(value, 0), bindings };
}
