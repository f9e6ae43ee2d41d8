import { isJsonObject, setJsonKey, type Json } from '@interstate/kernel';
import { childPointer } from './json-pointer.ts';
import { assertDepth } from './source-limits.ts';
import { TemplateError } from './template-error.ts';

/**
 * A copy of an object that somebody built in code: own keys only, `undefined` left out as `JSON.stringify` does.
 * @throws TemplateError InvalidTemplate for what JSON has not (functions, bigints, NaN), NestedTooDeep for cycles.
 */
export function copyObject(value: unknown, file: string | undefined, pointer = '', depth = 0): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) {
    assertDepth(depth + 1, pointer, { file });
    return value.map((item, index) => copyObject(item ?? null, file, childPointer(pointer, index), depth + 1));
  }
  if (!isJsonObject(value)) {
    throw new TemplateError('InvalidTemplate', `a ${typeof value} (${String(value).slice(0, 40)}) is no JSON value`, { file, pointer });
  }
  assertDepth(depth + 1, pointer, { file });
  const copy: Record<string, Json> = {};
  for (const [key, child] of Object.entries(value)) {
    if (child !== undefined) setJsonKey(copy, key, copyObject(child, file, childPointer(pointer, key), depth + 1));
  }
  return copy;
}
