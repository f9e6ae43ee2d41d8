import { expect, it } from 'vitest';
import { analyseJsonata, type Reference } from './analyse.ts';

const names = (references: readonly Reference[]) => references.map((reference) => reference.name);

it.each<[text: string, message: string]>([
  ['[1, 2', 'Expected "]" before end of expression'],
  ['[1 2]', 'Expected "]", got 2'],
  ['1 +', 'Unexpected end of expression'],
  ["'abc", 'String literal must be terminated by a matching quote'],
  ['}', 'The symbol "}" cannot be used as a unary operator'],
  ['/abc', 'No terminating / in regular expression'],
  ['('.repeat(100_000), 'The expression is nested too deeply'],
])('%s does not parse', (text, message) => {
  expect(analyseJsonata(text).syntaxError).toMatchObject({ message });
});

it.each<[text: string, expected: string[]]>([
  ['phone', ['phone']],
  ['phone.number', ['phone']],
  ['a + b & c', ['a', 'b', 'c']],
  ['{"k": phone}', ['phone']],
  ['[phone]', ['phone']],
  ['$uppercase(phone)', ['phone']],
  ['function($x) { phone }', ['phone']],
  ['($x := phone; $x)', ['phone']],
  ['$states.input.phone', []],
  ['$states.input.phones[type = "home"]', []],
  ['$states.input.phones^(type).number', []],
  ['$states.input.phones{type: number}', []],
  ['$states.input.(first & last)', []],
  ['$x ~> |phones|{"type": kind}|', []],
])('%s begins a path with %j', (text, expected) => {
  expect(names(analyseJsonata(text).topLevelNames)).toEqual(expected);
});

it.each<[text: string, expected: string[]]>([
  ['$a + $b.c', ['a', 'b']],
  ['$count($a)', ['a']],
  ['($a := 1; $a + $b)', ['b']],
  ['$a := $b', ['b']],
  ['function($a) { $a + $b }', ['b']],
  ['(function($a) { $a })($a)', ['a']],
  ['$list@$item.name[$item.x = $y]', ['list', 'y']],
  ['$list#$i[$i > $least]', ['list', 'least']],
  ['$list.x#$i.{"i": $i}', ['list']],
  ['$f(?, $a)', ['a', 'f']],
  ['$states.input', ['states']],
])('%s takes the variables %j', (text, expected) => {
  expect(names(analyseJsonata(text).variables).sort()).toEqual([...expected].sort());
});

it('says where and what of $$ and $states', () => {
  const facts = analyseJsonata('$$.a & $states.result.b & $states.input');
  expect(facts.roots).toEqual([{ name: '$$', position: 2 }]);
  expect(names(facts.statesMembers)).toEqual(['result', 'input']);
});
