import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { collectCoverage } from './coverage/whole-run.ts';
import { matchers, type InterstateMatchers } from './matchers/matchers.ts';

// Importing this module is what adds the matchers: `import '@interstate/testing/vitest'`, in a test or a setup file.
expect.extend(matchers as never);

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any -- the parameter must be as in vitest's own declaration
  interface Matchers<T = any> extends InterstateMatchers<T> {}
}

export { matchers } from './matchers/matchers.ts';

/**
 * In a setup file: counts what runs in every test cloud, and writes it into the folder, a file `….coverage.json` for each worker.
 * `interstate coverage <folder>` reports on all of them together. @param folder relative to the working directory of the run
 */
export function collectCoverageIn(folder: string): void {
  const coverage = collectCoverage();
  afterAll(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${coverage.id}.coverage.json`), JSON.stringify(coverage.data()));
  });
}
