import { asInteger } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

const MAX_ELEMENTS = 1_000;

/** `States.ArrayRange(first, last, step)`: the numbers from first to last, both included, up to 1,000. */
export const arrayRange: FixedIntrinsic = {
  name: 'States.ArrayRange',
  parameters: ['first', 'last', 'step'],
  evaluate(from, to, by) {
    const first = asInteger(from, 'first');
    const last = asInteger(to, 'last');
    const step = asInteger(by, 'step');
    if (step === 0) fail("The argument 'step' must not be 0");
    const length = Math.max(Math.floor((last - first) / step) + 1, 0);
    if (length > MAX_ELEMENTS) fail(`The range must not have more than ${MAX_ELEMENTS} elements, but has ${length}`);
    return Array.from({ length }, (_, index) => first + index * step);
  },
};
