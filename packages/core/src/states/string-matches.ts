/**
 * Implements StringMatches: `*` stands for any run of characters, `\*` and `\\` for themselves.
 * Time is linear in text and pattern for each `*`, never more.
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const pieces: string[] = [''];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]!;
    if (character === '*') pieces.push('');
    else if (character === '\\' && index + 1 < pattern.length) pieces[pieces.length - 1] += pattern[++index]!;
    else pieces[pieces.length - 1] += character;
  }
  const first = pieces[0]!;
  if (pieces.length === 1) return (text) => text === first;
  const last = pieces[pieces.length - 1]!;
  const middle = pieces.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    for (const piece of middle) {
      const at = text.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from + last.length <= text.length;
  };
}
