import fc from 'fast-check';
import { describe, it } from 'vitest';
import { queueProperty } from '../test/queue-property.ts';

describe('a queue does what its model says', () => {
  it('whatever is done with it', () => {
    // `npm run fuzz -- --runs 10000 queue` looks further.
    fc.assert(queueProperty, { numRuns: 150, seed: 20_260_101 });
  });
});
