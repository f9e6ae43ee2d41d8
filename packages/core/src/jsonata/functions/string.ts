import { fail } from '../errors.ts';
import { isFunction, type FunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import { markSequence } from '../sequence.ts';
import { callMatcher, matchesOf } from './matcher.ts';
import { replace } from './replace.ts';
import type { Builtins } from './table.ts';
import { toText } from './to-text.ts';

type Pattern = string | FunctionValue;

/** Lifts a function of a text: nothing gives nothing. */
function onText<Rest extends unknown[]>(apply: (text: string, ...rest: Rest) => unknown) {
  return (_run: Run, text?: string, ...rest: Rest) => (text === undefined ? undefined : apply(text, ...rest));
}

/** String functions. Lengths and positions count code points. */
export const STRING_FUNCTIONS: Builtins = {
  string: { signature: '<x-b?:s>', arity: 1, call: (run, value, pretty?: boolean) => (value === undefined ? undefined : toText(run, value, pretty)) },
  length: { signature: '<s-:n>', arity: 1, call: onText(countCodePoints) },
  substring: { signature: '<s-nn?:s>', arity: 3, call: onText(substring) },
  substringBefore: {
    signature: '<s-s:s>',
    arity: 2,
    call: onText((text, part: unknown) => (text.includes(String(part)) ? text.slice(0, text.indexOf(String(part))) : text)),
  },
  substringAfter: {
    signature: '<s-s:s>',
    arity: 2,
    call: onText((text, part: unknown) => (text.includes(String(part)) ? text.slice(text.indexOf(String(part)) + String(part).length) : text)),
  },
  lowercase: { signature: '<s-:s>', arity: 1, call: onText((text) => text.toLowerCase()) },
  uppercase: { signature: '<s-:s>', arity: 1, call: onText((text) => text.toUpperCase()) },
  trim: { signature: '<s-:s>', arity: 1, call: onText(trim) },
  pad: { signature: '<s-ns?:s>', arity: 3, call: pad },
  contains: { signature: '<s-(sf):b>', arity: 2, call: contains },
  match: { signature: '<s-f<s:o>n?:a<o>>', arity: 3, call: match },
  replace: { signature: '<s-(sf)(sf)n?:s>', arity: 4, call: replace },
  split: { signature: '<s-(sf)n?:a<s>>', arity: 3, call: split },
  join: { signature: '<a<s>s?:s>', arity: 2, call: join },
};

const SURROGATE = /[\ud800-\udfff]/;

function countCodePoints(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _point of text) count++;
  return count;
}

function substring(text: string, from: number, length?: number): string {
  const points = SURROGATE.test(text) ? [...text] : text;
  const start = points.length + from < 0 ? 0 : from;
  let part: string | string[];
  if (length === undefined) part = points.slice(start);
  else if (length <= 0) return '';
  else part = points.slice(start, start >= 0 ? start + length : points.length + start + length);
  return typeof part === 'string' ? part : part.join('');
}

function trim(text: string): string {
  const normal = text.replace(/[ \t\n\r]+/g, ' ');
  const from = normal.startsWith(' ') ? 1 : 0;
  return normal.slice(from, normal.length > from && normal.endsWith(' ') ? -1 : undefined);
}

/** Fills up on the right; on the left where the width is negative. */
function pad(run: Run, text?: string, width?: number, filler?: string): string | undefined {
  if (text === undefined) return undefined;
  const target = Math.trunc(width ?? Number.NaN);
  const missing = Math.abs(target) - countCodePoints(text);
  if (!(missing > 0)) return text;
  run.checkText(missing);
  const fill = filler ? filler : ' ';
  const padding = fill.length === 1 ? fill.repeat(missing) : substring(fill.repeat(Math.ceil(missing / countCodePoints(fill))), 0, missing);
  return target > 0 ? text + padding : padding + text;
}

function contains(run: Run, text?: string, pattern?: Pattern): boolean | undefined {
  if (text === undefined || pattern === undefined) return undefined;
  return isFunction(pattern) ? callMatcher(run, pattern, [text]) !== undefined : text.includes(pattern);
}

function match(run: Run, text?: string, matcher?: FunctionValue, limit?: number): unknown {
  if (text === undefined) return undefined;
  if (limit !== undefined && limit < 0) fail('D3040', { value: limit, index: 3 });
  const found: unknown[] = [];
  for (const { match: matched, start, groups } of matchesOf(run, matcher!, text, limit)) {
    found.push({ match: matched, index: start, groups });
    run.checkItems(found.length);
  }
  return markSequence(found);
}

function split(run: Run, text?: string, separator?: Pattern, limit?: number): unknown {
  if (text === undefined) return undefined;
  if (limit !== undefined && limit < 0) fail('D3020', { value: limit, index: 3 });
  if (limit !== undefined && limit <= 0) return [];
  if (!isFunction(separator)) {
    if (separator === '') run.checkItems(text.length);
    const parts = text.split(separator as string);
    return limit === undefined ? parts : parts.slice(0, Math.trunc(limit));
  }
  const parts: string[] = [];
  let from = 0;
  for (const found of matchesOf(run, separator, text, limit)) {
    parts.push(text.slice(from, found.start));
    from = found.end;
    run.checkItems(parts.length);
  }
  if (limit === undefined || parts.length < limit) parts.push(text.slice(from));
  return parts;
}

function join(run: Run, parts?: readonly string[], separator = ''): string | undefined {
  if (parts === undefined) return undefined;
  let length = separator.length * Math.max(parts.length - 1, 0);
  for (const part of parts) length += part.length;
  run.checkText(length);
  return parts.join(separator);
}
