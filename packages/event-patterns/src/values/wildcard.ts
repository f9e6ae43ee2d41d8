import { utf8FromText } from '@interstate/kernel';

/** A wildcard taken apart: the literal pieces between its asterisks. One piece more than asterisks. */
export type WildcardPieces = readonly string[];

/** Pieces, or what is wrong with it. Positions count from the opening quote, in bytes of UTF-8. */
export function parseWildcard(text: string): { readonly pieces: WildcardPieces } | { readonly fault: string } {
  const pieces: string[] = [];
  let piece = '';
  let behind = 0;
  for (const { index } of text.matchAll(/[*\\]/g)) {
    // The second of an escape is none of its own.
    if (index < behind) continue;
    const next = text[index + 1];
    piece += text.slice(behind, index);
    behind = index + 1;
    if (text[index] === '*') {
      if (next === '*') return { fault: `Consecutive wildcard characters at pos ${positionOf(text, index)}` };
      pieces.push(piece);
      piece = '';
    } else {
      if (next !== '*' && next !== '\\') return { fault: `Invalid escape character at pos ${positionOf(text, index)}` };
      piece += next;
      behind++;
    }
  }
  pieces.push(piece + text.slice(behind));
  return { pieces };
}

function positionOf(text: string, index: number): number {
  return 1 + utf8FromText(text.slice(0, index)).length;
}

/** Takes each piece at its first place, which is never worse than a later one: linear but for how pieces overlap with the value. */
export function matchesWildcard(pieces: WildcardPieces, value: string): boolean {
  const first = pieces[0]!;
  if (pieces.length === 1) return value === first;
  const last = pieces[pieces.length - 1]!;
  const end = value.length - last.length;
  if (end < first.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  let position = first.length;
  for (let index = 1; index < pieces.length - 1; index++) {
    const piece = pieces[index]!;
    const found = value.indexOf(piece, position);
    if (found < 0 || found + piece.length > end) return false;
    position = found + piece.length;
  }
  return true;
}

/** How many ways a character of a value can go on in a wildcard, at once; more than this and the service refuses. */
const MAX_WAYS = 9;
/** Characters tried before a wildcard counts as too complex. */
const MAX_TRIES = 20_000;

/**
 * True where some value goes on in too many ways at once, as after `:::::` in `*:*:*:*:*:x`.
 * The service's own measure is not published; this one lies between what it was seen to take and to refuse.
 */
export function isTooComplex(pieces: WildcardPieces): boolean {
  const asterisks = pieces.length - 1;
  // Each asterisk can be stayed at, and be left.
  if (2 * asterisks <= MAX_WAYS) return false;
  const codes = pieces.flatMap((piece, index) => (index === 0 ? piece.split('') : ['', ...piece.split('')]));
  const alphabet = new Set(codes);
  const seen = new Set<string>();
  const open: (readonly number[])[] = [[0]];
  let tries = 0;
  while (open.length > 0) {
    const places = open.pop()!;
    // The empty one stands for any character that the wildcard does not have.
    for (const char of alphabet) {
      if (++tries > MAX_TRIES) return true;
      const { next, ways } = goOn(codes, places, char);
      if (ways > MAX_WAYS) return true;
      const key = next.join();
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
  return false;
}

/** Where one can be after a character, and in how many ways: an asterisk stayed at, a literal passed, an asterisk just reached. */
function goOn(codes: readonly string[], places: readonly number[], char: string): { readonly next: number[]; readonly ways: number } {
  const next = new Set<number>();
  let ways = 0;
  for (const place of places) {
    const isAsterisk = codes[place] === '';
    if (isAsterisk) {
      next.add(place);
      ways++;
    }
    const literal = isAsterisk ? place + 1 : place;
    if (char === '' || codes[literal] !== char) continue;
    ways++;
    if (codes[literal + 1] === '' && !places.includes(literal + 1)) ways++;
    next.add(literal + 1);
  }
  return { next: [...next].sort((a, b) => a - b), ways };
}
