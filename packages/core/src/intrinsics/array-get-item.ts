import { asArray } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

/** `States.ArrayGetItem(array, index)`: the item at an index, counted from 0. */
export const arrayGetItem: FixedIntrinsic = {
  name: 'States.ArrayGetItem',
  parameters: ['array', 'index'],
  evaluate(items, index) {
    const array = asArray(items, 'array');
    if (typeof index !== 'number' || !Number.isInteger(index)) return fail("The argument 'index' must be an integer");
    return array[index] ?? (index in array ? null : fail(`The index ${index} is out of bounds for an array of length ${array.length}`));
  },
};
