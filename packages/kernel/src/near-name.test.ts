import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearName } from './near-name.ts';

it.each([
  ['Nxt', ['Next', 'End'], 'Next'],
  ['nextt', ['Next', 'End'], 'Next'],
  ['Reuslt', ['Result', 'ResultPath'], 'Result'],
  ['ChargeCard', ['chargecard'], 'chargecard'],
  ['charge-crad', ['notify', 'charge-card'], 'charge-card'],
  ['B', ['A', 'C'], undefined],
  ['Next', ['Nex', 'Next'], undefined],
  ['Whatever', ['Next', 'End'], undefined],
  ['', ['Next'], undefined],
  ['a'.repeat(1_000_000), ['b'.repeat(1_000_000)], undefined],
  ['name', ['b'.repeat(10_000_000), 'nome'], 'nome'],
])('%.20s among %.40j', (given, known, near) => {
  expect(nearName(given, known)).toBe(near);
});

it('finds a name with one character changed', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z][a-z]{5,30}$/), fc.nat(), (name, at) => {
      const index = at % name.length;
      expect(nearName(`${name.slice(0, index)}7${name.slice(index + 1)}`, ['0'.repeat(40), name])).toBe(name);
    }),
  );
});
