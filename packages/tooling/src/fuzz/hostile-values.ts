import type { Json } from '@interstate/kernel';
import fc from 'fast-check';

export const hostileKey = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then', 'toJSON', '__defineGetter__', '', '$', '$$', '.$', 'a.$', '0', '-1', 'a b', "'", '"', '\\', '\u0000', '\ud800', '𝒳');

/** Own keys of any name, `__proto__` included. */
function fromEntries(entries: readonly (readonly [string, Json])[]): Json {
  return JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`) as Json;
}

export const { value: hostileValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom<Json>(null, true, 0, -0.5, 2 ** 53, -(2 ** 63), 1e21, 1e308, 5e-324, '', '{% 1 %}', '{%', '$', '$$', '$.a', '$..*', 'States.Format(', "States.UUID()"),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.oneof(hostileKey, fc.string({ maxLength: 4 })), tie('value')), { maxLength: 4 }).map(fromEntries),
  ) as fc.Arbitrary<Json>,
}));

const pathPiece = fc.constantFrom(
  '$', '$$', '@', '.', '..', '*', '[', ']', '[*]', '[0]', '[-1]', '[1:2]', '[::0]', '[0,1]', "['a']", "['__proto__']", '.constructor', '.__proto__', '.length()', '.min()', '[?(', ')]', '@.a', '==', '=~', '/a*/', '/(a+)+$/i',
  '&&', '||', '!', 'in', "['a','b']", '1', '9007199254740993', "'", '"', '\\', ' ', 'a', '.a', 'null', 'true', 'size', 'empty', '()', '{}', '%',
);

/** Texts that look like paths, and some that are. */
export const pathText = fc.oneof(
  fc.array(pathPiece, { maxLength: 9 }).map((pieces) => `$${pieces.join('')}`),
  fc.array(fc.constantFrom('.a', '..a', '[*]', '[0]', '[-1:]', "['constructor']", '[?(@.a == 1)]', '[?(@.s =~ /(a|aa)+$/)]', '..*', '.length()'), { maxLength: 6 }).map((pieces) => `$${pieces.join('')}`),
);

const intrinsicPiece = fc.constantFrom('States.', 'Format', 'Array', 'MathAdd', 'Hash', 'StringToJson', 'JsonMerge', 'UUID', 'ArrayRange', 'Base64Decode', '(', ')', ',', "'{}'", "'", '\\', '$.a', '$', '1', '-1', '1e309', 'null', 'false', ' ', "'__proto__'");
export const intrinsicText = fc.oneof(
  fc.array(intrinsicPiece, { maxLength: 10 }).map((pieces) => `States.${pieces.join('')}`),
  fc.tuple(fc.constantFrom('Format', 'StringToJson', 'JsonToString', 'Array', 'ArrayPartition', 'ArrayContains', 'ArrayRange', 'ArrayGetItem', 'ArrayLength', 'ArrayUnique', 'Base64Encode', 'Base64Decode', 'Hash', 'JsonMerge', 'MathRandom', 'MathAdd', 'StringSplit', 'UUID'), fc.array(fc.constantFrom('$', '$.a', '$.s', '$.l', "'{}'", "'a'", '0', '-1', '99999999999999999999', '1.5', 'null', 'true', 'false'), { maxLength: 4 })).map(
    ([name, args]) => `States.${name}(${args.join(', ')})`,
  ),
);

const jsonataPiece = fc.constantFrom(
  '$states', '.input', '.context', '.result', '$', '$$', '$x', '.', '..', '*', '**', '%', '[', ']', '(', ')', '{', '}', ':=', ':', ';', ',', '?', '~>', '|', '^', '@$i', '#$i', '&', '+', '-', '/', '<', '>', '=', '!=', ' in ', ' and ', ' or ', '..',
  '1', '1e400', '9007199254740993', '"a"', "'b'", '`c`', 'null', 'true', '/a*/', '/(a+)+$/', '/(?=a)/', 'function($a){', '}', '$f := function($n){$f($n+1)}', '$map', '$reduce', '$string', '$eval', '$match', '$replace', '$pad', '$range(0,1e9,1)', '[1..1e9]', '"constructor"', '`__proto__`', 'constructor', '$merge', '$sift', '$lookup', '$toMillis', '$formatNumber', '$parse', '$uuid()', '/* */',
);
const jsonataSnippet = fc.constantFrom(
  '$states.input', '$states.input.a', '$states.input.`__proto__`', '$states.input.constructor', '$lookup($states.input, "constructor")', '$merge([$states.input, {"__proto__": {"polluted": 1}}])', '($f := function($n){ $f($n + 1) }; $f(0))', '($f := function($n){ 1 + $f($n) }; $f(0))',
  '[1..100000]', '[1..9999999]', '$map([1..1000], function($v){ [1..1000] })', '$string([1..100000])', '$join($map([1..20000], function($v){"aaaaaaaaaaaaaaaa"}))', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)', '$replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /(a|aa)+$/, "$0$0")', '$contains($pad("a", 50000, "a"), /(a*)*b/)',
  '$pad("x", 100000000)', '$sum([1..10000])', '$sort([1..2000], function($a,$b){ true })', '$reduce([1..1000], function($a,$b){ $a & $a })', '$eval("1")', '$constructor', '$states.constructor', '$toString.constructor("return 1")()', '{"a": 1}.constructor.constructor', '$formatBase(1e300, 36)', '$power(10, 400)', '1/0', '$number("0x7fffffffffffffffffff")', '$split($pad("", 10000, "ab"), /a?/)', '**', '$states.**', '$states.input.**.**.**', '$spread($states)', '$each($states, function($v,$k){$k})', '$range(1, 1e12, 1)', '$parse("{\\"__proto__\\": 1}")', '($x := 1; $x := $x + 1; $x)', '$fromMillis(1e300)', '$formatInteger(1e300, "w")', '$formatNumber(1e300, "#,##0.00")', '$shuffle([1..1000])', '$distinct([1..3000])',
);
export const jsonataText = fc.oneof(fc.array(jsonataPiece, { minLength: 1, maxLength: 10 }).map((pieces) => pieces.join('')), jsonataSnippet, fc.tuple(jsonataSnippet, fc.constantFrom(' & ', ' ~> ', ', ', ' = ', ' + '), jsonataSnippet).map(([a, b, c]) => `(${a})${b}(${c})`));
