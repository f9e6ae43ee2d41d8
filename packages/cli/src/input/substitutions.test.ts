import { expect, it } from 'vitest';
import { parseSubstitutions } from './substitutions.ts';

it.each<[given: string, value: unknown]>([
  ['N=5', 5], ['N=-1.5', -1.5], ['N=true', true], ['N=false', false], ['N=', ''], ['N=text', 'text'], ['N=a=b', 'a=b'],
  ['N=012345678901', '012345678901'], ['N=12345678901234567890', '12345678901234567890'], ['N=1e3', '1e3'], ['N=Infinity', 'Infinity'], ['N=NaN', 'NaN'],
])('%s', (given, value) => expect(parseSubstitutions([given])).toEqual({ N: value }));

it('takes names of Object as names', () => {
  expect(Object.entries(parseSubstitutions(['__proto__=x', 'a.b=1', '__proto__=y']))).toEqual([['__proto__', 'y'], ['a.b', 1]]);
});

it.each(['N', '=x', ''])("refuses '%s'", (given) => expect(() => parseSubstitutions([given])).toThrow('write NAME=VALUE'));
