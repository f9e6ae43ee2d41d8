import { describe, expect, it } from 'vitest';
import { equalsIgnoreCaseAt, foldCode } from './ignore-case.ts';

describe('folding', () => {
  it('is the same for every two characters that equal ignoring case: all of them', () => {
    const wrong: string[] = [];
    for (let code = 0; code < 0x10000; code++) {
      const unit = String.fromCharCode(code);
      for (const other of [unit.toLowerCase(), unit.toUpperCase()]) {
        if (other.length === 1 && (!equalsIgnoreCaseAt(unit, other, 0) || foldCode(code) !== foldCode(other.charCodeAt(0)))) wrong.push(`${unit} ${other}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('makes no more of one character', () => {
    expect(equalsIgnoreCaseAt('ß', 'SS', 0)).toBe(false);
    expect(equalsIgnoreCaseAt('İ', 'i', 0)).toBe(false);
    expect(equalsIgnoreCaseAt('É', 'é', 0)).toBe(true);
    expect(equalsIgnoreCaseAt('s', 'ſ', 0)).toBe(false);
  });
});
