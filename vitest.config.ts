import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['interstate-source'] },
  ssr: { resolve: { conditions: ['interstate-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts'],
    // Modules are loaded once per worker, not once per file: no test changes what they hold, or puts it back.
    isolate: false,
    // No test is about time: a busy machine fails none, and one that hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
