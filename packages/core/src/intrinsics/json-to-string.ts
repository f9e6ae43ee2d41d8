import { asBounded } from './argument.ts';
import type { FixedIntrinsic } from './intrinsic.ts';

/** `States.JsonToString(value)`: its compact JSON text. */
export const jsonToString: FixedIntrinsic = {
  name: 'States.JsonToString',
  parameters: ['value'],
  evaluate: (value) => JSON.stringify(asBounded(value, 'value')),
};
