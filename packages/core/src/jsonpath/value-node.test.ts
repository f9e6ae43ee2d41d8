import type { Json } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';
import { JsonNode, NumberNode, areNodesEqual, numberNode, stringNode, valueNode } from './value-node.ts';

describe('nodes', () => {
  it.each([
    ['1', 1],
    ['1.5', 1.5],
    ['-0', 0],
    ['1.0', new NumberNode(parseDecimal('1.0')!)],
    ['9007199254740993', new NumberNode(parseDecimal('9007199254740993')!)],
  ])('number literal %s', (text, node) => {
    expect(numberNode(text)).toEqual(node);
  });

  it.each([
    ["'a'", 'a'],
    ['"it\\"s"', 'it"s'],
    ["'\\u0041\\n\\q'", 'A\nq'],
    ['plain', 'plain'],
    ["'", "'"],
    [`'mixed"`, `'mixed"`],
  ])('string %s', (text, string) => {
    expect(stringNode(text)).toBe(string);
  });

  it.each([
    ['1', 1, false],
    ['1', 1.0, true],
    ['a', 'a', true],
    ['null', null, false],
    ['true', true, false],
  ])('%j on the left equals %j: %s, where the number is written 1.0 in the first', (left, right, expected) => {
    const node = left === '1' && !expected ? numberNode('1.0') : right;
    expect(areNodesEqual(left, node)).toBe(expected);
  });

  it('compares a number with a string by size on the left, by text on the right', () => {
    expect(areNodesEqual(1, '1.00')).toBe(true);
    expect(areNodesEqual('1.00', 1)).toBe(false);
    expect(areNodesEqual(1, 'one')).toBe(false);
    expect(areNodesEqual(undefined, undefined)).toBe(false);
    expect(areNodesEqual(null, null)).toBe(true);
  });
});

describe('NodeSet', () => {
  it('finds what a plain search finds', () => {
    const item = fc.oneof(
      fc.constantFrom<Json>(null, true, false, '1', '1.0', '01', '1e0', '[1]', "'q'", 'q', '$.a', '0', '-0', ''),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(1.5, 1e21, 1e-7, 12345678901),
      fc.string({ maxLength: 2 }),
    );
    const literal = fc.constantFrom('1.0', '1.50', '1e21', '0.0000001').map(numberNode);
    const asked = fc.oneof(item.map(valueNode), literal, fc.constantFrom(undefined, new JsonNode('[1]'), new JsonNode(undefined, [1])));
    fc.assert(
      fc.property(fc.array(item, { minLength: 16, maxLength: 30 }), asked, (items, node) => {
        const { nodes } = new JsonNode(undefined, items);
        expect(nodes.has(node)).toBe(nodes.items.some((other) => areNodesEqual(node, other)));
      }),
      { numRuns: 1_000 },
    );
  });
});
