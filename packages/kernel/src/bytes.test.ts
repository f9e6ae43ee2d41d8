import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64FromBytes, bytesFromBase64, textFromUtf8, utf8FromText } from './bytes.ts';

describe('bytes and texts', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\0', '\ud7ff') });

  it('are those of the platform', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = utf8FromText(text);
        expect(bytes).toEqual([...new TextEncoder().encode(text)]);
        expect(textFromUtf8(bytes)).toBe(text);
        expect(base64FromBytes(bytes)).toBe(Buffer.from(text).toString('base64'));
        expect(bytesFromBase64(base64FromBytes(bytes))).toEqual(bytes);
      }),
    );
    fc.assert(fc.property(fc.array(fc.nat(255)), (bytes) => textFromUtf8(bytes) === new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))));
  });

  it('may be long', () => {
    const text = 'aé😀'.repeat(20_000);
    expect(textFromUtf8(utf8FromText(text))).toBe(text);
  });

  it('are not made of what is no base64', () => {
    for (const text of ['a', '!!!!', 'é===', 'ab=c', '\u{1f600}']) expect(bytesFromBase64(text)).toBeUndefined();
  });
});
