import { isJsonObject, type Json } from '@interstate/kernel';

/** How lists are written in a URL-encoded body: `a[0]=x&a[1]=y`, `a=x&a=y`, `a=x,y`, `a[]=x&a[]=y`. */
export type ArrayFormat = 'INDICES' | 'REPEAT' | 'COMMAS' | 'BRACKETS';

export const ARRAY_FORMATS: readonly ArrayFormat[] = ['INDICES', 'REPEAT', 'COMMAS', 'BRACKETS'];

// Deeper bodies mean nothing to any server, and recursion must end.
const MAX_DEPTH = 100;

/**
 * A JSON object as `application/x-www-form-urlencoded`: names and values are percent-encoded, the brackets and commas that give
 * structure are not. Nested objects become `a[b]=x`; `null` becomes an empty value.
 * @throws RangeError past 100 levels.
 */
export function encodeForm(body: Json, format: ArrayFormat): string {
  if (!isJsonObject(body)) return typeof body === 'string' ? body : encodeScalar(body);
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(body)) append(pairs, encodeText(key), value, format, 0);
  return pairs.join('&');
}

function append(pairs: string[], name: string, value: Json, format: ArrayFormat, depth: number): void {
  if (depth > MAX_DEPTH) throw new RangeError(`The request body is nested more than ${MAX_DEPTH} levels deep.`);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (format === 'COMMAS') pairs.push(`${name}=${items.map(encodeScalar).join(',')}`);
    else items.forEach((item, index) => append(pairs, format === 'REPEAT' ? name : `${name}[${format === 'INDICES' ? index : ''}]`, item, format, depth + 1));
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) append(pairs, `${name}[${encodeText(key)}]`, item, format, depth + 1);
  } else pairs.push(`${name}=${encodeScalar(value)}`);
}

function encodeScalar(value: Json): string {
  if (value === null) return '';
  return encodeText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

// Half a surrogate pair cannot be written in UTF-8.
function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replaceAll('%20', '+');
}
