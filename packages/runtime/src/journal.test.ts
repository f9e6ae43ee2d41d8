import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appended, entriesOf, type Journal } from './journal.ts';

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

describe('a journal', () => {
  it('holds everything in order, however it came and whenever it is read', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ count: fc.integer({ min: 1, max: 1_500 }), read: fc.boolean() }), { maxLength: 12 }), (steps) => {
        let journal: Journal = [];
        let written = 0;
        for (const { count, read } of steps) {
          journal = appended(journal, numbers(written, count), Infinity);
          written += count;
          if (read) expect(entriesOf(journal)).toEqual(numbers(0, written));
        }
        expect(entriesOf(journal)).toEqual(numbers(0, written));
      }),
      { numRuns: 50 },
    );
  });

  it('lets the oldest go where not all need be kept, and never too many', () => {
    let journal: Journal = [];
    let written = 0;
    for (let step = 0; step < 400; step++) {
      journal = appended(journal, numbers(written, 37), 2_000);
      written += 37;
    }
    const kept = entriesOf(journal);
    expect(kept.length).toBeGreaterThanOrEqual(2_000);
    expect(kept.length).toBeLessThan(4_000);
    expect(kept).toEqual(numbers(written - kept.length, kept.length));
  });

  it.each([3, 600, 999, 1_000, 1_500])('adds nothing to an array of %i that a step has given', (count) => {
    const entries = numbers(0, count);
    entriesOf(appended(appended([], entries, Infinity), [count], Infinity));
    expect(entries).toHaveLength(count);
  });

  it('takes no array that somebody else may change, where it is short', () => {
    const entries = numbers(0, 3);
    const journal = appended([], entries, Infinity);
    entries.push(99);
    expect(entriesOf(journal)).toEqual([0, 1, 2]);
  });
});
