import type { JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { compileEventPath } from './event-path.ts';
import { compileTargetInput, type InputOptions } from './target-input.ts';
import { compileTemplate, payloadText, payloadValue } from './template.ts';

const EVENT: JsonObject = { version: '0', id: 'i', 'detail-type': 'placed', source: 'shop', resources: [], detail: { name: 'Ada', n: 1.5, on: true, none: null, list: ['a', 'b'], deep: { 'x y': [{ z: 1 }, { z: 2 }] } } };
const CONTEXT = { ruleArn: 'arn:rule', ruleName: 'r', ingestionTime: 0 };

function textOf(options: InputOptions): string | undefined {
  const input = compileTargetInput(options, 't');
  if (typeof input === 'string') throw new Error(input);
  const payload = input(EVENT, CONTEXT);
  return payload && payloadText(payload);
}

const PATHS = { name: '$.detail.name', n: '$.detail.n', on: '$.detail.on', none: '$.detail.none', list: '$.detail.list', deep: '$.detail.deep', missing: '$.detail.missing' };
const filled = (InputTemplate: string): string | undefined => textOf({ InputTransformer: { InputPathsMap: PATHS, InputTemplate } });

describe('a target takes', () => {
  it.each([
    [{}, JSON.stringify(EVENT)],
    [{ Input: ' {"a": 1} ' }, ' {"a": 1} '],
    [{ InputPath: '$.detail.name' }, '"Ada"'],
    [{ InputPath: '$.detail.missing' }, 'null'],
    [{ InputPath: "$['detail']['deep']['x y'][1].z" }, '2'],
    [{ InputPath: '$.detail.deep["x y"][*].z' }, '[1,2]'],
  ])('%j', (options, text) => {
    expect(textOf(options)).toBe(text);
  });

  it.each([
    ['{"a": <name>, "b": <n>, "c": <on>, "d": <none>, "e": <list>, "f": <missing>}', '{"a": "Ada", "b": 1.5, "c": true, "d": null, "e": ["a","b"], "f": ""}'],
    ['{"a": "<name> <n> <on> <missing>!"}', '{"a": "Ada 1.5 true !"}'],
    ['{"a": "<list>"}', undefined],
    ['{"a": <name>', undefined],
    ['{"<name>": 1, "quote \\"<n>": 2}', '{"Ada": 1, "quote \\"1.5": 2}'],
    ['"<name> of <list>, <deep>, <on>"', '"Ada of [a,b], {x y:[{z:1},{z:2}]}, true"'],
    ['"<name>"\n"line two: <n>"', '"Ada"\n"line two: 1.5"'],
    ['<list>', '["a","b"]'],
    ['"1 < 2, 3 > 2, <>"', '"1 < 2, 3 > 2, <>"'],
  ])('the template %j', (template, text) => {
    expect(filled(template)).toBe(text);
  });

  it('what is predefined', () => {
    const all = '{"a": <aws.events.rule-arn>, "n": <aws.events.rule-name>, "t": <aws.events.event.ingestion-time>, "e": <aws.events.event>, "j": <aws.events.event.json>}';
    const { detail: _detail, 'detail-type': detailType, ...head } = EVENT;
    expect(JSON.parse(filled(all)!)).toEqual({ a: 'arn:rule', n: 'r', t: '1970-01-01T00:00:00.000Z', e: { ...head, detailType }, j: EVENT });
    expect(filled('{"j": "<aws.events.event.json>"}')).toBeUndefined();
  });
});

describe('hostile templates and paths', () => {
  it('are refused or filled, and change no prototype', () => {
    expect(compileTargetInput({ InputTransformer: { InputTemplate: '"<__proto__> <constructor>"' } }, 't')).toBe('InputTemplate for target t contains invalid placeholder __proto__.');
    expect(textOf({ InputTransformer: { InputPathsMap: JSON.parse('{"__proto__":"$.detail.name"}') as Record<string, string>, InputTemplate: '"<__proto__>"' } })).toBe('"Ada"');
    expect(compileEventPath('$.__proto__')!({})).toBeUndefined();
    expect(compileEventPath('$.constructor.name')!({})).toBeUndefined();
    for (const path of ['', 'a', '$a', '$.', '$[', '$[0', "$['a", '$..a', '$[?(@.a)]']) expect(compileEventPath(path), path).toBeUndefined();
  });

  it('take time by their length only', () => {
    const begun = performance.now();
    for (const piece of ['<', '"<', '\\"', '<a', '{"a":"<x>"}', '[', "$['"]) {
      const text = piece.repeat(200_000);
      compileTemplate(text).fill(() => 'v');
      compileEventPath(`$${text}`);
    }
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('give a value where their text is JSON', () => {
    expect(payloadValue({ text: '"a"' })).toBe('a');
    expect(payloadValue({ text: '"a"\n"b"' })).toBeUndefined();
  });
});
