import fc from 'fast-check';
import { describe, it } from 'vitest';
import { machineProperties } from './machine-properties.ts';

describe('generated state machines', () => {
  it.each(machineProperties)('$name', async ({ property, runs = 40 }) => {
    // A fixed seed: the tests say the same every time. `npm run fuzz` looks further.
    await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns: runs, seed: 20_260_101 });
  });
});
