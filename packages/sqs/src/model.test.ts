import fc from 'fast-check';
import { describe, it } from 'vitest';
import { cutProperty } from '../test/cut-property.ts';
import { queueProperty } from '../test/queue-property.ts';

describe('a queue does what its model says', () => {
  it('whatever is done with it', () => {
    // `npm run fuzz -- --runs 10000 queue` looks further.
    fc.assert(queueProperty, { numRuns: 150, seed: 20_260_101 });
  });

  it('and as if it had never left memory', () => {
    fc.assert(cutProperty, { numRuns: 100, seed: 20_260_101 });
  });
});
