import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests of what users install, apart from the others because they need `npm run build` first. */
export default defineConfig({
  root: resolve(fileURLToPath(import.meta.url), '..'),
  test: { include: ['*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 },
});
