import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventBridgeDialect } from './dialect.ts';
import { parsePattern } from './parse-pattern.ts';

const refusals = JSON.parse(readFileSync(new URL('../../cases/refusals.json', import.meta.url), 'utf8')) as readonly { readonly pattern: string; readonly reason: string }[];

describe('parsePattern', () => {
  it.each(refusals)('$pattern: $reason', ({ pattern, reason }) => {
    const parsed = parsePattern(pattern, eventBridgeDialect);
    expect(parsed.type === 'fault' && parsed.message.split('\n')[0]).toBe(`Event pattern is not valid. Reason: ${reason}`);
  });

  it('tells where', () => {
    expect(parsePattern('{"a":\n [{"near":1}]}', eventBridgeDialect)).toEqual({
      type: 'fault',
      code: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: Unrecognized match type near\n at [Source: (String)"{"a":\n [{"near":1}]}"; line: 2, column: 10]',
    });
  });

  it('makes data that survives JSON', () => {
    const parsed = parsePattern({ 'b.c': ['x', 1], a: { $or: [{ d: [{ prefix: 'y' }] }, { e: [{ exists: false }] }] } }, eventBridgeDialect);
    expect(JSON.parse(JSON.stringify(parsed))).toEqual({
      type: 'pattern',
      numbers: 'binary64',
      branches: [
        [
          { path: 'a.d', alternatives: [{ type: 'prefix', value: 'y' }] },
          { path: 'b.c', alternatives: [{ type: 'string', value: 'x' }, { type: 'number', value: 1, text: '1' }] },
        ],
        [
          { path: 'a.e', alternatives: [{ type: 'exists', value: false }] },
          { path: 'b.c', alternatives: [{ type: 'string', value: 'x' }, { type: 'number', value: 1, text: '1' }] },
        ],
      ],
    });
  });
});
