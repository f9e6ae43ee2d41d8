import { expect } from 'vitest';
import { matchers, type InterstateMatchers } from './matchers/matchers.ts';

// Importing this module is what adds the matchers: `import '@interstate/testing/vitest'`, in a test or a setup file.
expect.extend(matchers as never);

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any -- the parameter must be as in vitest's own declaration
  interface Matchers<T = any> extends InterstateMatchers<T> {}
}

export { matchers } from './matchers/matchers.ts';
