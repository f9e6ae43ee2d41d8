import type { JsonObject } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCoverage, readCoverageData, type CoverageData } from './coverage-data.ts';

const DEFINITIONS: readonly JsonObject[] = ['A', 'B', '__proto__'].map((name) => JSON.parse(`{"StartAt":"${name}","States":{"${name}":{"Type":"Pass","End":true}}}`));
const DATA: fc.Arbitrary<CoverageData> = fc
  .array(
    fc.record(
      {
        name: fc.constantFrom('order', 'a', 'Order'),
        definition: fc.constantFrom(...DEFINITIONS),
        counts: fc.dictionary(fc.constantFrom('/States/A', '/States/B', '/__proto__'), fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER))),
      },
      { requiredKeys: ['definition', 'counts'] },
    ),
    { maxLength: 4 },
  )
  .map((definitions) => ({ version: 1, definitions }));

describe('merging coverage', () => {
  it('gives the same in any order and grouping', () => {
    fc.assert(
      fc.property(DATA, DATA, DATA, (a, b, c) => {
        const all = JSON.stringify(mergeCoverage(a, b, c));
        expect(JSON.stringify(mergeCoverage(c, a, b))).toBe(all);
        expect(JSON.stringify(mergeCoverage(mergeCoverage(a, b), c))).toBe(all);
        expect(JSON.stringify(mergeCoverage(a, mergeCoverage(b, c)))).toBe(all);
      }),
    );
  });

  it('changes nothing where there is nothing to add, or nothing but text between', () => {
    fc.assert(
      fc.property(DATA, (data) => {
        const merged = mergeCoverage(data);
        expect(mergeCoverage(merged, mergeCoverage())).toEqual(merged);
        expect(readCoverageData(JSON.parse(JSON.stringify(data)))).toEqual(merged);
      }),
    );
  });

  it('adds counts, definition by definition', () => {
    const [A, B] = DEFINITIONS as [JsonObject, JsonObject];
    const part = (definition: JsonObject, counts: Record<string, number>): CoverageData => ({ version: 1, definitions: [{ definition, counts }] });
    expect(mergeCoverage(part(B, { '/States/B': 1 }), part(A, { '/States/A': 2, '/x': 0 }), part(A, { '/States/A': 3 })).definitions).toEqual([
      { definition: A, counts: { '/States/A': 5 } },
      { definition: B, counts: { '/States/B': 1 } },
    ]);
  });
});

describe('what is no coverage data is refused', () => {
  const definition = DEFINITIONS[0]!;
  const one = (each: unknown): unknown => ({ version: 1, definitions: [each] });
  it.each([
    [undefined, 'The data: must be an object.'],
    [[], 'The data: must be an object.'],
    [{}, 'version: must be 1, but is undefined.'],
    [{ version: 2, definitions: [] }, 'version: must be 1, but is 2.'],
    [{ version: 1, definitions: {} }, 'definitions: must be a list.'],
    [one(null), 'definitions[0]: must be an object.'],
    [one({ definition, counts: {}, name: 7 }), 'definitions[0].name: must be a text, but is 7.'],
    [one({ counts: {} }), 'definitions[0].definition: is none that can run: Definition must be a valid JSON object.'],
    [one({ definition: { StartAt: 'A', States: {} }, counts: {} }), 'definitions[0].definition: is none that can run:'],
    [one({ definition }), 'definitions[0].counts: must be an object.'],
    [one({ definition, counts: { 'States/A': 1 } }), "definitions[0].counts: 'States/A' is no JSON Pointer."],
    [one({ definition, counts: { '/States/A': -1 } }), "definitions[0].counts['/States/A']: must be a whole number from 0, but is -1."],
    [one({ definition, counts: { '/States/A': 0.5 } }), 'must be a whole number from 0, but is 0.5.'],
    [one({ definition, counts: { '/States/A': 'x' } }), 'must be a whole number from 0, but is "x".'],
  ])('%j', (value, message) => {
    expect(() => readCoverageData(value)).toThrow(message);
  });
});
