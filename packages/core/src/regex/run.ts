import { hasChar, type CharSet } from './char-set.ts';

/** The end of a run of up to `max` members of a set; `~end` where it has fewer than `min`. */
export function scanRun(set: CharSet, text: string, from: number, min: number, max: number, codePoints: boolean): number {
  const { ascii } = set;
  let end = from;
  for (let found = 0; found < max; found++) {
    let char = text.charCodeAt(end);
    if (char < 128 ? ascii[char] === 0 : end >= text.length) return found < min ? ~end : end;
    if (char >= 128) {
      if (codePoints) char = text.codePointAt(end)!;
      if (!hasChar(set, char)) return found < min ? ~end : end;
      if (char > 0xffff) end++;
    }
    end++;
  }
  return end;
}

/** The next shorter end of a greedy run before the character that must follow it (-1: any), or `~least` where there is none. */
export function giveBack(text: string, tried: number, least: number, following: number, codePoints: boolean): number {
  let end = tried < 0 ? ~tried : stepBack(text, tried, least, codePoints);
  while (end >= least && following >= 0 && text.charCodeAt(end) !== following) end = stepBack(text, end, least, codePoints);
  return end >= least ? end : ~least;
}

function stepBack(text: string, end: number, least: number, codePoints: boolean): number {
  return codePoints && end - 1 > least ? codePointStart(text, end) : end - 1;
}

/** The next longer end of a lazy run before the character that must follow it (-1: any), or `~end` where the run ends first. */
export function takeMore(set: CharSet, text: string, tried: number, most: number, following: number, codePoints: boolean): number {
  let end = tried;
  if (tried < 0) {
    end = ~tried;
    if (following < 0 || text.charCodeAt(end) === following) return end;
  }
  do {
    if (end >= most) return ~end;
    const char = codePoints ? text.codePointAt(end)! : text.charCodeAt(end);
    if (!hasChar(set, char)) return ~end;
    end += char > 0xffff ? 2 : 1;
  } while (following >= 0 && text.charCodeAt(end) !== following);
  return end;
}

/** Where the code point that ends at an index starts. */
export function codePointStart(text: string, end: number): number {
  const pair = end > 1 && text.charCodeAt(end - 1) >>> 10 === 0x37 && text.charCodeAt(end - 2) >>> 10 === 0x36;
  return pair ? end - 2 : end - 1;
}
