import stringWidth from 'string-width';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitText, formatDuration, visible } from './text.ts';

it.each([
  [0, '0 ms'], [0.4, '0 ms'], [999, '999 ms'], [1000, '1.00 s'], [59_999, '59.99 s'], [60_000, '1 min'], [61_500, '1 min 1 s'],
  [3_600_000, '1 h'], [90_061_000, '1 d 1 h'], [365 * 86_400_000, '365 d'],
])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

it('a text fits its columns and holds nothing that steers a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
      const fitted = fitText(text, columns);
      expect(stringWidth(fitted)).toBeLessThanOrEqual(columns);
      // eslint-disable-next-line no-control-regex
      expect(fitted).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }),
  );
});

it('short texts stay as they are', () => expect(fitText('Ship it', 7)).toBe('Ship it'));
it('a megabyte is cut at once', () => expect(fitText('x'.repeat(1_000_000), 5)).toBe('xxxx…'));
it('line ends are shown', () => expect(visible('a\nb\u0000')).toBe('a⏎b\\u0000'));
