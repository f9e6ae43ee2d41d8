import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from './error.ts';
import { JavaDouble, toJsonDeep } from './java-value.ts';
import { parsePermissiveJson } from './permissive-json.ts';

describe('parsePermissiveJson', () => {
  it.each([
    ["{'a':'b'}", { a: 'b' }],
    ['{a:b, c : d e}', { a: 'b', c: 'd e' }],
    ['[a b, true ,null, tru]', ['a b', true, null, 'tru']],
    ['[1,,2,]', [1, 2]],
    ['{,"a":1,,}', { a: 1 }],
    ['[01, 1.5, -2, 1e2, .5, -]', [1, 1.5, -2, 100, '.5', 0]],
    ['["\\u00e9\\n\\x41"]', ['é\nA']],
    ['[1] and more', [1]],
    ['bare', 'bare'],
    ['{"__proto__":{"x":1}}', JSON.parse('{"__proto__":{"x":1}}')],
  ])('%s', (text, value) => {
    expect(toJsonDeep(parsePermissiveJson(text))).toEqual(value);
  });

  it('keeps apart what Java keeps apart', () => {
    expect(parsePermissiveJson('[1, 1.0]')).toEqual([1, new JavaDouble(1)]);
  });

  it.each(['', '[', '{', '[1', '{"a"}', '{"a":', '"open', '["\\u00zz"]', ']', `${'['.repeat(401)}${']'.repeat(401)}`])('refuses %.20j', (text) => {
    expect(() => parsePermissiveJson(text)).toThrow(Failure);
  });

  it('goes 400 levels deep', () => {
    expect(JSON.stringify(parsePermissiveJson(`${'['.repeat(400)}${']'.repeat(400)}`))).toHaveLength(800);
  });

  it('reads all JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(toJsonDeep(parsePermissiveJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });
});
