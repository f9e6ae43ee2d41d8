import { isJsonEqual, type Json } from '@interstate/kernel';
import { asArray, asBounded } from './argument.ts';
import type { FixedIntrinsic } from './intrinsic.ts';

/** `States.ArrayContains(array, value)`: true where an item equals the value, deeply. */
export const arrayContains: FixedIntrinsic = {
  name: 'States.ArrayContains',
  parameters: ['array', 'looking for'],
  evaluate(items, value) {
    const array = asArray(items, 'array');
    if (typeof value !== 'object') return array.includes(value);
    const wanted: Json = asBounded(value, 'looking for');
    return array.some((item) => isJsonEqual(wanted, item));
  },
};
