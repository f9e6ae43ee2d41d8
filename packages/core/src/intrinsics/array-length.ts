import { asArray } from './argument.ts';
import type { FixedIntrinsic } from './intrinsic.ts';

/** `States.ArrayLength(array)`: how many items it has. */
export const arrayLength: FixedIntrinsic = {
  name: 'States.ArrayLength',
  parameters: ['array'],
  evaluate: (array) => asArray(array, 'array').length,
};
