import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap, IndexedHeap, type Heaped } from './heap.ts';

interface Item extends Heaped {
  readonly number: number;
  key: number;
}

const isBefore = (a: Item, b: Item): boolean => a.number < b.number;
const inOrder = (items: Iterable<Item>): Item[] => [...items].sort((a, b) => a.key - b.key || a.number - b.number);
const key = fc.oneof(fc.nat(5), fc.constantFrom(-1, 1.5, 4e12, Infinity));

describe('a heap', () => {
  it('gives everything in order of key, then as it is told', () => {
    fc.assert(
      fc.property(fc.array(key), fc.integer({ min: 0, max: 3 }), (keys, kept) => {
        const heap = new Heap<Item>(isBefore);
        const items = keys.map((each, number) => ({ number, key: each, slot: -1 }));
        for (const item of items) heap.add(item.key, item);
        expect(new Set(heap)).toEqual(new Set(items));
        heap.keep(({ number }, each) => number % 4 >= kept && each === items[number]!.key);
        const expected = inOrder(items.filter(({ number }) => number % 4 >= kept));
        expect([heap.size, heap.first, heap.firstKey]).toEqual([expected.length, expected[0], expected[0]?.key]);
        expect(Array.from({ length: expected.length + 1 }, () => heap.take())).toEqual([...expected, undefined]);
      }),
    );
  });
});

describe('an indexed heap', () => {
  it('keeps order while items are added, taken out anywhere, and given other keys', () => {
    const command = fc.tuple(fc.constantFrom('add', 'remove', 'update', 'take'), fc.nat(30), key);
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const heap = new IndexedHeap<Item>(isBefore);
        const model = new Set<Item>();
        let number = 0;
        for (const [action, which, given] of commands) {
          const item = action === 'add' ? { number: number++, key: given, slot: -1 } : [...model][which % Math.max(1, model.size)];
          if (!item) continue;
          if (action === 'add') {
            model.add(item);
            heap.add(given, item);
          } else if (action === 'remove') {
            model.delete(item);
            heap.remove(item);
          } else if (action === 'update') {
            item.key = given;
            heap.update(given, item);
          } else {
            const first = heap.take()!;
            expect(first).toBe(inOrder(model)[0]);
            expect(first.slot).toBe(-1);
            model.delete(first);
          }
          expect(heap.first).toBe(inOrder(model)[0]);
          expect([...heap].map(({ slot }) => slot)).toEqual([...heap].map((_, index) => index));
        }
        expect(Array.from({ length: model.size }, () => heap.take())).toEqual(inOrder(model));
        expect(heap.size).toBe(0);
      }),
    );
  });
});
