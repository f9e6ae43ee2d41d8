import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, parseDecimal } from './decimal.ts';

describe('parseDecimal', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['007', '7'],
    ['1.', '1'],
    ['.5', '0.5'],
    ['1.50', '1.50'],
    ['-0.00', '0.00'],
    ['1e3', '1E+3'],
    ['12e3', '1.2E+4'],
    ['1.0E21', '1.0E+21'],
    ['1.5e1', '15'],
    ['0.000001', '0.000001'],
    ['0.0000001', '1E-7'],
    ['1.25e-7', '1.25E-7'],
    ['12345678901234567891', '12345678901234567891'],
  ])('%s prints as %s', (text, printed) => {
    expect(parseDecimal(text)?.text).toBe(printed);
  });

  it.each(['', '-', '.', 'e5', '1e', '1e+', '--1', '1.2.3', '0x1', ' 1', '1e99999999999', '1e9999999999', 'NaN'])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });
});

describe('compareDecimals', () => {
  it.each([
    ['1', '1.000', 0],
    ['10', '1e1', 0],
    ['0', '-0.0', 0],
    ['0', '1e-300', -1],
    ['-1', '0', -1],
    ['-2', '-1', -1],
    ['2', '10', -1],
    ['1.2', '1.12', 1],
    ['9007199254740993', '9007199254740992', 1],
    ['1e2147483640', '2', 1],
  ])('%s and %s: %i', (left, right, order) => {
    expect(Math.sign(compareDecimals(parseDecimal(left)!, parseDecimal(right)!))).toBe(order);
    expect(Math.sign(compareDecimals(parseDecimal(right)!, parseDecimal(left)!))).toBe(0 - order);
  });

  it('orders as numbers do', () => {
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Math.sign(compareDecimals(parseDecimal(String(a))!, parseDecimal(String(b))!))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});
