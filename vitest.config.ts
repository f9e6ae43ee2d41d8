import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['interstate-source'] },
  ssr: { resolve: { conditions: ['interstate-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts'],
  },
});
