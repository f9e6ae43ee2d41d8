import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, meantFor } from './did-you-mean.ts';

describe('didYouMean', () => {
  it.each([
    ['Nxt', ['Next', 'End'], "Did you mean 'Next'?"],
    ['nextt', ['Next', 'End'], "Did you mean 'Next'?"],
    ['Reuslt', ['Result', 'ResultPath'], "Did you mean 'Result'?"],
    ['catch', ['Retry', 'Catch'], "Did you mean 'Catch'?"],
    ['B', ['A', 'C'], undefined],
    ['Next', ['Next'], undefined],
    ['Whatever', ['Next', 'End'], undefined],
    ['', ['Next'], undefined],
  ])('%s among %j', (given, known, hint) => {
    expect(didYouMean(given, known)).toBe(hint);
  });

  it('finds a name with one character changed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]{5,30}$/), fc.nat(), (name, at) => {
        const index = at % name.length;
        const given = `${name.slice(0, index)}7${name.slice(index + 1)}`;
        expect(didYouMean(given, ['0'.repeat(40), name])).toBe(`Did you mean '${name}'?`);
      }),
    );
  });
});

describe('meantFor', () => {
  it('finds which name given was meant for a missing one', () => {
    expect(meantFor(['StartAt'], ['States', 'StartsAt'])).toBe("Did you mean 'StartAt' by 'StartsAt'?");
    expect(meantFor(['StartAt'], ['States'])).toBeUndefined();
  });
});
