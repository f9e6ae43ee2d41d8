import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { families } from '../bench/families.ts';
import { lotTexts, type LotEvent } from '../bench/lots.ts';
import { createPatternSet, eventBridgeDialect, parsePattern } from './index.ts';

interface CountedFamily {
  readonly rules: readonly { readonly pattern: unknown; readonly expectedMatches: number }[];
}

/** Where conformance cases lie, as the conformance run looks for them. */
const { CONFORMANCE_DIR: cases = join(import.meta.dirname, '../../../../shared/conformance') } = process.env;
const file = join(cases, 'messaging', 'citylots-like-expected.json');
const counted = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CountedFamily[]) : undefined;
const SOME_EVENTS = 3000;
const ALL_EVENTS = 50_000;

function setOf(rules: readonly { readonly pattern: unknown }[]): ReturnType<typeof createPatternSet<number>> {
  const set = createPatternSet<number>();
  for (const [id, { pattern }] of rules.entries()) {
    const parsed = parsePattern(JSON.stringify(pattern), eventBridgeDialect);
    if (parsed.type === 'pattern') set.add(id, parsed);
  }
  return set;
}

describe('the rules that benches run', () => {
  it.each(families)('$name match what closures by hand do', ({ rules }) => {
    const set = setOf(rules);
    for (const text of lotTexts(SOME_EVENTS)) {
      const event = JSON.parse(text) as LotEvent;
      const byHand = rules.flatMap(({ closure }, id) => (closure(event) ? [id] : []));
      expect([...set.match(event)].sort((a, b) => a - b)).toEqual(byHand);
      expect([...set.matchText(text)!].sort((a, b) => a - b)).toEqual(byHand);
    }
  });

  it.skipIf(counted === undefined)("match as many events as with the service's own engine (skipped where there are no conformance cases)", () => {
    const events = lotTexts(ALL_EVENTS).map((text) => JSON.parse(text) as LotEvent);
    for (const [index, { rules }] of counted!.entries()) {
      const set = setOf(rules);
      const found = rules.map(() => 0);
      for (const event of events) for (const id of set.match(event)) found[id]!++;
      expect(found, families[index]!.name).toEqual(rules.map(({ expectedMatches }) => expectedMatches));
      expect(rules.map(({ pattern }) => pattern)).toEqual(families[index]!.rules.map(({ pattern }) => pattern));
    }
  }, 60_000);
});
