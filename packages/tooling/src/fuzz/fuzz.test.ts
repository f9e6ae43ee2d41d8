import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hostileProperties } from './hostile-properties.ts';
import { machineProperties } from './machine-properties.ts';

describe.each([
  ['generated state machines', machineProperties],
  ['hostile input', hostileProperties],
])('%s', (_what, properties) => {
  it.each(properties)('$name', async ({ property, runs = 40 }) => {
    // A fixed seed: the tests say the same every time. `npm run fuzz` looks further.
    await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns: runs, seed: 20_260_101 });
  });
});
