import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedList } from './sorted-list.ts';

describe('a sorted list', () => {
  const step = fc.oneof(fc.record({ add: fc.nat(30) }), fc.record({ remove: fc.nat(30) }));

  it('holds what a sorted array would, and pages through it either way', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.option(fc.nat(30), { nil: undefined }), fc.nat(8), (steps, from, count) => {
        const list = new SortedList<number, { readonly key: number }>(({ key }) => key);
        const model = new Set<number>();
        for (const one of steps) {
          if ('remove' in one) {
            list.remove(one.remove);
            model.delete(one.remove);
          } else if (!model.has(one.add)) {
            list.add({ key: one.add });
            model.add(one.add);
          }
        }
        const sorted = [...model].sort((a, b) => a - b);
        const keys = (entries: Iterable<{ readonly key: number }>): number[] => [...entries].map(({ key }) => key);
        expect(keys(list)).toEqual(sorted);
        expect(list.size).toBe(sorted.length);
        expect(keys(list.ascending(from, count))).toEqual(sorted.filter((key) => from === undefined || key > from).slice(0, count));
        expect(keys(list.descending(from, count))).toEqual(sorted.filter((key) => from === undefined || key < from).reverse().slice(0, count));
      }),
      { seed: 20_260_103 },
    );
  });
});
