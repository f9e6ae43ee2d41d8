import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '@interstate/kernel';
import { encodeForm, type ArrayFormat } from './form-encoding.ts';

interface Case {
  readonly description: string;
  readonly format: ArrayFormat;
  readonly given: Json;
  readonly then: string;
}

const cases = JSON.parse(readFileSync(new URL('../cases/form-encoding.json', import.meta.url), 'utf8')) as Case[];

describe('encodeForm', () => {
  for (const { description, format, given, then } of cases) {
    it(description, () => {
      expect(encodeForm(given, format)).toBe(then);
    });
  }

  it('refuses bodies without end', () => {
    let deep: Json = {};
    for (let depth = 0; depth < 10_000; depth++) deep = { deep };
    expect(() => encodeForm(deep, 'INDICES')).toThrow(RangeError);
  });
});
