import { setJsonKey, type Json } from '@interstate/kernel';
import type { Run } from './run.ts';
import { isNumeric } from './values.ts';

/** A deep copy as `$clone` makes it, through text: fractions keep 15 digits, functions become ''. Objects made are put in `copied`. */
export function copyJson(run: Run, value: unknown, copied: Set<object>): unknown {
  run.charge(1);
  if (typeof value === 'number') return copyNumber(value);
  if (typeof value === 'function') return '';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : copyJson(run, item, copied)));
  const object: Record<string, Json> = {};
  copied.add(object);
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) setJsonKey(object, key, copyJson(run, item, copied) as Json);
  }
  return object;
}

function copyNumber(value: number): number | null {
  if (!isNumeric(value)) return null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}
