import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executionSuffix, hopsOf, hopsOfExecution, hopsOfMessage, lineageOf, withLineage } from './hops.ts';

const caller = { service: 'events.amazonaws.com', sourceArn: 'arn', account: '123456789012' };
const request = (more: object) => ({ action: 'SendMessage', input: {}, ...more });

describe('events in a row', () => {
  it('are carried by the name of an execution', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.integer({ min: 1, max: 300 }), (event, uuid, hops) => {
        const arn = `arn:aws:states:us-east-1:123456789012:execution:m:${event}_${executionSuffix(uuid, hops)}`;
        expect(hopsOfExecution(arn)).toBe(Math.min(hops, 255));
        expect(hopsOf({ executionArn: arn })).toBe(Math.min(hops, 255));
      }),
    );
  });

  it('are carried by the trace header of a message, whatever else it holds', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.option(fc.string(), { nil: undefined }), fc.nat(40), fc.nat(40), (id, header, first, second) => {
        const once = withLineage(header, id, first);
        expect(lineageOf(once)).toBe(first);
        expect(lineageOf(withLineage(once, id, second))).toBe(second);
      }),
    );
    expect(withLineage(undefined, '01234567-89ab-cdef-0123-456789abcdef', 3)).toBe('Root=1-01234567-89abcdef0123456789abcdef;Parent=0123456789abcdef;Sampled=0;Lineage=1:01234567:3');
    expect(withLineage('Root=1-0-0;Lineage=0a1b2c3d:7;Sampled=1', '01234567-89ab-cdef-0123-456789abcdef', 8)).toBe('Root=1-0-0;Sampled=1;Lineage=1:01234567:8');
    expect(lineageOf('Root=1-0-0;Lineage=0a1b2c3d:7;Sampled=0')).toBe(7);
  });

  it('are one more when code sends on what has reached it; services have counted what they send', () => {
    expect([request({}), request({ hops: 2 }), request({ hops: 2, caller }), request({ caller })].map(hopsOfMessage)).toEqual([0, 3, 2, 0]);
  });

  it.each(['', 'x', 'Lineage=', 'Lineage=zz:1', 'Lineage=1:ab:99999', 'a_b', '_'.repeat(200)])('are none where %j says nothing of them', (text) => {
    expect([lineageOf(text), hopsOfExecution(text), hopsOf({ executionArn: text }), hopsOf(null), hopsOf(undefined)]).toEqual([0, 0, 0, 0, 0]);
  });
});
