import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TurnoverMap } from './turnover-map.ts';

test('holds what a Map would hold, in its order, however much comes and goes', () => {
  const moves = fc.array(fc.record({ key: fc.nat({ max: 40 }), keep: fc.boolean() }), { maxLength: 400, size: 'max' });
  fc.assert(
    fc.property(moves, (taken) => {
      const ours = new TurnoverMap<number, number>();
      const theirs = new Map<number, number>();
      taken.forEach(({ key, keep }, move) => {
        if (keep) {
          ours.set(key, move);
          theirs.set(key, move);
        } else expect(ours.delete(key)).toBe(theirs.delete(key));
        expect(ours.get(key)).toBe(theirs.get(key));
        expect(ours.has(key)).toBe(theirs.has(key));
      });
      expect(ours.size).toBe(theirs.size);
      expect([...ours.keys()]).toEqual([...theirs.keys()]);
      expect([...ours.values()]).toEqual([...theirs.values()]);
    }),
  );
});
