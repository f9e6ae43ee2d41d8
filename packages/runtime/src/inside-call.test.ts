import fc from 'fast-check';
import { expect, it } from 'vitest';
import { insideOf, nameOfCall } from './inside-call.ts';

it('a call of the application says inside which other it is made', () => {
  expect(insideOf(nameOfCall(7, undefined))).toBeUndefined();
  const address = fc.string().filter((text) => !text.includes('\n'));
  fc.assert(
    fc.property(fc.nat(), address, fc.string(), (number, from, callId) => {
      expect(insideOf(nameOfCall(number, { from, callId }))).toEqual({ from, callId });
    }),
  );
});
