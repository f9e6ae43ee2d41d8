import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['interstate-source'] },
  ssr: { resolve: { conditions: ['interstate-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts'],
    // No test is about time: a busy machine fails none, and one that hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
