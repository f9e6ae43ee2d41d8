import type { Json } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonPathError, compileJsonPath } from './compile.ts';

const key = fc.oneof(fc.constantFrom('a', 'b', 'id', '__proto__', 'constructor', 'length', '0', 'toString'), fc.string());
const { document } = fc.letrec<{ document: Json }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Json>(null, true, 0, -1, 1.5, '', 'a', '$.a', '[1]'),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('document')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as Json),
  ),
}));

const fragments = fc.constantFrom(
  ...['$', '@', '.', '..', '*', '[', ']', '(', ')', '?', '!', ' ', ',', ':', '-', '0', '1', "'", '"', '\\', '/', '{', '}', '|', '&'],
  ...['.a', "['b']", '[0]', '[*]', '[0:1]', '..a', '[?(', ')]', '@.a', ' == ', ' in ', ' =~ ', ' empty ', '1.0', '"a"', '[1,2]', '/a.*/i'],
  ...['.length()', '.sum(', '.append(1)', '.keys()', '.index(-1)', '$.a', ' && ', ' || ', 'null', 'true'],
);
const pathText = fc.oneof(
  fc.array(fragments, { maxLength: 12 }).map((parts) => `$${parts.join('')}`),
  fc.array(fragments, { maxLength: 8 }).map((parts) => `$[?(@${parts.join('')})]`),
  fc.string({ maxLength: 30, unit: 'binary' }),
);

const step = fc.oneof(key, fc.integer({ min: -4, max: 4 }));

/** A reference path, one step at a time. */
function walk(node: Json | undefined, steps: readonly (string | number)[]): Json | undefined {
  for (const step of steps) {
    if (typeof step === 'number') node = Array.isArray(node) ? (node as Json[]).at(step) : undefined;
    else if (typeof node !== 'object' || node === null || Array.isArray(node) || !Object.hasOwn(node, step)) return undefined;
    else node = (node as Record<string, Json>)[step];
  }
  return node;
}

function pathOf(steps: readonly (string | number)[]): string {
  return `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `['${step.replace(/[\\']/g, '\\$&')}']`)).join('')}`;
}

/** Steps that lead somewhere in the document, followed by any others. */
function stepsInto(node: Json, choices: readonly number[]): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const choice of choices) {
    if (typeof node !== 'object' || node === null) break;
    const keys = Object.keys(node);
    if (keys.length === 0) break;
    const next = keys[choice % keys.length]!;
    steps.push(Array.isArray(node) ? Number(next) : next);
    node = (node as Record<string, Json>)[next]!;
  }
  return steps;
}

describe('JSONPath properties', () => {
  it('never throws anything but JsonPathError, whatever the text and the document', () => {
    fc.assert(
      fc.property(pathText, document, (text, value) => {
        const before = JSON.stringify(value);
        try {
          const path = compileJsonPath(text);
          const found = path.find(value);
          if (found === undefined) expect(() => path.read(value)).toThrow(expect.objectContaining({ kind: 'missing' }));
          else expect(path.read(value)).toEqual(found);
          if (!path.definite && found !== undefined) expect(Array.isArray(found)).toBe(true);
        } catch (error) {
          if (!(error instanceof JsonPathError)) throw error;
        }
        expect(JSON.stringify(value)).toBe(before);
      }),
      { numRuns: 1_500 },
    );
  });

  it('follows reference paths as a naive walk does', () => {
    fc.assert(
      fc.property(document, fc.array(fc.nat(9), { maxLength: 6 }), fc.array(step, { maxLength: 3 }), (value, choices, more) => {
        for (const steps of [stepsInto(value, choices), [...stepsInto(value, choices), ...more]]) {
          const found = compileJsonPath(pathOf(steps)).find(value);
          expect(found).toBe(walk(value, steps));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('scans find every value of a key that a walk finds', () => {
    const count = (node: Json): number => {
      if (typeof node !== 'object' || node === null) return 0;
      const own = !Array.isArray(node) && Object.hasOwn(node, 'a') ? 1 : 0;
      return Object.values(node as Record<string, Json>).reduce<number>((sum, child) => sum + count(child), own);
    };
    fc.assert(
      fc.property(document, (value) => {
        expect(compileJsonPath('$..a').read(value)).toHaveLength(count(value));
      }),
    );
  });

  it('a filter and its negation share out the items of an array', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 6 }), fc.constantFrom('@.a', '@ == 1', '@.id == null', '@ < "b"'), (items, test) => {
        const accepted = compileJsonPath(`$[?(${test})]`).read(items) as Json[];
        const rejected = compileJsonPath(`$[?(!(${test}))]`).read(items) as Json[];
        expect(accepted.length + rejected.length).toBe(items.length);
      }),
    );
  });
});
