import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonTextFault, findJsonTextLosses } from './json-text.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonTextFault', () => {
  it('finds a fault exactly where JSON.parse does', () => {
    const json = fc.json({ maxDepth: 3 });
    const damaged = fc.tuple(json, fc.nat(), fc.nat(3), fc.constantFrom('', ',', '"', '}', ']', '[', '{', ':', '\\', '\n', '0', '-', '.', 'e', 'true', 'nul', ' ', '\u0001')).map(
      ([text, at, length, piece]) => text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + length),
    );
    fc.assert(
      fc.property(fc.oneof(json, damaged, fc.string()), (text) => {
        expect(findJsonTextFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('quotes no more than 500 characters', () => {
    const text = `{"a": "${'x'.repeat(600)}" b`;
    expect(findJsonTextFault(text)).toEqual({
      message: "Unexpected character ('b' (code 98)): was expecting comma to separate Object entries",
      location: `[Source: (String)"${text.slice(0, 500)}"[truncated ${text.length - 500} chars]; line: 1, column: ${text.length + 1}]`,
    });
  });
});

describe('findJsonTextLosses', () => {
  it('finds keys given twice in one object', () => {
    expect(findJsonTextLosses('{"a":{"b":1,"\\u0062":2},"c":[{"b":1},{"b":1,"b":[]}]}').duplicateKeys).toEqual([
      { key: 'b', path: ['a', 'b'] },
      { key: 'b', path: ['c', 1, 'b'] },
    ]);
  });

  it('finds integers that a double does not hold', () => {
    expect(findJsonTextLosses('[9007199254740992, 9007199254740993, -9007199254740993, 1e400, 0.12345678901234567890, 10000000000000000000000]').inexactIntegers).toEqual([
      { text: '9007199254740993', path: [1] },
      { text: '-9007199254740993', path: [2] },
    ]);
  });
});
