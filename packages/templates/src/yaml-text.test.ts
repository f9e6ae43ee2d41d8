import { describe, expect, it } from 'vitest';
import { parseYamlText } from './index.ts';

describe('YAML as JSON', () => {
  it.each<[string, string, unknown]>([
    ['words of YAML 1.1 stay strings', 'a: yes\nb: on\nc: 2026-01-01T00:00:00Z\nd: 012', { a: 'yes', b: 'on', c: '2026-01-01T00:00:00Z', d: 12 }],
    ['numbers', 'a: [0x10, 0o17, -1.5e3, 9007199254740992, 0.1]', { a: [16, 15, -1500, 9007199254740992, 0.1] }],
    ['keys that are no strings', '404: a\ntrue: b\n1.50: c\n~: d', { 404: 'a', true: 'b', '1.50': 'c', '~': 'd' }],
    ['explicit tags', 'a: !!str 12\nb: !!int 3\nc: ! x', { a: '12', b: 3, c: 'x' }],
    ['merge keys: own keys win, then the first', 'a: &a { x: 1, y: 1 }\nb: &b { x: 2, z: 2 }\nc: { <<: [*a, *b], y: 3 }', {
      a: { x: 1, y: 1 }, b: { x: 2, z: 2 }, c: { y: 3, x: 1, z: 2 },
    }],
    ['an anchor given anew', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
    ['a quoted << is a key', '"<<": { a: 1 }', { '<<': { a: 1 } }],
    ['short tags', 'a: !Ref A\nb: !GetAtt A.B.C\nc: !Sub [x, { y: !If [C, 1, 2] }]\nd: !Condition E\ne: !Join ["", [!Ref A]]', {
      a: { Ref: 'A' },
      b: { 'Fn::GetAtt': ['A', 'B.C'] },
      c: { 'Fn::Sub': ['x', { y: { 'Fn::If': ['C', 1, 2] } }] },
      d: { Condition: 'E' },
      e: { 'Fn::Join': ['', [{ Ref: 'A' }]] },
    }],
    ['short tags on block texts', 'a: !Sub |\n  one\n  two\n', { a: { 'Fn::Sub': 'one\ntwo\n' } }],
  ])('%s', (_, text, expected) => {
    expect(parseYamlText(text)).toStrictEqual([expected]);
  });

  it.each<[string, string]>([
    ['a: 0x20000000000001', 'line 1, column 4, /a: the integer 0x20000000000001 is beyond 2^53, where numbers lose digits; write it as a string'],
    ['[a]: 1', 'line 1, column 1: a mapping key must be a word, not a list or mapping; put it in quotes'],
    ['a: { <<: 3 }', "line 1, column 4, /a: '<<' merges mappings only"],
    ['a: !!binary aGk=', 'line 1, column 13, /a: the tag tag:yaml.org,2002:binary is none that CloudFormation knows.'],
    ['a: *b', 'line 1, column 4, /a: the alias *b names no anchor before it'],
  ])('refuses %j', (text, message) => {
    expect(() => parseYamlText(text)).toThrow(expect.objectContaining({ name: 'TemplateError', message }));
  });
});
