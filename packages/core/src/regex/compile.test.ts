import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cases from '../../cases/regex.json' with { type: 'json' };
import { compileRegex, RegexBudgetError, RegexSyntaxError, type RegexBudget, type RegexMatch } from './compile.ts';

type Row = [index: number, text: string, ...groups: (string | null)[]];

function toRow(match: RegexMatch): Row {
  return [match.index, match.text, ...match.groups.map((group) => group ?? null)];
}

function findAll(source: string, flags: string, text: string, budget?: RegexBudget): RegexMatch[] {
  const regex = compileRegex(source, flags);
  const found: RegexMatch[] = [];
  for (let from = 0; from <= text.length; ) {
    const match = regex.match(text, from, budget);
    if (match === undefined) break;
    found.push(match);
    from = match.index + match.text.length;
    if (match.text === '') from += flags.includes('u') && (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1;
  }
  return found;
}

describe('compileRegex', () => {
  it.each(cases.matches)('$description', ({ source, flags, text, then }) => {
    expect(findAll(source, flags, text).map(toRow)).toEqual(then);
  });

  it.each(cases.errors)('refuses /$source/$flags', ({ source, flags, error }) => {
    expect(() => compileRegex(source, flags)).toThrow(RegexSyntaxError);
    expect(() => compileRegex(source, flags)).toThrow(error);
  });

  it('matches a whole text only', () => {
    const regex = compileRegex('a|ab', '');
    expect(['a', 'ab', 'abc', 'ba', ''].map((text) => regex.matchesWhole(text))).toEqual([true, true, false, false, false]);
  });
});

// Small patterns over a small alphabet, so that they meet the texts often and in every way.
const atom = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'A', '1', ' ', 'é', '\\n') },
  { weight: 2, arbitrary: fc.constantFrom('.', '\\d', '\\w', '\\s', '\\D', '\\W', '\\S') },
  { weight: 2, arbitrary: fc.constantFrom('[ab]', '[^a]', '[a-c1]', '[^\\w]', '[\\s\\d-]', '[A-Z]', '[é\\u00c9]', '[^]', '[]') },
  { weight: 2, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B') },
  { weight: 1, arbitrary: fc.constantFrom('\\1', '\\2', '\\x41', '\\u0062', '\\cJ', '\\0') },
);
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '{2,}', '{1,}?', '{0}');
const pattern = fc.letrec<{ node: string; group: string; term: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.array(tie('term'), { maxLength: 3 }).map((terms) => terms.join('')),
    fc.tuple(tie('node'), tie('node')).map((sides) => sides.join('|')),
  ),
  term: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(atom, quantifier).map(([body, repeat]) => (/^(?:\^|\$|\\b|\\B)$/.test(body) ? body : body + repeat)),
    tie('group'),
  ),
  group: fc
    .tuple(fc.constantFrom('(', '(', '(?:', '(?:', '(?=', '(?!', '(?<=', '(?<!'), tie('node'), quantifier)
    .map(([open, body, repeat]) => `${open}${body})${/^\(\?[=!<]/.test(open) ? '' : repeat}`),
})).node;
const char = fc.constantFrom('a', 'b', 'c', 'A', 'B', '1', ' ', 'é', 'É', '\n', '😀', 'ſ', '\u212a', 'k', 's');
const text = fc.array(char, { maxLength: 12 }).map((chars) => chars.join(''));
const flags = fc.subarray(['i', 'm', 's', 'u']).map((list) => list.join(''));

function findAllNatively(source: string, options: string, subject: string): Row[] {
  const matches = [...subject.matchAll(new RegExp(source, `${options}g`))];
  return matches.map((match) => [match.index, match[0], ...match.slice(1).map((group) => group ?? null)]);
}

describe('agreement with the platform', () => {
  it('finds the same matches and groups', () => {
    fc.assert(
      fc.property(pattern, flags, text, (source, options, subject) => {
        let expected: Row[];
        try {
          expected = findAllNatively(source, options, subject);
        } catch {
          expect(() => compileRegex(source, options)).toThrow(RegexSyntaxError);
          return;
        }
        // Some platforms find empty matches inside a surrogate pair, which the standard forbids under `u`.
        fc.pre(!options.includes('u') || expected.every(([index]) => index === 0 || (subject.codePointAt(index - 1) ?? 0) <= 0xffff));
        let found: readonly RegexMatch[];
        let whole: boolean;
        try {
          const budget = { steps: 100_000 };
          found = findAll(source, options, subject, budget);
          whole = compileRegex(source, options).matchesWhole(subject, budget);
        } catch (error) {
          fc.pre(!(error instanceof RegexBudgetError));
          throw error;
        }
        expect(found.map(toRow)).toEqual(expected);
        expect(whole).toBe(new RegExp(`(?:${source})(?![^])`, `${options}y`).test(subject));
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2_000) },
    );
  }, 60_000);
});
