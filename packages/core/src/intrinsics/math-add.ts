import { asInteger } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

/** `States.MathAdd(a, b)`: the sum of two numbers, each rounded first. */
export const mathAdd: FixedIntrinsic = {
  name: 'States.MathAdd',
  parameters: ['first number', 'second number'],
  evaluate(a, b) {
    const sum = asInteger(a, 'first number') + asInteger(b, 'second number');
    return (sum | 0) === sum ? sum : fail(`The sum must be between -2147483648 and 2147483647, but is ${sum}`);
  },
};
