/**
 * Which characters count as the same under the `i` flag: by code unit as JavaScript does without `u`,
 * by Unicode's simple folding with `u`, or ASCII letters only as Java does.
 */
export type CaseFolding = 'unit' | 'unicode' | 'ascii';

/** The representative of a character: two characters are the same where it is equal (ECMAScript's Canonicalize). */
export function canonical(code: number, folding: CaseFolding): number {
  if (code < 128 || folding === 'ascii') return code >= 97 && code <= 122 ? code - 32 : code;
  return folding === 'unit' ? canonicalUnit(code) : canonicalCodePoint(code);
}

function canonicalUnit(code: number): number {
  const upper = String.fromCharCode(code).toUpperCase();
  if (upper.length !== 1) return code;
  const unit = upper.charCodeAt(0);
  return unit < 128 ? code : unit;
}

// Upper then lower stands for simple folding; the dotless i is the one character that it would merge wrongly.
function canonicalCodePoint(code: number): number {
  if (code === 0x131) return code;
  const text = String.fromCodePoint(code);
  const upper = text.toUpperCase();
  const lower = (upper.length === text.length ? upper : text).toLowerCase();
  const folded = lower.length === text.length ? lower.codePointAt(0)! : code;
  return folded >= 97 && folded <= 122 ? folded - 32 : folded;
}

// Beyond the basic plane only these blocks know case.
const ASTRAL_CASED = [0x10400, 0x10600, 0x10c80, 0x10d00, 0x118a0, 0x118e0, 0x16e40, 0x16e80, 0x1e900, 0x1e944];

const mates: Partial<Record<CaseFolding, Map<number, number[]>>> = {};

/** The characters that are the same as this one, itself included. The table is built when first needed. */
export function caseMates(code: number, folding: CaseFolding): readonly number[] {
  if (folding === 'ascii' || (code < 128 && folding === 'unit')) return asciiMates(code);
  const table = (mates[folding] ??= buildMates(folding));
  return table.get(canonical(code, folding)) ?? [code];
}

function asciiMates(code: number): readonly number[] {
  const letter = code | 32;
  return code < 128 && letter >= 97 && letter <= 122 ? [letter - 32, letter] : [code];
}

function buildMates(folding: CaseFolding): Map<number, number[]> {
  const table = new Map<number, number[]>();
  collectMates(table, folding, 0, 0x10000);
  if (folding === 'unicode') {
    for (let index = 0; index < ASTRAL_CASED.length; index += 2) collectMates(table, folding, ASTRAL_CASED[index]!, ASTRAL_CASED[index + 1]!);
  }
  for (const [key, list] of table) if (list.length === 1 && list[0] === key) table.delete(key);
  return table;
}

function collectMates(table: Map<number, number[]>, folding: CaseFolding, from: number, to: number): void {
  for (let code = from; code < to; code++) {
    const key = canonical(code, folding);
    const list = table.get(key);
    if (list === undefined) table.set(key, [code]);
    else list.push(code);
  }
}
