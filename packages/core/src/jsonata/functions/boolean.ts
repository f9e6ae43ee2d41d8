import { fail } from '../errors.ts';
import { isFunction } from '../function-value.ts';
import { isNumeric, isTruthy } from '../values.ts';
import type { Builtins } from './table.ts';

/** Boolean functions, and those that tell of a value or end the evaluation. */
export const BOOLEAN_FUNCTIONS: Builtins = {
  boolean: { signature: '<x-:b>', arity: 1, call: (_run, value) => (value === undefined ? undefined : isTruthy(value)) },
  not: { signature: '<x-:b>', arity: 1, call: (_run, value) => (value === undefined ? undefined : !isTruthy(value)) },
  exists: { signature: '<x:b>', arity: 1, call: (_run, value) => value !== undefined },
  type: { signature: '<x:s>', arity: 1, call: (_run, value) => typeName(value) },
  error: {
    signature: '<s?:x>',
    arity: 1,
    call: (_run, message?: string) => fail('D3137', { message: message || '$error() function evaluated' }),
  },
  assert: {
    signature: '<bs?:x>',
    arity: 2,
    call: (_run, condition?: boolean, message?: string) =>
      condition ? undefined : fail('D3141', { message: message || '$assert() statement failed' }),
  },
};

function typeName(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isFunction(value)) return 'function';
  if (typeof value === 'number') return isNumeric(value) ? 'number' : 'object';
  return typeof value;
}
