import { describe, expect, it } from 'vitest';
import { base64FromBytes, utf8FromText, type Json } from '@interstate/kernel';
import { pipesDialect } from '../language/dialect.ts';
import { recordFilter } from './record-filter.ts';
import { snsFilter, type SnsMessage } from './sns-filter.ts';

const delivers = (policy: Json, message: Partial<SnsMessage>, scope: 'MessageAttributes' | 'MessageBody' = 'MessageAttributes'): boolean => {
  const filter = snsFilter(policy, scope);
  if (filter.type === 'fault') throw new Error(filter.message);
  return filter.matches({ Message: '', ...message });
};

describe('snsFilter', () => {
  it.each<[Json, SnsMessage['MessageAttributes'], boolean]>([
    [{ a: ['x'] }, { a: { DataType: 'String', StringValue: 'x' } }, true],
    [{ a: [1] }, { a: { DataType: 'Number', StringValue: '1.0' } }, true],
    [{ a: ['1'] }, { a: { DataType: 'Number', StringValue: '1' } }, false],
    [{ a: [1] }, { a: { DataType: 'Number.int', StringValue: '1' } }, true],
    [{ a: [null, 'y'] }, { a: { DataType: 'String.Array', StringValue: '["x","y"]' } }, true],
    [{ a: [{ exists: false }] }, { a: { DataType: 'Binary' } }, true],
    [{ a: [null] }, {}, false],
    [{ a: [100.12345678] }, { a: { DataType: 'Number', StringValue: '100.1234567' } }, true],
    [{ a: [100.12345] }, { a: { DataType: 'Number', StringValue: '100.12346' } }, false],
    [{ a: [123456789012] }, { a: { DataType: 'Number', StringValue: '123456789012' } }, true],
    [{ a: [123456789012] }, { a: { DataType: 'Number', StringValue: '123456789013' } }, false],
  ])('%j on %j: %s', (policy, MessageAttributes, expected) => expect(delivers(policy, { ...(MessageAttributes && { MessageAttributes }) })).toBe(expected));

  it('looks into bodies that are objects', () => {
    expect(delivers({ a: { b: ['x'] } }, { Message: '{"a":[{"b":"x"}]}' }, 'MessageBody')).toBe(true);
    expect(delivers({ a: [{ exists: false }] }, { Message: '["a"]' }, 'MessageBody')).toBe(false);
  });

  it.each<[Json, string]>([
    [{ a: { b: ['x'] } }, 'Filter policy scope MessageAttributes does not support nested filter policy'],
    [{ a: ['x'], b: ['x'], c: ['x'], d: ['x'], e: ['x'], f: ['x'] }, 'Filter policy can not have more than 5 keys'],
    [{ a: Array.from({ length: 151 }, (_, n) => n) }, 'Filter policy is too complex'],
    [{ a: [{ numeric: ['=', 6e9] }] }, 'Value must be between -5.0E9 and 5.0E9, inclusive'],
    [{ a: [{ 'anything-but': { suffix: 'x' } }] }, 'Unsupported anything-but pattern: suffix'],
  ])('refuses %j', (policy, reason) => {
    expect(snsFilter(policy)).toEqual({ type: 'fault', code: 'InvalidParameter', message: `Invalid parameter: FilterPolicy: ${reason}` });
    expect(snsFilter(policy, 'MessageAttributes', 'Subscribe')).toMatchObject({ message: `Invalid parameter: Attributes Reason: FilterPolicy: ${reason}` });
  });

  it('counts 150 combinations, deeper keys as often as they are deep', () => {
    const values = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
    expect(snsFilter({ a: values(3), b: { c: values(5), d: { e: values(5) } } }, 'MessageBody')).toMatchObject({ type: 'fault' });
    expect(snsFilter({ a: values(3), b: { c: values(5) }, d: values(5) }, 'MessageBody').type).toBe('filter');
  });
});

describe('recordFilter', () => {
  const filter = (...patterns: Json[]): ((record: { readonly [key: string]: Json }) => boolean) => {
    const made = recordFilter(patterns);
    if (made.type === 'fault') throw new Error(made.message);
    return made.matches;
  };
  const base64 = (text: string): string => base64FromBytes(utf8FromText(text));

  it('takes what one of the patterns matches, and all where there is none', () => {
    const matches = filter({ body: { n: [1] } }, { eventSource: ['aws:other'] });
    expect(matches({ body: '{"n":1}', eventSource: 'aws:sqs' })).toBe(true);
    expect(matches({ body: '{"n":2}', eventSource: 'aws:other' })).toBe(true);
    expect(matches({ body: '{"n":2}', eventSource: 'aws:sqs' })).toBe(false);
    expect(filter()({ body: 'x' })).toBe(true);
  });

  it('opens payloads, and compares what is no object as text', () => {
    expect(filter({ body: ['plain'] })({ body: 'plain' })).toBe(true);
    expect(filter({ body: { n: [1] } })({ body: 'plain' })).toBe(false);
    expect(filter({ data: { n: [1] } })({ data: base64('{"n":1}') })).toBe(true);
    expect(filter({ kinesis: { data: { n: [1] } } })({ kinesis: { data: base64('{"n":1}') } })).toBe(true);
    expect(filter('{"body":{"n":[9007199254740993]}}')({ body: '{"n":9007199254740993}' })).toBe(true);
    expect(filter('{"body":{"n":[9007199254740993]}}')({ body: '{"n":9007199254740992}' })).toBe(false);
  });

  it('refuses in the words of the service', () => {
    expect(recordFilter(['{"a":1}'])).toMatchObject({ code: 'InvalidParameterValueException' });
    expect(recordFilter(['{"a":1}'], pipesDialect)).toMatchObject({ code: 'ValidationException' });
  });
});
