import { createCoverage, type Coverage } from './coverage.ts';

/** On the global object: a process may hold this package twice, as ES module and as CommonJS. */
const KEY = Symbol.for('@interstate/testing coverage of the whole run');
const holder = globalThis as { [KEY]?: Coverage };

/** From now on every test cloud of this process is counted, but for those with a `coverage` option of their own. Gives what counts them. */
export function collectCoverage(): Coverage {
  return (holder[KEY] ??= createCoverage());
}

/** Nothing is counted any more, but in clouds there are. */
export function endWholeRun(): void {
  delete holder[KEY];
}

export function wholeRunCoverage(): Coverage | undefined {
  return holder[KEY];
}
