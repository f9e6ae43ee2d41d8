import { describe, expect, it } from 'vitest';
import { compileRegex, RegexBudgetError, RegexSyntaxError } from './compile.ts';

const MEGABYTE = 1_000_000;

describe('patterns that go round in circles', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(50_000)}b`],
    ['(x+x+)+y', 'x'.repeat(500)],
    ['(?:a|a)*b', 'a'.repeat(2_000)],
    ['(?:a|aa)*b', 'a'.repeat(2_000)],
    ['^(?:[a-z0-9]+[._-]?)+@[a-z]+$', 'a'.repeat(50_000)],
  ])('/%s/ is answered', (source, text) => {
    expect(compileRegex(source, '').match(text, 0)).toBeUndefined();
  });

  it.each([
    ['(a|aa)*\\1b', 'a'.repeat(200)],
    ['(?:a*)*b', 'a'.repeat(100)],
    ['(?:(?=a+)a|a)*b', 'a'.repeat(200)],
    ['(?:\\w*\\d*)+!', 'a'.repeat(30)],
    ['(?:){1000000000}', ''],
    ['(?:a{100000}c|a)*b', 'a'.repeat(200_000)],
    ['(?:a{0,1000}){1000}b', 'a'.repeat(2_000)],
  ])('/%s/ is cut', (source, text) => {
    expect(() => compileRegex(source, '').match(text, 0, { steps: 500_000 })).toThrow(RegexBudgetError);
  });

  it('is cut without a budget of the caller', () => {
    expect(() => compileRegex('(?:a*)*b', '').match('a'.repeat(100), 0)).toThrow(RegexBudgetError);
  });
});

describe('a budget for several matches', () => {
  it('is used up by all of them together', () => {
    const regex = compileRegex('(?:a|b+)+', '');
    const budget = { steps: 100 };
    expect(regex.match('abab', 0, budget)?.text).toBe('abab');
    expect(budget.steps).toBeLessThan(100);
    expect(() => {
      for (let count = 0; count < 100; count++) regex.match('abab', 0, budget);
    }).toThrow(RegexBudgetError);
    expect(regex.matchesWhole('abab')).toBe(true);
  });
});

describe('long texts', () => {
  const text = 'a'.repeat(2 * MEGABYTE);

  it.each(['[^b]*', 'a+', '.*?$', '(?:a|b)*', 'a*\\b'])('/%s/ takes all of two megabytes', (source) => {
    expect(compileRegex(source, '').match(text, 0)?.text.length).toBe(text.length);
  });

  it.each(['.*b', '\\w+\\s', 'b', '[bc]', '^b', 'a*?b'])('/%s/ is not in two megabytes', (source) => {
    expect(compileRegex(source, '').match(text, 0)).toBeUndefined();
  });

  it('ends a loop that remembers too much', () => {
    const regex = compileRegex('(?:a|b+)*', '');
    expect(() => regex.match(text.repeat(3), 0)).toThrow(RegexBudgetError);
    expect(regex.match(text.slice(0, MEGABYTE), 0)?.text.length).toBe(MEGABYTE);
  });
});

describe('large patterns', () => {
  it('bounds nesting', () => {
    const nested = (depth: number) => '('.repeat(depth) + 'a' + ')'.repeat(depth);
    expect(compileRegex(nested(200), '').match('a', 0)?.groups.length).toBe(200);
    expect(() => compileRegex(nested(201), '')).toThrow(RegexSyntaxError);
    expect(() => compileRegex('('.repeat(100_000), '')).toThrow(RegexSyntaxError);
    expect(() => compileRegex('(?:'.repeat(100_000), '')).toThrow(RegexSyntaxError);
    expect(() => compileRegex('(?=(?!'.repeat(100_000), '')).toThrow(RegexSyntaxError);
  });

  it('takes wide patterns', () => {
    expect(compileRegex('ab?'.repeat(50_000), '').match('a'.repeat(50_000), 0)?.text.length).toBe(50_000);
    expect(compileRegex(Array.from({ length: 20_000 }, (_, index) => `x${index}y`).join('|'), '').match('x19999y', 0)?.index).toBe(0);
    expect(compileRegex(`[${'a-z'.repeat(50_000)}]`, '').match('q', 0)?.index).toBe(0);
  });

  it('charges for the many groups a round forgets', () => {
    const regex = compileRegex(`(?:${'(a)?'.repeat(5_000)}b?)*c`, '');
    expect(() => regex.match('a'.repeat(10_000), 0)).toThrow(RegexBudgetError);
  });

  const pieces = ['.', '\\w', '[^a-f]', '(?:a|b)', '(?<n>', '\\k<n', '[a', 'x{1', '\\p{L'];
  it.each(pieces)('/%s/ twenty thousand times is read or refused at once', (piece) => {
    for (const flags of ['', 'iu']) {
      try {
        compileRegex(piece.repeat(20_000), flags);
      } catch (error) {
        expect(error).toBeInstanceOf(RegexSyntaxError);
      }
    }
  });

  it('takes counts beyond any number', () => {
    expect(compileRegex(`a{0,${'9'.repeat(400)}}`, '').match('aaa', 0)?.text).toBe('aaa');
    expect(compileRegex(`a{${'9'.repeat(400)}}`, '').match('aaa', 0)).toBeUndefined();
  });

  it('knows no names from prototypes', () => {
    expect(() => compileRegex('(?<a>x)\\k<constructor>', '')).toThrow(RegexSyntaxError);
    expect(() => compileRegex('\\p{constructor}', 'u')).toThrow(RegexSyntaxError);
    expect(compileRegex('(?<__proto__>x)\\k<__proto__>', '').match('xx', 0)?.groups).toEqual(['x']);
  });
});
