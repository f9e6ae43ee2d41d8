import type { VariadicIntrinsic } from './intrinsic.ts';

/** `States.Array(value, …)`: an array of its arguments. */
export const array: VariadicIntrinsic = {
  name: 'States.Array',
  parameters: [],
  variadic: true,
  compile: (args) => {
    const items = args.map((arg) => arg.evaluate);
    return (scope) => items.map((item) => item(scope));
  },
};
