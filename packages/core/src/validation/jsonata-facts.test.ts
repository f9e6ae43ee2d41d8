import { describe, expect, it } from 'vitest';
import { findJsonataFacts } from './jsonata-facts.ts';

describe('findJsonataFacts', () => {
  it.each([
    ['phone', ['phone']],
    ['a.b', ['a']],
    ['$states.input.a', []],
    ['$states.input.a[b = 1].c', []],
    ['$states.input.a.(b + c)', []],
    ['$states.input.a^(b)', []],
    ['$states.input.a{b: c}', []],
    ['$states.input.a.$sum(b)', []],
    ['$sum(a)', ['a']],
    ['(a; b)', ['a', 'b']],
    ['(a).b', ['a']],
    ['a + b', ['a', 'b']],
    ['$x := a', ['a']],
    ['a ? b : c', ['a', 'b', 'c']],
    ['{"k": a, b: 1}', ['a', 'b']],
    ['[a, 1]', ['a']],
    ['$map($states.input.a, function($v) { $v.b })', []],
    ['$map($states.input.a, function($v) { b })', ['b']],
    ['$states.input.a.$map($, function($v) { b })', ['b']],
    ['$states.input ~> |a|{"b": c}|', []],
    ['$lowercase("A") & `odd name`', ['odd name']],
    ['-a', ['a']],
    ['$', []],
    ['$v[a]', []],
    ['"text"', []],
  ])('%s: names at the top level', (text, names) => {
    const facts = findJsonataFacts(text);
    expect(facts.syntaxError).toBeUndefined();
    expect([...facts.topLevelNames].sort()).toEqual(names);
  });

  it('finds $$ anywhere', () => {
    expect(findJsonataFacts('$$').usesRoot).toBe(true);
    expect(findJsonataFacts('$states.input.a[b = $$.c]').usesRoot).toBe(true);
    expect(findJsonataFacts('$states.context.Execution.Id & "$$"').usesRoot).toBe(false);
  });

  it('finds members of $states', () => {
    const text = '$states.result.a & $f($states.input) & (x := $states.errorOutput; 1)';
    expect([...findJsonataFacts('$states.result.a & $f($states.input.b) & [$states.errorOutput]').statesMembers]).toEqual(['result', 'input', 'errorOutput']);
    expect(findJsonataFacts('$other.result').statesMembers.size).toBe(0);
    expect(findJsonataFacts(text).syntaxError).toBeDefined();
  });

  it('has the message of a text that does not parse', () => {
    expect(findJsonataFacts('a[1,2)').syntaxError).toBe('Expected "]", got ","');
    expect(findJsonataFacts('').syntaxError).toBe('Unexpected end of expression');
  });

  it('bears expressions nested as deeply as they like', () => {
    for (const text of ['('.repeat(100_000), '1' + '+1'.repeat(100_000), '['.repeat(50_000) + ']'.repeat(50_000), 'a' + '.a'.repeat(50_000), '-'.repeat(100_000) + '1']) {
      expect(() => findJsonataFacts(text)).not.toThrow();
    }
  });
});
