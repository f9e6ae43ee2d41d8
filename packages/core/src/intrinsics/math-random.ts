import { nextRandom } from '@interstate/kernel';
import { asInteger } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';
import { javaRandomInteger } from './java-random.ts';

/** `States.MathRandom(start, end[, seed])`: an integer from start up to, not including, end; the same for the same seed. */
export const mathRandom: FixedIntrinsic = {
  name: 'States.MathRandom',
  parameters: ['start', 'end', 'seed'],
  optional: 1,
  evaluate(start, end, seed, scope) {
    const from = asInteger(start, 'start');
    const to = asInteger(end, 'end');
    if (to <= from) fail(`The argument 'end' must be greater than 'start', but was ${to}`);
    if (seed !== undefined) return javaRandomInteger(asInteger(seed, 'seed'), from, to);
    return from + Math.floor(nextRandom(scope.random) * (to - from));
  },
};
