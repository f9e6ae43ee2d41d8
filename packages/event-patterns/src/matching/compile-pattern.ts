import type { EventPattern } from '../language/pattern.ts';
import { createPatternSet } from './pattern-set.ts';

/** One pattern as a function of parsed events. */
export function compilePattern(pattern: EventPattern): (event: unknown) => boolean {
  const set = createPatternSet<true>({ numbers: pattern.numbers });
  set.add(true, pattern);
  return (event) => set.match(event).length > 0;
}
