import { fail } from './errors.ts';
import type { Run } from './run.ts';

/** True for numbers but NaN. Infinity, which only arithmetic can make, is refused where it is used. @throws D1001 */
export function isNumeric(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (value - value !== 0) fail('D1001', { value });
  return true;
}

/** The effective boolean value; nothing counts as false. */
export function isTruthy(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.length > 0;
    case 'number':
      return isNumeric(value) && value !== 0;
    case 'object':
      if (value === null) return false;
      if (Array.isArray(value)) return value.length === 1 ? isTruthy(value[0]) : value.some(isTruthy);
      for (const key in value) if (Object.hasOwn(value, key)) return true;
      return false;
  }
  return false;
}

/** Equality by value, whatever the order of keys. */
export function isEqual(run: Run, left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) return false;
    run.charge(left.length);
    return left.every((item, index) => isEqual(run, item, right[index]));
  }
  if (Array.isArray(left) || Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  run.charge(keys.length);
  return keys.every(
    (key) => Object.hasOwn(right, key) && isEqual(run, (left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]),
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
