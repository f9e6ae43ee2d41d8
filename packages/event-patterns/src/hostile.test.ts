import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@interstate/kernel';
import { compilePattern, createPatternSet, eventBridgeDialect, parsePattern, readEventText, recordFilter, snsFilter, type EventPattern } from './index.ts';
import { matchesWildcard } from './values/wildcard.ts';

function patternOf(pattern: Json): EventPattern {
  const parsed = parsePattern(pattern, eventBridgeDialect);
  if (parsed.type === 'fault') throw new Error(parsed.message);
  return parsed;
}

function reasonOf(pattern: Json): string {
  const parsed = parsePattern(pattern, eventBridgeDialect);
  return parsed.type === 'fault' ? parsed.message.split('\n')[0]!.replace(eventBridgeDialect.prefix, '') : 'none';
}

const matches = (pattern: Json, event: unknown): boolean => compilePattern(patternOf(pattern))(event);

describe('hostile patterns', () => {
  it('are data or a refusal, whatever the text', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"$or"', '"numeric"', '"anything-but"', '"prefix"', '"<"', '1', '1e999', 'true', 'null', '"\\u', '\\', ' ', '\n', '\u0000', '"__proto__"');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(pieces, { maxLength: 30 }).map((list) => list.join(''))), (text) => {
      expect(parsePattern(text, eventBridgeDialect).type).toMatch(/^(pattern|fault)$/);
      expect(snsFilter(text).type).toMatch(/^(filter|fault)$/);
      readEventText(text);
    }), { numRuns: 2000 });
  });

  it('nest as deep as the service lets them', () => {
    const nested = (depth: number): string => `${'{"a":'.repeat(depth)}["x"]${'}'.repeat(depth)}`;
    expect(matches(nested(999), JSON.parse(nested(999).replace('["x"]', '"x"')))).toBe(true);
    expect(reasonOf(nested(100_000))).toMatch(/^Document nesting depth/);
    expect(reasonOf(`{"${'a.'.repeat(100_000)}":["x"]}`)).toMatch(/^Path has more than/);
  });

  it('multiply out to no more than 1,000 branches', () => {
    const doubled = Array.from({ length: 30 }, (_, n) => `"k${n}":{"$or":[{"a":["x"]},{"b":["y"]}]}`).join();
    expect(reasonOf(`{${doubled}}`)).toMatch(/more than 1000 combinations/);
    const nested = `${'{"$or":[{"a":["x"]},'.repeat(400)}{"b":["y"]}${']}'.repeat(400)}`;
    expect(patternOf(nested).branches).toHaveLength(401);
  });

  it('hold any text as data', () => {
    const long = 'x'.repeat(10_000_000);
    expect(matches({ a: [long] }, { a: long })).toBe(true);
    expect(matches({ a: [{ wildcard: `*${long}*` }] }, { a: `y${long}y` })).toBe(true);
    expect(matches({ a: [{ prefix: long }] }, { a: 'x' })).toBe(false);
  });

  it('of 10,000 alternatives are found as quickly as one', () => {
    const match = compilePattern(patternOf({ a: Array.from({ length: 10_000 }, (_, n) => ({ suffix: `${n}` })) }));
    for (let n = 0; n < 10_000; n++) expect(match({ a: `x${n}` })).toBe(true);
  });
});

describe('hostile wildcards', () => {
  it('are refused where a value could be at many places of them', () => {
    expect(reasonOf({ a: [{ wildcard: '*:*:*:*:*:event-bus/*' }] })).toMatch(/^Rule is too complex/);
    expect(reasonOf({ a: [{ wildcard: '*a'.repeat(50_000) }] })).toMatch(/^Rule is too complex/);
  });

  it('take time linear in the value even where nothing refuses them', () => {
    // A naive matcher would try 2^50 ways.
    expect(matchesWildcard(['', ...Array.from({ length: 50 }, () => 'a'), 'b'], 'a'.repeat(100_000))).toBe(false);
    expect(matches({ a: [{ 'anything-but': { wildcard: `${'*a'.repeat(50)}*b` } }] }, { a: 'a'.repeat(100_000) })).toBe(true);
  });
});

describe('hostile names', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'])('%s is a key like any other', (name) => {
    const event = (text: string): unknown => JSON.parse(`{${JSON.stringify(name)}:${text}}`);
    const exists = patternOf(`{${JSON.stringify(name)}:[{"exists":true}]}`);
    expect(compilePattern(exists)({})).toBe(false);
    expect(compilePattern(exists)({ other: 1 })).toBe(false);
    expect(compilePattern(exists)(event('1'))).toBe(true);
    expect(createAndMatchText(exists, `{${JSON.stringify(name)}:1}`)).toBe(true);
    const inner = patternOf(`{${JSON.stringify(name)}:{"name":[{"exists":true}],"length":[{"exists":true}]}}`);
    for (const value of ['{}', '[]', '"text"', '1', 'null']) expect(compilePattern(inner)(event(value))).toBe(false);
    expect(compilePattern(inner)({})).toBe(false);
  });

  it('change no prototype', () => {
    matches(`{"__proto__":{"polluted":["x"]}}`, JSON.parse('{"__proto__":{"polluted":"x"}}'));
    readEventText('{"__proto__":{"polluted":"x"}}');
    recordFilter(['{"__proto__":{"polluted":["x"]}}']);
    expect('polluted' in {}).toBe(false);
  });
});

function createAndMatchText(pattern: EventPattern, text: string): boolean {
  const set = createPatternSet<number>();
  set.add(1, pattern);
  return set.matchText(text)!.length === 1;
}

describe('hostile events', () => {
  it.each([undefined, null, true, 1, 'text', [], [{ a: 'x' }], () => 1])('%s matches nothing', (event) => expect(matches({ a: [{ exists: false }] }, event)).toBe(false));

  it('nest deeper than the stack', () => {
    const text = `{"a":${'['.repeat(200_000)}"x"${']'.repeat(200_000)}}`;
    expect(matches({ a: ['x'] }, JSON.parse(text))).toBe(true);
    expect(readEventText(text)).toBeUndefined();
    const objects = JSON.parse(`{"a":${'{"b":'.repeat(200_000)}1${'}'.repeat(200_000)}}`) as unknown;
    expect(matches({ a: { b: [{ exists: true }] } }, objects)).toBe(false);
  });

  it('have many elements for many fields, and are decided all the same', () => {
    const names = Array.from({ length: 12 }, (_, n) => `f${n}`);
    const lists = Object.fromEntries(names.map((name) => [name, Array.from({ length: 60 }, (_, n) => ({ v: n }))]));
    const fields = Object.fromEntries(names.map((name) => [name, { v: [{ exists: true }] }]));
    // Below one key, so that arrays may matter; the last field has no such value.
    expect(matches({ k: { ...fields, z: ['none'] } }, { k: { ...lists, z: 'other' } })).toBe(false);
    expect(matches({ k: { ...fields, z: ['other'] } }, { k: { ...lists, z: 'other' } })).toBe(true);
    const both = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => [name, [{ exists: true }]]));
    const elements = Array.from({ length: 1000 }, () => ({ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }));
    expect(matches({ k: both }, { k: elements })).toBe(false);
  });
});

describe('numbers of a text', () => {
  const answers = (pattern: string, event: string): boolean => createAndMatchText(patternOf(pattern), event);

  it.each([
    ['9007199254740993', '9007199254740993', true],
    ['9007199254740993', '9007199254740992', false],
    ['9007199254740992', '9007199254740993', false],
    ['1', '1.0', true],
    ['1', '1e0', true],
    ['0.1', '0.10', true],
    ['0', '-0', true],
    ['1e400', '1e400', true],
    ['1e400', '10e399', false],
    ['123456789012345678901234567890', '123456789012345678901234567890', true],
    ['1000000000000000000000000', '1e24', true],
  ])('[%s] on %s: %s', (pattern, event, expected) => expect(answers(`{"a":[${pattern}]}`, `{"a":${event}}`)).toBe(expected));

  it('that no double equals are neither above nor below anything, but are something else than excluded', () => {
    expect(answers('{"a":[{"numeric":[">",0]}]}', '{"a":9007199254740993}')).toBe(false);
    expect(answers('{"a":[{"anything-but":9007199254740992}]}', '{"a":9007199254740993}')).toBe(true);
    expect(answers('{"a":{"text":[{"exists":true}]}}', '{"a":9007199254740993}')).toBe(false);
    expect(answers('{"a":[{"exists":true}]}', '{"a":9007199254740993}')).toBe(true);
  });

  it('of repeated keys: the last', () => {
    expect(answers('{"a":["x"],"a":["y"]}', '{"a":"x","a":"y"}')).toBe(true);
    expect(answers('{"a":["x"]}', '{"a":"x","a":"y"}')).toBe(false);
    expect(answers('{"a":{"b":["x"]}}', '{"a":{"b":"x"},"a":1}')).toBe(false);
  });
});
