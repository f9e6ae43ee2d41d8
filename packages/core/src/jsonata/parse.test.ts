import { describe, expect, it } from 'vitest';
import { compileJsonata, JsonataError } from './compile.ts';
import { ParseCache, parseJsonata, parsingWith } from './parse.ts';

describe('a parse cache', () => {
  it('gives the same tree for the same text, while it is in use and nowhere else', () => {
    const cache = new ParseCache();
    const tree = parsingWith(cache, () => parseJsonata('1 + a'));
    expect(parsingWith(cache, () => parseJsonata('1 + a'))).toBe(tree);
    expect(parseJsonata('1 + a')).not.toBe(tree);
    expect(parsingWith(new ParseCache(), () => parseJsonata('1 + a'))).not.toBe(tree);
  });

  it('is left as it was entered, whatever happens within', () => {
    const [outer, inner] = [new ParseCache(), new ParseCache()];
    parsingWith(outer, () => {
      expect(() => parsingWith(inner, () => parseJsonata('1 +'))).toThrow(JsonataError);
      parseJsonata('2');
    });
    expect(outer.get('2')).toBeDefined();
    expect(inner.get('2')).toBeUndefined();
    parseJsonata('3');
    expect(outer.get('3')).toBeUndefined();
  });

  it('keeps the latest thousand texts, and no enormous one', () => {
    const cache = new ParseCache();
    parsingWith(cache, () => {
      for (let index = 0; index <= 1_000; index++) parseJsonata(String(index));
      parseJsonata(`"${'x'.repeat(10_000)}"`);
    });
    expect(cache.get('0')).toBeUndefined();
    expect(cache.get('1')).toBeDefined();
    expect(cache.get(`"${'x'.repeat(10_000)}"`)).toBeUndefined();
  });

  it('holds trees that compiling does not change', () => {
    const cache = new ParseCache();
    for (const text of ['$map([1,2], function($x) { $x + 1 })', '($a := 1; {"b": $a}^(b)[0])', '"x" ~> /x/', '$ ~> |$|{"a": 1}|']) {
      const tree = parsingWith(cache, () => parseJsonata(text));
      const before = JSON.stringify(tree);
      parsingWith(cache, () => (compileJsonata(text), compileJsonata(text)));
      expect(JSON.stringify(tree)).toBe(before);
    }
  });
});
