import type { Json } from '@interstate/kernel';
import { asArray, asInteger } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

/** `States.ArrayPartition(array, size)`: the array cut into arrays of up to `size` items. */
export const arrayPartition: FixedIntrinsic = {
  name: 'States.ArrayPartition',
  parameters: ['array', 'chunk size'],
  evaluate(items, chunkSize) {
    const array = asArray(items, 'array');
    const size = asInteger(chunkSize, 'chunk size');
    if (size < 1) fail(`The argument 'chunk size' must be a positive integer, but was ${size}`);
    const chunks: Json[] = [];
    for (let from = 0; from < array.length; from += size) chunks.push(array.slice(from, from + size));
    return chunks;
  },
};
