import type { Json, JsonObject } from '@interstate/kernel';
import { setJsonKey } from '@interstate/kernel';

/** What is neither JSON array nor JSON object, though a JavaScript object. */
abstract class JavaObject {}

/** A Java Double where a number alone would pass for an Integer: what aggregations give, `1.0` in a literal. */
export class JavaDouble extends JavaObject {
  constructor(readonly value: number) {
    super();
  }
}

/** What `keys()` gives: neither array nor object to the steps that follow. */
export class KeySet extends JavaObject {
  constructor(readonly keys: readonly string[]) {
    super();
  }
}

/** What steps work on: JSON, and what functions make. */
export type Value = Json | JavaDouble | KeySet;

export function isMap(value: Value): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JavaObject);
}

export function isList(value: Value): value is readonly Json[] {
  return Array.isArray(value);
}

export function toJson(value: Value): Json {
  if (value instanceof JavaDouble) return Number.isFinite(value.value) ? value.value : null;
  return value instanceof KeySet ? value.keys : value;
}

/** As `toJson`, inside arrays and objects too: what the permissive JSON parser gives holds Doubles anywhere. */
export function toJsonDeep(value: Value): Json {
  if (isList(value)) return value.map(toJsonDeep);
  if (!isMap(value)) return toJson(value);
  const object: Record<string, Json> = {};
  for (const key of Object.keys(value)) setJsonKey(object, key, toJsonDeep(value[key]!));
  return object;
}

/** The Java class name of a value, as messages show it. */
export function className(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'java.lang.String';
    case 'boolean':
      return 'java.lang.Boolean';
    case 'number':
      return numberClass(value);
  }
  if (value === null) return 'null';
  if (value instanceof JavaDouble) return 'java.lang.Double';
  if (value instanceof KeySet) return 'java.util.LinkedHashMap$LinkedKeySet';
  return isList(value) ? 'net.minidev.json.JSONArray' : 'java.util.LinkedHashMap';
}

export function numberClass(value: number): string {
  const text = String(value);
  if (/[.eE]/.test(text)) return text.length > 18 ? 'java.math.BigDecimal' : 'java.lang.Double';
  if (value >= -2147483648 && value <= 2147483647) return 'java.lang.Integer';
  return value >= -(2 ** 63) && value < 2 ** 63 ? 'java.lang.Long' : 'java.math.BigInteger';
}

/** Java's Double.toString, from the shortest digits that read back as the number. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

export function numberText(value: number): string {
  return numberClass(value) === 'java.lang.Double' ? doubleText(value) : String(value);
}

const MAX_TEXT_DEPTH = 500;

/** Java's `toString` of a value: maps as `{a=1}`, arrays as JSON. Cut off with `…` where nested very deep. */
export function javaText(value: Value, depth = 0): string {
  if (depth > MAX_TEXT_DEPTH) return '…';
  if (typeof value === 'number') return numberText(value);
  if (value instanceof JavaDouble) return doubleText(value.value);
  if (value instanceof KeySet) return `[${value.keys.join(', ')}]`;
  if (isList(value)) return jsonText(value, depth);
  if (!isMap(value)) return String(value);
  const entries = Object.keys(value).map((key) => `${key}=${javaText(value[key]!, depth + 1)}`);
  return `{${entries.join(', ')}}`;
}

function jsonText(value: Value, depth: number): string {
  if (depth > MAX_TEXT_DEPTH) return '…';
  if (typeof value === 'string') return quote(value);
  if (isList(value)) return `[${value.map((item) => jsonText(item, depth + 1)).join(',')}]`;
  if (!isMap(value)) return javaText(value);
  const entries = Object.keys(value).map((key) => `${quote(key)}:${jsonText(value[key]!, depth + 1)}`);
  return `{${entries.join(',')}}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '/': '\\/', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t',
};

function quote(text: string): string {
  const escaped = text.replace(/["\\/\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/g, (char) => {
    return ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
