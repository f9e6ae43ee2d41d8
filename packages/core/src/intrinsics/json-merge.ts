import { asObject } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

/** `States.JsonMerge(object, object, false)`: the fields of both; where both have one, the second's. Shallow only. */
export const jsonMerge: FixedIntrinsic = {
  name: 'States.JsonMerge',
  parameters: ['json1', 'json2', 'deep merge'],
  evaluate(first, second, deep) {
    if (deep !== false) fail("The argument 'deep merge' must be false: Step Functions merges objects shallowly only");
    return { ...asObject(first, 'json1'), ...asObject(second, 'json2') };
  },
};
