import type { HashAlgorithm } from '@interstate/kernel';
import { asData, asString } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

const ALGORITHMS: readonly string[] = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] satisfies HashAlgorithm[];

/** `States.Hash(data, algorithm)`: the hash of a string's UTF-8 bytes, in hex. */
export const hash: FixedIntrinsic = {
  name: 'States.Hash',
  parameters: ['data', 'algorithm'],
  evaluate(data, algorithm, _none, scope) {
    const name = asString(algorithm, 'algorithm');
    if (!ALGORITHMS.includes(name)) fail(`The argument 'algorithm' must be one of ${ALGORITHMS.join(', ')}`);
    return scope.crypto.hash(name as HashAlgorithm, asData(data, 'data'));
  },
};
