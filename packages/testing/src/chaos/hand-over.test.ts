import type { ApiRequest, Json, JsonObject } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { again, delayed, excerptOf, firstHalf, isApiRequest, nameOf, ownHandOver, serviceHandOver } from './hand-over.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;
const input = fc.dictionary(fc.constantFrom('Payload', 'Entries', 'MessageBody', 'DelaySeconds', 'name', 'InvocationType', 'input', '__proto__'), fc.oneof(json, fc.array(json), fc.record({ Records: json }), fc.record({ Records: fc.array(json) }))) as fc.Arbitrary<JsonObject>;
const caller = fc.record({ service: fc.constantFrom('events.amazonaws.com', 'lambda.amazonaws.com', 'pipes.amazonaws.com'), sourceArn: fc.string(), account: fc.string() });
const request: fc.Arbitrary<ApiRequest> = fc.record({ action: fc.constantFrom('Invoke', 'StartExecution', 'SendMessage', 'SendMessageBatch', 'PublishBatch', 'PutEvents', 'DeleteMessageBatch', 'toString', '__proto__'), input, caller }, { requiredKeys: ['action', 'input'] });

describe('whatever is asked', () => {
  it('is looked at without harm', () => {
    fc.assert(
      fc.property(request, fc.string(), fc.option(fc.string(), { nil: undefined }), (asked, to, from) => {
        const before = JSON.stringify(asked);
        for (const place of [serviceHandOver(to, asked, from), ownHandOver(to, asked, from)]) if (place) expect(place.kinds.length).toBeGreaterThan(0);
        expect(excerptOf(asked).length).toBeLessThanOrEqual(61);
        const half = firstHalf(asked);
        if (half) expect(JSON.stringify(half).length).toBeLessThan(before.length);
        expect(again(asked).action).toBe(asked.action);
        delayed(asked, 1);
        expect(JSON.stringify(asked)).toBe(before);
        expect({}.toString()).toBe('[object Object]');
      }),
    );
  });

  it('is an operation or not', () => {
    fc.assert(fc.property(json, (asked) => void isApiRequest(asked)));
    expect([{ action: 'A', input: {} }, { action: 'A' }, { action: 1, input: {} }, [], null].map(isApiRequest)).toEqual([true, false, false, false, false]);
  });

  it('has a name', () => {
    fc.assert(fc.property(fc.string(), (arn) => void nameOf(arn)));
    const names = { 'arn:aws:sqs:r:1:orders': 'orders', 'arn:aws:lambda:r:1:function:f:$LATEST': 'f', 'arn:aws:events:r:1:rule/bus/r': 'r', 'arn:aws:states:r:1:directory': 'states', outside: 'outside', '': '' };
    for (const [arn, name] of Object.entries(names)) expect(nameOf(arn)).toBe(name);
  });
});

describe('a message that is late', () => {
  const secondsOf = (given: JsonObject, queueSeconds?: number): Json => delayed({ action: 'SendMessage', input: given }, 100, queueSeconds).input;

  it('is so beside the delay it has, up to the longest there is', () => {
    expect(secondsOf({})).toEqual({ DelaySeconds: 100 });
    expect(secondsOf({}, 30)).toEqual({ DelaySeconds: 130 });
    expect(secondsOf({ DelaySeconds: 0 }, 30)).toEqual({ DelaySeconds: 100 });
    expect(secondsOf({ DelaySeconds: 850 })).toEqual({ DelaySeconds: 900 });
    expect(secondsOf({ Entries: [{ Id: '1' }, { Id: '2' }] })).toEqual({ Entries: [{ Id: '1', DelaySeconds: 100 }, { Id: '2' }] });
  });
});
